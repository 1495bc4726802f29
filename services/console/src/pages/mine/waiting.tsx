import type { ReactNode } from 'react'
import { AppointmentItem, ErasureItem, ObjectionItem, SchemeItem } from './offices.tsx'
import { ActivityItem, DocumentItem, DraftItem } from './papers.tsx'
import { AssessmentItem, StintItem, SurveyItem } from './records.tsx'
import { useRights, useSources } from './rows.ts'
import { DutyItem, EscalatedItem, LeaveItem, MinutesItem } from './tasks.tsx'

/** What I am to do with it. */
export const groups = ['decide', 'score', 'hand-in', 'confirm', 'answer'] as const
export type Group = (typeof groups)[number]
type Waiting = { readonly key: string; readonly group: Group; readonly due: string | null; readonly since: string; readonly item: ReactNode }

/** Overdue first, then what is due soonest, then what has waited longest. */
const inOrder = (a: Waiting, b: Waiting): number => (a.due ?? '9').localeCompare(b.due ?? '9') || a.since.localeCompare(b.since) || a.key.localeCompare(b.key)

/** Everything that waits for me, from all services, in one list. */
export const useWaiting = () => {
  const { rows, isPending, failed, more } = useSources()
  const { at, person } = useRights()
  const isOthers = (people: readonly string[]): boolean => person === null || !people.includes(person)
  const all: Waiting[] = [
    ...rows.documents.map((row): Waiting => ({ key: `document ${row.id}`, group: 'decide', due: null, since: row.changed, item: <DocumentItem row={row} /> })),
    ...rows.proposed
      .filter(({ unit, major, organizers }) => isOthers(organizers) && at(major ? 'activities:pre-review' : 'activities:approve', unit))
      .map((row): Waiting => ({ key: `activity ${row.id}`, group: 'decide', due: row.startsAt, since: row.startsAt, item: <ActivityItem row={row} /> })),
    ...rows.reviewed
      .filter(({ unit, organizers }) => isOthers(organizers) && at('activities:approve', unit))
      .map((row): Waiting => ({ key: `activity ${row.id}`, group: 'decide', due: row.startsAt, since: row.startsAt, item: <ActivityItem row={row} /> })),
    ...rows.appointments
      .filter((row) => row.person !== person && at(row.status === 'proposed' ? 'appointments:recommend' : 'appointments:decide', row.unit))
      .map((row): Waiting => ({ key: `appointment ${row.id}`, group: 'decide', due: null, since: row.from ?? '', item: <AppointmentItem row={row} /> })),
    ...rows.objections
      .filter((row) => row.person !== person && at('appointments:decide', row.unit))
      .map(
        (row): Waiting => ({
          key: `objection ${row.id}`,
          group: 'decide',
          due: row.noticeUntil,
          since: row.noticeUntil ?? '',
          item: <ObjectionItem row={row} />,
        }),
      ),
    ...rows.schemes
      .filter(({ unit }) => at('schemes:adopt', unit))
      .map((row): Waiting => ({ key: `scheme ${row.id}`, group: 'decide', due: null, since: row.id, item: <SchemeItem row={row} /> })),
    ...rows.erasures
      .filter((row) => isOthers([row.person, row.requestedBy ?? '', ...row.approvedBy]))
      .map((row): Waiting => ({ key: `erasure ${row.person}`, group: 'decide', due: row.due, since: row.requested, item: <ErasureItem row={row} /> })),
    ...rows.meetings.flatMap((row): Waiting[] => [
      ...(row.leaves > 0 && (row.status === 'called' || row.status === 'open')
        ? [{ key: `leave ${row.id}`, group: 'decide' as const, due: row.at, since: row.at, item: <LeaveItem row={row} /> }]
        : []),
      ...(row.status === 'closed' ? [{ key: `minutes ${row.id}`, group: 'hand-in' as const, due: null, since: row.at, item: <MinutesItem row={row} /> }] : []),
      ...(row.status === 'minuted' ? [{ key: `minutes ${row.id}`, group: 'decide' as const, due: null, since: row.at, item: <MinutesItem row={row} /> }] : []),
    ]),
    ...rows.duties.map((row): Waiting => ({ key: `duty ${row.id}`, group: 'hand-in', due: row.due, since: row.since, item: <DutyItem row={row} /> })),
    ...[...new Map([...rows.escalated, ...rows.given].map((row) => [row.id, row])).values()]
      .filter(({ owner }) => owner !== person)
      .map((row): Waiting => ({ key: `escalated ${row.id}`, group: 'confirm', due: row.due, since: row.since, item: <EscalatedItem row={row} /> })),
    ...rows.drafts.map((row): Waiting => ({ key: `draft ${row.id}`, group: 'hand-in', due: null, since: row.changed, item: <DraftItem row={row} /> })),
    ...[...rows.served.filter(({ unit }) => at('volunteers:confirm', unit)), ...rows.entered.filter(({ unit }) => at('volunteers:countersign', unit))]
      .filter((row) => row.person !== person)
      .map((row): Waiting => ({ key: `stint ${row.id}`, group: 'confirm', due: null, since: row.to ?? '', item: <StintItem row={row} /> })),
    ...rows.assessments.map(
      (row): Waiting => ({ key: `assessment ${row.id}`, group: 'score', due: null, since: row.openedAt, item: <AssessmentItem row={row} /> }),
    ),
    ...rows.surveys.map(
      (row): Waiting => ({ key: `survey ${row.id}`, group: 'answer', due: row.closesAt, since: row.closesAt, item: <SurveyItem row={row} /> }),
    ),
  ]
  return { all: all.toSorted(inOrder), isPending, failed, more }
}
