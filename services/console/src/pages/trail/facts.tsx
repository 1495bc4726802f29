import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { type Fact, isBackDated } from '../../api/trail.ts'
import { useFormats } from '../../parts/format.ts'
import { ActorName, PostAt, UnitName, useUnit } from '../../parts/names.tsx'
import { useEventWords } from './words.ts'
import './trail.css'

/** What a line tells of a fact. */
type Told = Pick<Fact, 'id' | 'type' | 'version' | 'occurred' | 'recorded' | 'actor' | 'reason' | 'service' | 'stream' | 'unit'>

/** Facts as lines: what, who under which post, where, when, why. */
export const Facts = ({ facts, current }: { facts: readonly Told[]; current?: string }) => (
  <ol className="facts">
    {facts.map((fact) => (
      <li key={fact.id} aria-current={fact.id === current ? 'true' : undefined}>
        <Line fact={fact} />
      </li>
    ))}
  </ol>
)

const Line = ({ fact }: { fact: Told }) => {
  const { t } = useTranslation()
  const words = useEventWords()
  const { moment } = useFormats()
  const timeZone = useUnit(fact.unit)?.timezone ?? 'UTC'
  return (
    <>
      <p className="fact-what">
        <Link to="/trail/$service/$stream/$version" params={{ service: fact.service, stream: fact.stream, version: String(fact.version) }}>
          {words(fact.type)}
        </Link>
        <span className="chip">{t(`services.${fact.service}`)}</span>
      </p>
      <p className="fact-who">
        <ActorName actor={fact.actor} />
        {fact.actor.post && (
          <span className="quiet">
            <PostAt post={fact.actor.post} />
          </span>
        )}
      </p>
      <p className="fact-where quiet">
        <UnitName id={fact.unit} />
      </p>
      <p className="fact-when quiet">
        <time dateTime={fact.occurred}>{moment(fact.occurred, timeZone)}</time>
        {isBackDated(fact) && <span>{t('trail.entered', { moment: moment(fact.recorded, timeZone) })}</span>}
      </p>
      {fact.reason !== null && <p className="fact-why">{t('trail.because', { reason: fact.reason })}</p>}
    </>
  )
}
