import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { services } from '../../../infra/services.ts'
import { answerOnce } from '../../../services/feedback/src/roll.ts'
import { models } from './models.ts'
import { commandsTo, walk } from './walk.ts'

/** Random decisions on every aggregate of every service, held to a small model of what matters there. */
const given = { seed: Number(process.env.FUZZ_SEED ?? 20261121), numRuns: Number(process.env.FUZZ_RUNS ?? 300) }

/** Run by a route of its own, so not among the commands of its aggregate. */
const further: Readonly<Record<string, Readonly<Record<string, any>>>> = { roll: { answerOnce: { ...answerOnce, route: 'internal' } } }

const aggregates = services.flatMap((service) => service.aggregates.map((aggregate) => ({ service, aggregate })))

describe('whatever is asked of it, in whatever order', () => {
  for (const { service, aggregate } of aggregates)
    it(`[PL-06] ${service.name}'s ${aggregate.name} decides the same on the same, says only facts of its own, and keeps its rules`, () => {
      const commands = { ...aggregate.commands, ...further[aggregate.name] }
      const rules = models[aggregate.name] ?? []
      const done = new Set<string>()
      fc.assert(
        fc.property(commandsTo(aggregate, commands), (list) => {
          const steps = walk(aggregate, commands, list)
          expect(rules.map((rule) => rule(steps)).filter((broken) => broken !== null)).toEqual([])
          for (const { events } of steps) for (const { type } of events ?? []) done.add(type)
        }),
        given,
      )
      // Where little happens, little is shown.
      const reached = reachable(aggregate.name, aggregate.events.length)
      expect(done.size, [...aggregate.events.map(({ type }) => type)].filter((type) => !done.has(type)).join(', ')).toBeGreaterThanOrEqual(reached)
    })

  it('no aggregate is without a model', () => {
    expect(aggregates.map(({ aggregate }) => aggregate.name).filter((name) => (models[name] ?? []).length === 0)).toEqual([])
  })
})

/** How many kinds of fact such walks must come to: all, but what takes a signature that nobody can guess. */
const reachable = (name: string, declared: number): number => declared - ({ attendance: 1, 'door-key': 1 }[name] ?? 0)
