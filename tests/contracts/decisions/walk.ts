import fc, { type Arbitrary } from 'fast-check'
import type { Actor, Aggregate, Command } from '../../../shared/src/aggregate.ts'
import { fold } from '../../../shared/src/aggregate.ts'
import { Rejection } from '../../../shared/src/rejection.ts'
import { shapeOf } from '../../../shared/src/store/shape.ts'
import { arbitraryOf, ids } from '../../kit/histories.ts'
import { factsFor, inputFor } from './facts.ts'
import { pathOf } from './paths.ts'

export type Fact = { readonly type: string; readonly data: any }
/** One decision as it happened: what was known before, what came of it. */
export type Step = {
  readonly command: string
  readonly input: any
  readonly state: any
  /** The state that its facts leave. */
  readonly after: any
  readonly facts: any
  readonly actor: Actor
  readonly now: string
  /** Null = refused. */
  readonly events: readonly Fact[] | null
}

type Asked = { readonly name: string; readonly input: any; readonly facts: any; readonly person: string; readonly minutes: number }

const start = Date.parse('2026-09-01T00:00:00.000Z')
/** Under which every policy that is asked for stands. */
const policies: Readonly<Record<string, number>> = { 'volunteer-hours.per-day.max-minutes': 600, 'volunteer-hours.grace-minutes': 30 }

const asked = (aggregate: Aggregate, commands: Readonly<Record<string, Command>>): Arbitrary<Asked> =>
  fc.constantFrom(...Object.entries(commands)).chain(([name, command]) =>
    fc.record({
      name: fc.constant(name),
      input: inputFor(`${aggregate.name}.${name}`) ?? (arbitraryOf(command.input) as Arbitrary<any>),
      facts: factsFor(`${aggregate.name}.${name}`),
      person: fc.constantFrom(...ids),
      // Mostly forward, a day at most.
      minutes: fc.oneof(fc.nat(60), fc.nat(1_440)),
    }),
  )

const frozen = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const each of Object.values(value)) frozen(each)
  }
  return value
}

/** Random commands to one aggregate, by four people in turn, as time goes on; half of the time around a way that leads far. */
export const commandsTo = (aggregate: Aggregate, commands: Readonly<Record<string, Command>>): Arbitrary<readonly Asked[]> => {
  const any = fc.array(asked(aggregate, commands), { minLength: 1, maxLength: 40 })
  const way = pathOf(aggregate.name)
  if (way.length === 0) return any
  const led = fc.tuple(...way.map(({ name, ...fixed }) => asked(aggregate, { [name]: commands[name] as Command }).map((each) => ({ ...each, ...fixed }))))
  return fc.oneof(
    any,
    fc.tuple(led, fc.array(fc.tuple(fc.nat(way.length), asked(aggregate, commands)), { maxLength: 12 })).map(([steps, others]) => {
      const at = (index: number): Asked[] => others.filter(([place]) => place === index).map(([, each]) => each)
      return [...steps.flatMap((step, index) => [...at(index), step]), ...at(way.length)]
    }),
  )
}

/**
 * Decides one after the other, and holds every decision to what all must keep: it changes nothing that it was given, says the same when asked
 * again and of a state that went through JSON, refuses only in words of its own, and says facts that fit their schemas and can be folded.
 */
export const walk = (aggregate: Aggregate, commands: Readonly<Record<string, Command>>, list: readonly Asked[]): readonly Step[] => {
  const shapes = new Map(aggregate.events.map((definition) => [definition.type, shapeOf(definition)]))
  const history: Fact[] = []
  const steps: Step[] = []
  let now = start
  for (const { name, input, facts, person, minutes } of list) {
    const command = commands[name] as Command
    now += minutes * 60_000
    const actor: Actor = { person, home: 'p-1', operator: false, scope: null, system: null }
    const state = frozen(fold(aggregate, structuredClone(history)))
    const context = {
      ...{ id: 'a-1', actor, post: null, now: new Date(now).toISOString(), facts: frozen(facts) },
      policy: (asking: string) => (policies[asking] ?? 3) as never,
    }
    const decide = (of: any): readonly Fact[] | string => {
      // The handler lets nobody near what is not there.
      if (history.length === 0 && command.route.includes('/:id')) return 'unknown-id'
      try {
        return command.decide(of, frozen(input), context)
      } catch (error) {
        if (!(error instanceof Rejection)) throw error
        return error.code
      }
    }
    const decided = decide(state)
    const once = JSON.stringify(decided)
    if (JSON.stringify(decide(state)) !== once) throw new Error(`${name} decides otherwise the second time`)
    if (JSON.stringify(decide(frozen(JSON.parse(JSON.stringify(state))))) !== once) throw new Error(`${name} decides otherwise on a state that was stored`)
    const events = typeof decided === 'string' ? null : decided
    for (const { type, data } of events ?? []) {
      const shape = shapes.get(type)
      if (!shape) throw new Error(`${name} says ${type}, which ${aggregate.name} does not declare`)
      shape.check(data)
    }
    history.push(...structuredClone(events ?? []))
    const folded = fold(aggregate, structuredClone(history))
    if (JSON.stringify(fold(aggregate, structuredClone(history))) !== JSON.stringify(folded)) throw new Error(`${aggregate.name} folds to two states`)
    const onward = fold(aggregate, structuredClone([...(events ?? [])]), structuredClone(state))
    if (JSON.stringify(onward) !== JSON.stringify(folded)) throw new Error(`${aggregate.name} folds otherwise from a state that was kept`)
    steps.push({ command: name, input, state, after: folded, facts, actor, now: context.now, events })
  }
  return steps
}
