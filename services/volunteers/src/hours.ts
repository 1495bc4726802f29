import { type Context, commandsOf } from '@collegium/shared/aggregate.ts'
import { Id, Instant, Line, Text } from '@collegium/shared/schema.ts'
import Type from 'typebox'
import type { Ask, ServedSpan, ShiftFacts } from './ask.ts'
import type { StintEvent } from './events.ts'
import { reject } from './rejections.ts'
import { dayIn, instant, minutesAfter, minutesBetween, overlap } from './span.ts'
import type { StintState } from './stint-state.ts'

/** What a host says of a volunteer's hours. Nobody decides on their own; what was never checked in needs two, one of them outside the unit. */

const command = commandsOf<StintState, StintEvent, Ask>()
type Served = { readonly from: string; readonly to: string; readonly minutes: number }
type Nearby = { readonly shift: ShiftFacts; readonly near: readonly ServedSpan[]; readonly timezone: string }

/** The shift, and what else of this person is confirmed around that time. */
const nearby = async (ask: Ask, id: string, person: string, span: { from: string; to: string } | null): Promise<Nearby> => {
  const shift = await ask.shift(id)
  return { shift, near: await ask.confirmedNear(person, id, span ?? shift), timezone: ask.timezone(shift.unit) }
}

const nearbyOf = async (ask: Ask, state: StintState) =>
  state.status === 'none' ? null : nearby(ask, state.shift, state.person, 'from' in state ? { from: state.from, to: state.to } : null)

const refuseOwn = (person: string, { actor }: Pick<Context, 'actor'>): void => {
  if (actor.person === person) throw reject('own-hours')
}

/** Hours count once for one time, and for no more than a day can hold. */
const refuseImpossible = (hours: Served, { near, timezone }: Nearby, max: number): void => {
  const other = near.find((each) => overlap(each, hours))
  if (other) throw reject('overlapping-hours', { shift: other.shift, from: other.from, to: other.to })
  const day = dayIn(timezone, hours.from)
  const total = near.filter((each) => dayIn(timezone, each.from) === day).reduce((sum, each) => sum + each.minutes, hours.minutes)
  if (total > max) throw reject('too-much-a-day', { max, day, total })
}

export const confirmHours = command({
  route: 'POST /stints/:id/confirmation',
  permission: 'volunteers:confirm',
  input: Type.Object({ minutes: Type.Optional(Type.Integer({ minimum: 1, description: 'Fewer than were served; all of them when left out.' })) }),
  facts: (ask, { state }) => nearbyOf(ask, state),
  decide: (state, input, context) => {
    if (state.status === 'confirmed') return []
    if (state.status === 'entered') throw reject('second-confirmer')
    if (state.status !== 'out' || context.facts === null) throw reject('stint-status', { allowed: 'out', came: state.status })
    refuseOwn(state.person, context)
    const minutes = input.minutes ?? state.minutes
    if (minutes > state.minutes) throw reject('more-than-served', { served: state.minutes, minutes })
    refuseImpossible({ ...state, minutes }, context.facts, context.policy('volunteer-hours.per-day.max-minutes'))
    return [confirmed(state, minutes, context.facts.shift)]
  },
})

export const enterHours = command({
  route: 'POST /stints',
  permission: 'volunteers:confirm',
  input: Type.Object({
    shift: Id,
    person: Id,
    from: Instant,
    to: Instant,
    reason: Text,
    evidence: Type.Array(Line, { minItems: 1, maxItems: 20, description: 'What shows it: a photo, a signed list, a witness.' }),
  }),
  facts: (ask, { input }) => nearby(ask, input.shift, input.person, { from: instant(input.from), to: instant(input.to) }),
  decide: (state, input, context) => {
    const { shift } = context.facts
    const { person, reason, evidence } = input
    const from = instant(input.from)
    const to = instant(input.to)
    refuseOwn(person, context)
    if (state.status === 'entered' && state.from === from && state.to === to) return []
    if (state.status === 'out' || state.status === 'entered' || state.status === 'confirmed')
      throw reject('stint-status', { allowed: 'none, in, refused, no-show', came: state.status })
    if (from >= to) throw reject('out-before-in', { in: from, out: to })
    if (to > context.now) throw reject('hours-ahead', { now: context.now, to })
    const grace = context.policy('volunteer-hours.grace-minutes')
    const opens = minutesAfter(shift.from, -grace)
    const closes = minutesAfter(shift.to, grace)
    if (from < opens || to > closes) throw reject('hours-outside-shift', { opens, closes, from, to })
    const minutes = minutesBetween(from, to)
    const limit = minutesBetween(shift.from, shift.to) + grace
    if (minutes > limit) throw reject('impossible-hours', { limit, minutes })
    refuseImpossible({ from, to, minutes }, context.facts, context.policy('volunteer-hours.per-day.max-minutes'))
    return [
      {
        type: 'volunteers.hours-entered.v1',
        data: { person, shift: input.shift, from, to, minutes, reason, evidence: [...evidence], by: context.actor.person },
      },
    ]
  },
})

export const countersignHours = command({
  route: 'POST /stints/:id/countersignature',
  permission: 'volunteers:countersign',
  input: Type.Object({}),
  facts: async (ask, { state, actor, now }) => {
    const found = await nearbyOf(ask, state)
    return found && { ...found, inside: actor.person !== null && ask.worksIn(actor.person, found.shift.unit, now) }
  },
  decide: (state, _input, context) => {
    if (state.status === 'confirmed') return []
    if (state.status !== 'entered' || context.facts === null) throw reject('stint-status', { allowed: 'entered', came: state.status })
    refuseOwn(state.person, context)
    if (state.by === context.actor.person) throw reject('same-confirmer')
    if (context.facts.inside) throw reject('confirmer-inside', { unit: context.facts.shift.unit })
    refuseImpossible(state, context.facts, context.policy('volunteer-hours.per-day.max-minutes'))
    return [confirmed(state, state.minutes, context.facts.shift)]
  },
})

export const refuseHours = command({
  route: 'POST /stints/:id/refusal',
  permission: 'volunteers:confirm',
  input: Type.Object({ ground: Text }),
  decide: (state, { ground }, context) => {
    if (state.status === 'refused') return []
    if (state.status !== 'out' && state.status !== 'entered') throw reject('stint-status', { allowed: 'out, entered', came: state.status })
    refuseOwn(state.person, context)
    return [{ type: 'volunteers.hours-refused.v1', data: { person: state.person, shift: state.shift, ground } }]
  },
})

export const noteNoShow = command({
  route: 'POST /stints/no-shows',
  permission: 'volunteers:confirm',
  input: Type.Object({ shift: Id, person: Id }),
  facts: async (ask, { input }) => ({ shift: await ask.shift(input.shift), seated: await ask.hasSeat(input.shift, input.person) }),
  decide: (state, { shift: id, person }, context) => {
    const { shift, seated } = context.facts
    if (state.status === 'no-show') return []
    if (state.status !== 'none') throw reject('stint-status', { allowed: 'none', came: state.status })
    refuseOwn(person, context)
    if (!seated) throw reject('not-on-roster', { person, shift: id })
    if (context.now < shift.to) throw reject('shift-not-over', { to: shift.to, now: context.now })
    return [{ type: 'volunteers.no-show-noted.v1', data: { person, shift: id } }]
  },
})

const confirmed = (state: Served & { person: string; shift: string }, minutes: number, { activity }: ShiftFacts): StintEvent => ({
  type: 'volunteers.hours-confirmed.v1',
  data: { person: state.person, shift: state.shift, minutes, activity, from: state.from, to: state.to },
})
