import { aggregate, commandsOf } from '@collegium/shared/aggregate.ts'
import { Id } from '@collegium/shared/schema.ts'
import Type from 'typebox'
import type { Ask } from './ask.ts'
import { hoursConfirmed, hoursEntered, hoursRefused, noShowNoted, type StintEvent, volunteerCheckedIn, volunteerCheckedOut } from './events.ts'
import { confirmHours, countersignHours, enterHours, noteNoShow, refuseHours } from './hours.ts'
import { reject } from './rejections.ts'
import { minutesAfter, minutesBetween } from './span.ts'
import { evolve, type StintState } from './stint-state.ts'

/** What a volunteer does on a shift: in, out; what the host says of it stands in hours.ts. A stream for each person and shift, owned by the shift's unit. */

const command = commandsOf<StintState, StintEvent, Ask>()
const input = Type.Object({ shift: Id })

export const checkIn = command({
  route: 'POST /stints/check-in',
  permission: 'volunteers:sign-up',
  input,
  facts: async (ask, { input, actor, now }) => {
    const shift = await ask.shift(input.shift)
    if (actor.person === null) return { shift, seated: false, elsewhere: null }
    return {
      shift,
      seated: await ask.hasSeat(input.shift, actor.person),
      elsewhere: await ask.checkedInAt(actor.person, input.shift, now),
    }
  },
  decide: (state, { shift: id }, { actor, now, policy, facts: { shift, seated, elsewhere } }) => {
    const { person } = actor
    if (person === null) throw reject('person-needed')
    if (state.status === 'in') return []
    if (state.status !== 'none') throw reject('stint-status', { allowed: 'none', came: state.status })
    if (shift.status === 'closed') throw reject('shift-closed', { shift: id })
    const opens = minutesAfter(shift.from, -policy('volunteer-hours.grace-minutes'))
    if (now < opens || now > shift.to) throw reject('outside-shift', { opens, to: shift.to, now })
    if (!seated) throw reject('not-on-roster', { person, shift: id })
    if (elsewhere !== null) throw reject('still-checked-in', { shift: elsewhere })
    return [{ type: 'volunteers.volunteer-checked-in.v1', data: { person, shift: id, at: now } }]
  },
})

export const checkOut = command({
  route: 'POST /stints/check-out',
  permission: 'volunteers:sign-up',
  input,
  facts: async (ask, { input }) => ({ shift: await ask.shift(input.shift) }),
  decide: (state, { shift: id }, { now, policy, facts: { shift } }) => {
    if (state.status === 'out') return []
    if (state.status !== 'in') throw reject('stint-status', { allowed: 'in', came: state.status })
    if (now < state.at) throw reject('out-before-in', { in: state.at, out: now })
    const minutes = minutesBetween(state.at, now)
    const limit = minutesBetween(shift.from, shift.to) + policy('volunteer-hours.grace-minutes')
    if (minutes > limit) throw reject('impossible-hours', { limit, minutes })
    return [{ type: 'volunteers.volunteer-checked-out.v1', data: { person: state.person, shift: id, at: now, minutes } }]
  },
})

/** Shifts have ids without dots, so this reads both ways. */
export const stintOf = (shift: string, person: string): string => `${shift}.${person}`

type Given = { readonly shift: string; readonly person?: string }

export const stint = aggregate<StintState, StintEvent>({
  name: 'stint',
  path: '/stints',
  read: 'registrations:read',
  // Whoever confirms or countersigns hours sees what they say yes to.
  readToo: ['volunteers:confirm', 'volunteers:countersign'],
  own: (state) => (state.status === 'none' ? [] : [state.person]),
  events: [volunteerCheckedIn, volunteerCheckedOut, hoursEntered, hoursConfirmed, hoursRefused, noShowNoted],
  initial: () => ({ status: 'none' }),
  evolve,
  identify: ({ shift, person }: Given, actor) => stintOf(shift, person ?? actor.person ?? 'nobody'),
  // A person's hours must not overlap: what is decided on them waits for each other, whatever the shift.
  turn: (id) => `stints of ${id.slice(id.indexOf('.') + 1)}`,
  unit: async (ask: Ask, { shift }: Given) => (await ask.shift(shift)).unit,
  commands: { checkIn, checkOut, enterHours, confirmHours, countersignHours, refuseHours, noteNoShow },
})
