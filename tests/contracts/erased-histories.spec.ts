import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { services } from '../../infra/services.ts'
import type { AnyFact, EventDefinition } from '../../shared/src/aggregate.ts'
import { fold } from '../../shared/src/aggregate.ts'
import { viewFold } from '../../shared/src/consume/fold-view.ts'
import { factsOf } from '../../shared/src/erasure/facts.ts'
import { closed, historyOf, ids, personalIn, plantedOf } from '../kit/histories.ts'

/** Every fold of every service over histories that nobody thought of, with anybody erased at any time. */
const definitions = new Map<string, EventDefinition>(services.flatMap(factsOf).map((each) => [each.type, each]))
const erasedPersons = fc.subarray(ids, { minLength: 1 })
const outcome = <T>(work: () => T): { done: T } | { threw: string } => {
  try {
    return { done: work() }
  } catch (error) {
    return { threw: (error as Error).message }
  }
}
const textOf = (value: unknown): string => JSON.stringify(value, (_key, each) => (each instanceof Map ? [...each] : each))
const runs = { numRuns: 150 }

describe('erased texts', () => {
  for (const service of services)
    for (const aggregate of service.aggregates)
      it(`[PL-12] are met by the fold of ${service.name}'s ${aggregate.name}: it goes on as it would have, and shows none`, () => {
        let went = 0
        fc.assert(
          fc.property(historyOf(aggregate.events, { isLifelike: true }), erasedPersons, (facts, erased) => {
            const isErased = ({ data }: AnyFact): boolean => erased.includes(data.person)
            const open = outcome(() => fold(aggregate, structuredClone(facts)))
            const after = outcome(() => fold(aggregate, closed(facts, definitions, isErased)))
            // A history in an order that no stream has may be refused; the erasure must change nothing about that.
            expect('done' in after).toBe('done' in open)
            if (!('done' in after)) return
            went++
            for (const person of erased) expect(textOf(after.done)).not.toContain(plantedOf(person))
          }),
          runs,
        )
        expect(went).toBeGreaterThan(runs.numRuns / 2)
      })

  for (const service of services)
    for (const view of service.views)
      it(`[PL-12] leave the view ${view.name} of ${service.name}: it goes on, and no row keeps one`, () => {
        let went = 0
        const heard = [...new Set(view.on.map(({ definition }) => definition))]
        fc.assert(
          fc.property(historyOf(heard), erasedPersons, fc.nat(14), (facts, erased, before) => {
            // Facts of others are never open here; one's own are, until their person is erased.
            const isOthers = (fact: AnyFact): boolean => fact.service !== service.name
            const isErased = (fact: AnyFact): boolean => isOthers(fact) || erased.includes(fact.data.person)
            const run = (early: readonly AnyFact[], late: readonly AnyFact[]) =>
              outcome(() => {
                const folding = viewFold(view)
                folding.take(early)
                folding.take(late)
                return folding
              })
            const open = closed(facts, definitions, isOthers)
            const gone = closed(facts, definitions, isErased)
            const [whole, live, anew] = [run(open, []), run(open.slice(0, before), gone.slice(before)), run([], gone)]
            expect(['done' in live, 'done' in anew]).toEqual(['done' in whole, 'done' in whole])
            if (!('done' in live && 'done' in anew)) return
            went++
            const [cleared, rebuilt] = [live, anew].map(({ done }) => textOf(done.rows(new Set(erased)))) as [string, string]
            for (const person of erased) for (const rows of [cleared, rebuilt, textOf(anew.done.rows())]) expect(rows).not.toContain(plantedOf(person))
            expect(cleared).toBe(rebuilt)
          }),
          runs,
        )
        expect(went).toBeGreaterThan(runs.numRuns / 2)
      })

  it('[PL-12] are in the histories that this looks at', () => {
    const personal = [...definitions.values()].filter((each) => personalIn(each).length > 0)
    expect(personal.map((each) => each.type).sort()).toEqual([
      'activities.leave-requested.v1',
      'membership.person-registered.v1',
      'membership.record-read.v1',
      'volunteers.hours-entered.v1',
    ])
    for (const definition of personal)
      expect(fc.sample(historyOf([definition]), 20).some((facts) => ids.some((person) => textOf(facts).includes(plantedOf(person))))).toBe(true)
  })
})
