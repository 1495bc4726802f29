import { describe, expect, it } from 'vitest'
import type { Ask } from './ask.ts'
import { measure } from './measuring.ts'

const span = { from: '2026-09-01T00:00:00.000Z', to: '2027-01-31T00:00:00.000Z' }
const activity = { kind: 'activity', id: 'act', unit: 'study', ...span } as const
const person = { kind: 'person', id: 'li', unit: 'pps', ...span } as const
const ref = (stream: string) => ({ service: 'x', stream, version: 1 })
const counts = (attended: number, absent: number) => ({ attended, absent })

/** Only what a test names is known; asking anything else fails. */
const asked = (answers: Partial<Ask>): Ask => answers as Ask

describe('what is measured of an activity', () => {
  it('[AS-08] attendance: who came of those who registered, walk-ins making it no more than all', async () => {
    const of = (registered: number, attended: number) =>
      measure(
        asked({ activity: async () => ({ exists: true, unit: 'study', organizers: [], registered, attended, evidence: [ref('a')] }) }),
        'attendance',
        activity,
      )
    expect(await of(10, 8)).toEqual({ value: 0.8, evidence: [ref('a')] })
    expect((await of(10, 12))?.value).toBe(1)
    expect(await of(0, 0)).toBeNull()
  })

  it('[AS-08] duties: done in time, of those done or overdue in its unit', async () => {
    const of = (onTime: number, fulfilled: number, overdue: number) =>
      measure(asked({ dutiesOfUnit: async (unit) => ({ onTime, fulfilled, overdue, evidence: [ref(unit)] }) }), 'duties', activity)
    expect(await of(3, 4, 1)).toEqual({ value: 0.6, evidence: [ref('study')] })
    expect(await of(0, 0, 0)).toBeNull()
  })

  it('[AS-08] satisfaction is unknown, not nil, while too few have answered', async () => {
    expect(await measure(asked({ satisfaction: async () => ({ answers: 0, mean: 0, evidence: [] }) }), 'satisfaction', activity)).toBeNull()
    expect((await measure(asked({ satisfaction: async () => ({ answers: 5, mean: 0.75, evidence: [] }) }), 'satisfaction', activity))?.value).toBe(0.75)
  })

  it('[AS-08] thrift: what was spent of the budget, unknown without one', async () => {
    const of = (exists: boolean, budget: number, spent: number) =>
      measure(asked({ spending: async () => ({ exists, budget, spent, evidence: [ref('a')] }) }), 'thrift', activity)
    expect(await of(true, 1000, 250)).toEqual({ value: 0.25, evidence: [ref('a')] })
    expect(await of(true, 0, 0)).toBeNull()
    expect(await of(false, 0, 0)).toBeNull()
  })

  it('[AS-08] hours say nothing of an activity', async () => {
    expect(await measure(asked({}), 'hours', activity)).toBeNull()
  })
})

describe('what is measured of a person', () => {
  it('[AS-08] attendance: who had leave was not expected', async () => {
    const of = (activities: [number, number], meetings: [number, number]) =>
      measure(asked({ attendance: async () => ({ activities: counts(...activities), meetings: counts(...meetings), evidence: [] }) }), 'attendance', person)
    expect((await of([3, 1], [2, 2]))?.value).toBe(0.625)
    expect(await of([0, 0], [0, 0])).toBeNull()
  })

  it('[AS-08] duties: their own', async () => {
    const ask = asked({ dutiesOfPerson: async (who) => ({ onTime: 1, fulfilled: 2, overdue: 0, evidence: [ref(who)] }) })
    expect(await measure(ask, 'duties', person)).toEqual({ value: 0.5, evidence: [ref('li')] })
  })

  it('[AS-08] satisfaction and thrift: of the activities they organized, by answers and by money, in any order', async () => {
    const means: Record<string, { answers: number; mean: number }> = {
      a: { answers: 30, mean: 0.5 },
      b: { answers: 10, mean: 0.9 },
      c: { answers: 0, mean: 0 },
    }
    const ask = (order: string[]) =>
      asked({
        organized: async () => order,
        satisfaction: async (id) => ({ ...(means[id] ?? { answers: 0, mean: 0 }), evidence: [ref(id)] }),
        spending: async (id) => ({ exists: id !== 'c', budget: id === 'a' ? 300 : 100, spent: 100, evidence: [ref(id)] }),
      })
    expect((await measure(ask(['a', 'b', 'c']), 'satisfaction', person))?.value).toBeCloseTo(0.6)
    expect(await measure(ask(['c', 'b', 'a']), 'satisfaction', person)).toEqual(await measure(ask(['a', 'b', 'c', 'a']), 'satisfaction', person))
    expect(await measure(ask(['a', 'b', 'c']), 'thrift', person)).toEqual({ value: 0.5, evidence: [ref('a'), ref('b')] })
    expect(await measure(ask([]), 'thrift', person)).toBeNull()
    expect(await measure(ask([]), 'satisfaction', person)).toBeNull()
  })

  it('[AS-08] hours: none served is a value', async () => {
    expect(await measure(asked({ hours: async () => ({ minutes: 0, evidence: [] }) }), 'hours', person)).toEqual({ value: 0, evidence: [] })
    expect((await measure(asked({ hours: async () => ({ minutes: 90, evidence: [] }) }), 'hours', person))?.value).toBe(1.5)
  })
})
