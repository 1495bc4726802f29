import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { type Fact, fact, isBackDated, trail } from '../../api/trail.ts'
import { useFormats } from '../../parts/format.ts'
import { ActorName, PostAt, UnitName, useUnit } from '../../parts/names.tsx'
import { PageTitle, Section } from '../../parts/page.tsx'
import { Failure, Loading } from '../../parts/states.tsx'
import { Value } from '../../parts/value.tsx'
import { Compare } from './compare.tsx'
import { Moment } from './moment.tsx'
import { ProofOfFact } from './proof.tsx'
import { Related } from './related.tsx'
import { useEventWords } from './words.ts'

const route = getRouteApi('/inside/trail/$service/$stream/$version')

export const RecordPage = () => {
  const { t } = useTranslation()
  const { service, stream, version } = route.useParams()
  const found = useQuery(fact({ service, stream, version: Number(version) }))
  if (found.isPending) return <Loading />
  if (found.isError)
    return (
      <>
        <PageTitle title={t('record.title')} />
        <Failure error={found.error} onRetry={() => found.refetch()} />
      </>
    )
  return <Record fact={found.data} />
}

const Record = ({ fact }: { fact: Fact }) => {
  const { t } = useTranslation()
  const words = useEventWords()
  return (
    <>
      <nav aria-label={t('frame.where')}>
        <ol className="breadcrumb">
          <li>
            <Link to="/trail">{t('trail.title')}</Link>
          </li>
          <li>
            <Link to="/trail" search={{ stream: fact.stream }}>
              {t('record.stream')}
            </Link>
          </li>
          <li>
            <span aria-current="page">{t('record.version', { version: fact.version })}</span>
          </li>
        </ol>
      </nav>
      <PageTitle title={words(fact.type)}>
        <p className="quiet">
          <UnitName id={fact.unit} />
        </p>
      </PageTitle>
      <Neighbours fact={fact} />
      <Decision fact={fact} />
      <Section title={t('record.data')}>
        <Value value={fact.data} timeZone={useUnit(fact.unit)?.timezone ?? 'UTC'} />
      </Section>
      <Moment fact={fact} />
      <Compare key={fact.id} fact={fact} />
      <Related fact={fact} />
      <ProofOfFact fact={fact} />
      <Technical fact={fact} />
    </>
  )
}

/** The facts of the same aggregate just before and after. */
const Neighbours = ({ fact: here }: { fact: Fact }) => {
  const { t } = useTranslation()
  const newest = useInfiniteQuery(trail({ service: here.service, stream: here.stream }, 1)).data?.pages[0]?.items[0]
  const link = (version: number, words: string): ReactNode => (
    <Link className="button" to="/trail/$service/$stream/$version" params={{ service: here.service, stream: here.stream, version: String(version) }}>
      {words}
    </Link>
  )
  return (
    <div className="buttons">
      {here.version > 1 && link(here.version - 1, t('record.before'))}
      {newest !== undefined && newest.version > here.version && link(here.version + 1, t('record.after'))}
    </div>
  )
}

const Row = ({ name, children }: { name: string; children: ReactNode }) => {
  const { t } = useTranslation()
  return (
    <div>
      <dt>{t(`record.${name}`)}</dt>
      <dd>{children}</dd>
    </div>
  )
}

/** Who decided, when, why, under which post, and which policies were in force. */
const Decision = ({ fact }: { fact: Fact }) => {
  const { t } = useTranslation()
  const { moment, zone } = useFormats()
  const timeZone = useUnit(fact.unit)?.timezone ?? 'UTC'
  const policies = Object.entries(fact.policies)
  return (
    <Section title={t('record.decision')}>
      <dl className="rows">
        <Row name="who">
          <ActorName actor={fact.actor} />
          {fact.actor.person !== null && (
            <Link className="beside" to="/trail" search={{ person: fact.actor.person }}>
              {t('record.allByPerson')}
            </Link>
          )}
        </Row>
        <Row name="post">{fact.actor.post ? <PostAt post={fact.actor.post} /> : t('record.noPost')}</Row>
        <Row name="occurred">
          <time dateTime={fact.occurred}>{moment(fact.occurred, timeZone)}</time> <span className="quiet">{zone(timeZone)}</span>
        </Row>
        <Row name="recorded">
          <time dateTime={fact.recorded}>{moment(fact.recorded, timeZone)}</time>
          {isBackDated(fact) && <span className="chip warn">{t('record.backDated')}</span>}
        </Row>
        <Row name="reason">{fact.reason ?? <span className="quiet">{t('record.noReason')}</span>}</Row>
        <Row name="policies">
          {policies.length === 0 ? (
            <span className="quiet">{t('record.noPolicies')}</span>
          ) : (
            <ul className="plain">
              {policies.map(([name, { value, version }]) => (
                <li key={name}>
                  <code>{name}</code> = {String(value)} <span className="quiet">{t('record.policyVersion', { version })}</span>
                </li>
              ))}
            </ul>
          )}
        </Row>
      </dl>
    </Section>
  )
}

/** What programs and letters quote. */
const Technical = ({ fact }: { fact: Fact }) => {
  const { t } = useTranslation()
  const shown = {
    id: fact.id,
    type: fact.type,
    source: `${fact.service}/${fact.shard}/${fact.position}`,
    stream: `${fact.stream} · ${fact.version}`,
    correlation: fact.correlation,
    causation: fact.causation,
    command: fact.command,
  }
  return (
    <details className="technical">
      <summary>{t('record.technical')}</summary>
      <dl className="rows">
        {Object.entries(shown).map(([name, text]) => (
          <Row key={name} name={`quoted.${name}`}>
            <code>{text}</code>
          </Row>
        ))}
      </dl>
    </details>
  )
}
