import { aggregate, commandsOf } from '@collegium/shared/aggregate.ts'
import { Id, Instant, Label, Line, OneOf } from '@collegium/shared/schema.ts'
import Type from 'typebox'
import type { Ask } from './ask.ts'
import { type ShiftEvent, shiftClosed, shiftOpened } from './events.ts'
import { reject } from './rejections.ts'
import { instant, minutesBetween } from './span.ts'

/** When and where volunteers are wanted, for an activity or alone. Who comes stands in its roster. */

export type ShiftState = { status: 'none' } | { status: 'open' | 'closed'; activity: string | null; from: string; to: string; seats: number }

const evolve = (state: ShiftState, event: ShiftEvent): ShiftState => {
  switch (event.type) {
    case 'volunteers.shift-opened.v1': {
      const { activity, from, to, seats } = event.data
      return { status: 'open', activity, from, to, seats }
    }
    case 'volunteers.shift-closed.v1':
      return state.status === 'none' ? state : { ...state, status: 'closed' }
  }
}

const command = commandsOf<ShiftState, ShiftEvent, Ask>()

/** The words with which activities says that nothing of it lies ahead. */
const over = ['rejected', 'cancelled', 'closed']

export const openShift = command({
  route: 'POST /shifts',
  permission: 'volunteers:offer',
  input: Type.Object({
    unit: Id,
    activity: Type.Optional(Id),
    title: Label,
    category: OneOf('counselling', 'community', 'environment', 'information', 'popular-science'),
    place: Line,
    from: Instant,
    to: Instant,
    seats: Type.Integer({ minimum: 1, maximum: 10_000 }),
  }),
  facts: async (ask, { input }) => ({ activity: input.activity === undefined ? null : await ask.activity(input.activity) }),
  decide: (state, input, { id, now, facts, policy }) => {
    if (state.status !== 'none') return []
    const from = instant(input.from)
    const to = instant(input.to)
    const activity = input.activity ?? null
    if (from >= to) throw reject('shift-order', { from, to })
    if (to <= now) throw reject('shift-past', { now, to })
    const max = policy('volunteer-hours.per-day.max-minutes')
    if (minutesBetween(from, to) > max) throw reject('shift-too-long', { max, minutes: minutesBetween(from, to) })
    if (facts.activity && !facts.activity.exists) throw reject('unknown-activity', { activity })
    if (facts.activity && over.includes(facts.activity.status)) throw reject('activity-over', { activity, status: facts.activity.status })
    const { title, category, place, seats } = input
    return [{ type: 'volunteers.shift-opened.v1', data: { shift: id, activity, title, category, place, from, to, seats } }]
  },
})

export const closeShift = command({
  route: 'POST /shifts/:id/closure',
  permission: 'volunteers:offer',
  input: Type.Object({}),
  decide: (state, _input, { id }) => (state.status === 'open' ? [{ type: 'volunteers.shift-closed.v1', data: { shift: id } }] : []),
})

export const shift = aggregate<ShiftState, ShiftEvent>({
  name: 'shift',
  path: '/shifts',
  read: 'volunteers:read',
  events: [shiftOpened, shiftClosed],
  initial: () => ({ status: 'none' }),
  evolve,
  commands: { openShift, closeShift },
})
