import type { Recorded } from '@collegium/shared/aggregate.ts'
import { foldRows } from '@collegium/shared/consume/rows.ts'
import { expect, it } from 'vitest'
import { figuresOf } from './figures.ts'
import { metrics } from './metrics.ts'

let position = 0
const fact = (type: string, data: Record<string, unknown>, unit = 'pps-ppa-study', occurred = '2026-10-23T08:30:00.000Z'): Recorded => {
  position += 1
  return {
    type,
    data,
    id: `e${position}`,
    service: type.split('.')[0] as string,
    shard: 0,
    position,
    stream: `s-${position}`,
    version: 1,
    unit,
    occurred,
    recorded: '2026-11-21T09:00:00.000Z',
    actor: { person: null, post: null, system: 'spec' },
    correlation: 'c',
    causation: 'c',
    command: 'c',
    reason: null,
    policies: {},
    bytes: '',
  }
}
/** The sums of a subject until an hour, as the page's SQL works them out. */
const sums = (facts: Recorded[], subject: string, until = '9999'): Record<string, number> => {
  const total: Record<string, number> = {}
  for (const row of foldRows(metrics, facts).get('metric')?.values() ?? [])
    if (row.subject === subject && (row.occurred as string) <= until) total[row.name as string] = (total[row.name as string] ?? 0) + Number(row.amount)
  return total
}

it('[PL-04] a figure counts for its unit, and for the officer it is about', () => {
  const facts = [
    fact('activities.duty-assigned.v1', { owner: 'p1' }),
    fact('activities.duty-assigned.v1', { owner: 'p2' }),
    fact('activities.duty-fulfilled.v1', { owner: 'p1', onTime: true }),
  ]
  expect(figuresOf(sums(facts, 'pps-ppa-study')).duties).toEqual({ assigned: 2, open: 1, fulfilled: 1, escalated: 0, onTimeShare: 1 })
  expect(figuresOf(sums(facts, 'person:p2')).duties).toMatchObject({ assigned: 1, open: 1, fulfilled: 0, onTimeShare: null })
})

it('[PL-05] a figure as of a past hour is the same sum with an earlier end', () => {
  const facts = [
    fact('activities.registered.v1', { activity: 'a', person: 'p1' }, 'u', '2026-10-01T09:00:00.000Z'),
    fact('activities.registration-cancelled.v1', { activity: 'a', person: 'p1' }, 'u', '2026-10-05T09:00:00.000Z'),
  ]
  expect(figuresOf(sums(facts, 'u', '2026-10-03T15')).attendance.registered).toBe(1)
  expect(figuresOf(sums(facts, 'u')).attendance.registered).toBe(0)
})

it('[AS-08] thrift compares what closed activities spent with their budgets; what is still being spent does not distort it', () => {
  const facts = [
    fact('activities.spending-recorded.v1', { activity: 'a', amount: 900 }, 'u'),
    fact('activities.spending-recorded.v1', { activity: 'b', amount: 5_000 }, 'u'),
    fact('activities.activity-closed.v1', { activity: 'a', spent: 900, budget: 1_000 }, 'u'),
  ]
  expect(figuresOf(sums(facts, 'u')).money).toMatchObject({ spent: 5_900, budget: 1_000, share: 0.9 })
})

it('a second round of a score replaces the first, it is not another assessment', () => {
  const scored = { subject: { kind: 'person', id: 'p1' }, scheme: 's', revision: 1 }
  const facts = [
    fact('assessment.assessment-scored.v1', { ...scored, round: 1, score: 60, previous: null }),
    fact('assessment.assessment-scored.v1', { ...scored, round: 2, score: 80, previous: 60 }),
  ]
  expect(figuresOf(sums(facts, 'person:p1')).assessment).toEqual({ scored: 1, mean: 80 })
})

it('nothing yet is null, never a share of nothing', () => {
  expect(figuresOf({})).toMatchObject({ attendance: { registered: 0, share: null }, satisfaction: { mean: null }, money: { perHead: null } })
})
