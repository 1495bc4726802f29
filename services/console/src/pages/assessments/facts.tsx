import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Label } from '../../api/organization.ts'
import { reading } from '../../api/read.ts'
import { fact } from '../../api/trail.ts'
import { useFormats } from '../../parts/format.ts'
import { useMay } from '../../parts/may.ts'
import { ActivityName, MeetingName } from '../../parts/names.tsx'
import { Failure, Loading } from '../../parts/states.tsx'
import { useZone } from './told.ts'

/** As many are named at once: each of them is asked for. */
const step = 10

/** The records that a value was measured from: what each is about, what happened, and the way to it. */
export const Facts = ({ id, criterion }: { id: string; criterion: string }) => {
  const { t } = useTranslation()
  const [most, setMost] = useState(step)
  const told = useQuery(reading('/assessments/{id}/inputs/{criterion}', { path: { id, criterion } }))
  if (told.isPending) return <Loading />
  if (told.isError) return <Failure error={told.error} onRetry={() => told.refetch()} />
  const { evidence } = told.data
  return (
    <>
      <ul className="evidence">
        {evidence.slice(0, most).map(({ service, stream, version }) => (
          <li key={`${service} ${stream} ${version}`}>
            <FactRow service={service} stream={stream} version={version} />
          </li>
        ))}
      </ul>
      {evidence.length > most && (
        <button type="button" className="button" onClick={() => setMost(most + 2 * step)}>
          {t('values.more', { count: evidence.length - most })}
        </button>
      )}
    </>
  )
}

/** The fact itself for those who read the trail; for others what it is about, where that has a page; else it is named. */
const FactRow = ({ service, stream, version }: { service: string; stream: string; version: number }) => {
  const { t } = useTranslation()
  const { moment } = useFormats()
  const zone = useZone()
  const { may } = useMay('trail:read', null)
  const found = useQuery({ ...fact({ service, stream, version }), enabled: may, retry: false }).data
  const [, kind = '', own = ''] = /^([a-z]+)-(.+)$/.exec(stream) ?? []
  // Of a person at a thing, the thing stands first.
  const [about = ''] = own.split('.')
  const name = <About kind={kind} id={about} service={service} />
  if (may)
    return (
      <>
        <Link to="/trail/$service/$stream/$version" params={{ service, stream, version: String(version) }}>
          {name}
        </Link>
        {found && (
          <span className="quiet">
            {' · '}
            {t(`events.${found.type}`)} · <time dateTime={found.occurred}>{moment(found.occurred, zone)}</time>
          </span>
        )}
      </>
    )
  return (
    <>
      <Opening kind={kind} id={about}>
        {name}
      </Opening>
      {presences.has(kind) && <span className="quiet"> · {t(`assessments.records.${kind}`)}</span>}
    </>
  )
}

const Opening = ({ kind, id, children }: { kind: string; id: string; children: ReactNode }) => {
  if (things[kind] === ActivityName)
    return (
      <Link to="/activities/$activity" params={{ activity: id }}>
        {children}
      </Link>
    )
  if (things[kind] === MeetingName)
    return (
      <Link to="/meetings/$meeting" params={{ meeting: id }}>
        {children}
      </Link>
    )
  return children
}

const DutyName = ({ id }: { id: string }) => {
  const { t } = useTranslation()
  const { dutyTitle } = useFormats()
  const found = useQuery({ ...reading('/duties/{id}', { path: { id } }), retry: false })
  const state = found.data?.state as { readonly title: string; readonly name?: Label } | undefined
  return state ? dutyTitle(state) : t(found.isPending ? 'states.loading' : 'assessments.records.duty')
}

const ShiftName = ({ id }: { id: string }) => {
  const { t } = useTranslation()
  const { label } = useFormats()
  const found = useQuery({ ...reading('/shifts/{id}', { path: { id } }), retry: false })
  const title = (found.data?.state as { readonly title?: Label } | undefined)?.title
  return title ? label(title) : t(found.isPending ? 'states.loading' : 'assessments.records.stint')
}

/** What the streams of the evidence are about. */
const things: Readonly<Record<string, (props: { id: string }) => ReactNode>> = {
  activity: ActivityName,
  attendance: ActivityName,
  enrolment: ActivityName,
  meeting: MeetingName,
  duty: DutyName,
  stint: ShiftName,
}
/** Those that tell what somebody did there, which the name does not. */
const presences = new Set(['attendance', 'enrolment', 'stint'])

const About = ({ kind, id, service }: { kind: string; id: string; service: string }) => {
  const { t } = useTranslation()
  const Thing = things[kind]
  if (Thing) return <Thing id={id} />
  return t(kind === 'answer' ? 'assessments.records.answer' : `services.${service}`)
}
