import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { reading } from '../../api/read.ts'
import { useFormats } from '../../parts/format.ts'
import { useMay } from '../../parts/may.ts'
import { ActivityName, shortOf } from '../../parts/names.tsx'
import { Failure, Loading } from '../../parts/states.tsx'
import type { Criterion, Input, Missing } from './told.ts'

type Props = { readonly id: string; readonly inputs: readonly Input[]; readonly missing: readonly Missing[]; readonly criteria: readonly Criterion[] }

/** Each criterion with what it brought; opened, the facts it was measured from. */
export const Inputs = ({ id, inputs, missing, criteria }: Props) => {
  const { t } = useTranslation()
  const { label, number } = useFormats()
  const nameOf = (criterion: string): string => {
    const found = criteria.find((each) => each.id === criterion)
    return found ? label(found.name) : criterion
  }
  return (
    <ul className="criteria">
      {inputs.map((input) => (
        <li key={input.criterion}>
          <InputRow id={id} input={input} name={nameOf(input.criterion)} scale={criteria.find((each) => each.id === input.criterion)?.scale} />
        </li>
      ))}
      {missing.map(({ criterion, why, weight }) => (
        <li key={criterion}>
          <h3>{nameOf(criterion)}</h3>
          <p className="quiet">
            {t(`assessments.missing.${why}`)} {t('assessments.sharedOut', { weight: number(weight) })}
          </p>
        </li>
      ))}
    </ul>
  )
}

const InputRow = ({ id, input, name, scale }: { id: string; input: Input; name: string; scale: Criterion['scale'] | undefined }) => {
  const { t } = useTranslation()
  const { number, mean, share } = useFormats()
  const [isOpen, setOpen] = useState(false)
  const { source, value, normalized, weight, points, facts } = input
  const shown = (each: number): string => (source === 'hours' ? number(each) : share(each))
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <h3>{name}</h3>
        <meter min={0} max={1} value={normalized} aria-label={t('fields.normalized')} />
        <strong className="number">{t('assessments.points', { points: mean(points), weight: mean(weight) })}</strong>
      </summary>
      <dl className="rows">
        <div>
          <dt>{t('fields.source')}</dt>
          <dd>{t(`words.${source}`)}</dd>
        </div>
        <div>
          <dt>{t('fields.value')}</dt>
          <dd>
            {shown(value)} {scale && <span className="quiet">{t('assessments.scale', { from: shown(scale.from), to: shown(scale.to) })}</span>}
          </dd>
        </div>
        <div>
          <dt>{t('fields.normalized')}</dt>
          <dd>{share(normalized)}</dd>
        </div>
        <div>
          <dt>{t('fields.points')}</dt>
          <dd>{t('assessments.sum', { share: share(normalized), weight: mean(weight), points: mean(points) })}</dd>
        </div>
      </dl>
      <h4>{t('assessments.facts', { count: facts })}</h4>
      {isOpen && <Facts id={id} criterion={input.criterion} />}
    </details>
  )
}

/** The records that a value was measured from, each to be opened in the trail. */
const Facts = ({ id, criterion }: { id: string; criterion: string }) => {
  const { t } = useTranslation()
  const [all, setAll] = useState(false)
  const told = useQuery(reading('/assessments/{id}/inputs/{criterion}', { path: { id, criterion } }))
  if (told.isPending) return <Loading />
  if (told.isError) return <Failure error={told.error} onRetry={() => told.refetch()} />
  const shown = all ? told.data.evidence : told.data.evidence.slice(0, 10)
  return (
    <>
      <ul className="evidence">
        {shown.map(({ service, stream, version }) => (
          <li key={`${service} ${stream} ${version}`}>
            <FactLink service={service} stream={stream} version={version} />
          </li>
        ))}
      </ul>
      {shown.length < told.data.evidence.length && (
        <button type="button" className="button" onClick={() => setAll(true)}>
          {t('values.more', { count: told.data.evidence.length - shown.length })}
        </button>
      )}
    </>
  )
}

/** The fact itself for those who read the trail; for others the record it stands in, where it has a page; else it is named. */
const FactLink = ({ service, stream, version }: { service: string; stream: string; version: number }) => {
  const { t } = useTranslation()
  const { may } = useMay('trail:read', null)
  const name = t('assessments.fact', { service: t(`services.${service}`), code: shortOf(stream), version })
  const [, kind, id = ''] = /^([a-z]+)-(.+)$/.exec(stream) ?? []
  if (may)
    return (
      <Link to="/trail/$service/$stream/$version" params={{ service, stream, version: String(version) }}>
        {name}
      </Link>
    )
  if (kind === 'activity')
    return (
      <Link to="/activities/$activity" params={{ activity: id }}>
        <ActivityName id={id} />
      </Link>
    )
  if (kind === 'meeting')
    return (
      <Link to="/meetings/$meeting" params={{ meeting: id }}>
        {name}
      </Link>
    )
  if (kind === 'duty') return <DutyTitle id={id} name={name} />
  return <span>{name}</span>
}

const DutyTitle = ({ id, name }: { id: string; name: string }) => {
  const found = useQuery({ ...reading('/duties/{id}', { path: { id } }), retry: false })
  const title = (found.data?.state as { title?: string } | undefined)?.title
  return <span>{title === undefined ? name : `${title} · ${name}`}</span>
}
