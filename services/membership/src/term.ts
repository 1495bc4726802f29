import { isDeepStrictEqual } from 'node:util'
import { aggregate, commandsOf } from '@collegium/shared/aggregate.ts'
import { Day, Id, Label, Line } from '@collegium/shared/schema.ts'
import Type, { type Static } from 'typebox'
import { type Ask, described } from './ask.ts'
import { type TermEvent, termDefined } from './events.ts'
import { reject } from './rejections.ts'

/** A semester: what the calendar of duties is counted by. */

type Defined = Static<typeof termDefined.schema>
export type TermState = { status: 'unknown'; unit?: never } | ({ status: 'defined' } & Defined)

const evolve = (_state: TermState, { data }: TermEvent): TermState => ({ status: 'defined', ...data })

const command = commandsOf<TermState, TermEvent, Ask>()

export const defineTerm = command({
  route: 'POST /terms',
  permission: 'terms:define',
  input: Type.Object({ term: Id, unit: Id, name: Label, from: Day, to: Day, timezone: Line }),
  facts: async (ask, { input }) => ({
    unit: await ask.unit(input.unit),
    others: ask.directory().snapshot.terms.filter((term) => term.id !== input.term),
  }),
  decide: (state, input, { facts }) => {
    const { term, unit, name, from, to, timezone } = input
    if (facts.unit.status !== 'active' || facts.unit.kind !== 'federation') throw reject('federation-only', { unit, came: described(facts.unit) })
    if (to < from) throw reject('term-order', { from, to })
    const clash = facts.others.find((other) => other.from <= to && from <= other.to)
    if (clash) throw reject('term-overlaps', { from, to, term: clash.id })
    const data: Defined = { term, unit, name, from, to, timezone }
    if (state.status === 'defined' && isDeepStrictEqual(state, { status: 'defined', ...data })) return []
    return [{ type: 'membership.term-defined.v1', data }]
  },
})

export const term = aggregate<TermState, TermEvent>({
  name: 'term',
  path: '/terms',
  read: 'directory:read',
  events: [termDefined],
  initial: () => ({ status: 'unknown' }),
  evolve,
  identify: (input) => input.term,
  commands: { defineTerm },
})
