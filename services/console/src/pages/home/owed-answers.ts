import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { listing, type Row, reading, rowsOf } from '../../api/read.ts'

/** Answers are shown for so long after they came. */
const latelyMs = 30 * 86_400_000

const isLate = (at: string): boolean => Date.parse(at) > Date.now() - latelyMs

export type Objection = Row<'/objections'>

/** An objection is answered once it is settled, or its case is over without that. */
export const isAnswered = ({ settledAt, status }: Objection): boolean => settledAt !== null || status !== 'notice'

/** What somebody asked and nobody has answered yet, and what was answered lately; of each source what it tells. */
export const useOwed = (person: string) => {
  const objections = useInfiniteQuery(listing('/objections', { query: { limit: 20 } }))
  const meetings = useInfiniteQuery(listing('/meetings', { query: { limit: 20 } }))
  const erasure = useQuery(reading('/people/{id}/erasure', { path: { id: person } }))
  const hours = useQuery(reading('/volunteers/{person}/hours', { path: { person } }))
  const all = [objections, meetings, erasure, hours]
  const now = new Date().toISOString()
  return {
    objections: rowsOf(objections)
      .filter((each) => !isAnswered(each) || isLate(each.settledAt ?? each.filedAt))
      .toSorted((a, b) => Number(isAnswered(a)) - Number(isAnswered(b))),
    leaves: rowsOf(meetings).filter(({ mine, at }) => (mine === 'leave-requested' || mine === 'leave-granted') && at > now),
    erasure: erasure.data && (erasure.data.status === 'requested' || erasure.data.status === 'held') ? erasure.data : null,
    stints: (hours.data?.items ?? []).filter(
      ({ status, to }) => status === 'out' || status === 'entered' || (status === 'refused' && to !== null && isLate(to)),
    ),
    isPending: all.some((each) => each.isPending),
    failed: all.find((each) => each.isError) ?? null,
  }
}
