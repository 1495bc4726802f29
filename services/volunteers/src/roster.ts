import { aggregate, commandsOf } from '@collegium/shared/aggregate.ts'
import { Id } from '@collegium/shared/schema.ts'
import Type from 'typebox'
import type { Ask } from './ask.ts'
import { movedUp, putOnWaitlist, type RosterEvent, signedUp, signUpWithdrawn } from './events.ts'
import { reject } from './rejections.ts'

/** Who serves on a shift and who waits for a seat, under the shift's own id. Apart from the shift, because not all may read it. */

export type RosterState = { status: 'kept'; seated: string[]; waiting: string[]; left: string[] }

const without = (list: readonly string[], person: string): string[] => list.filter((each) => each !== person)

const evolve = ({ seated, waiting, left }: RosterState, event: RosterEvent): RosterState => {
  const { person } = event.data
  switch (event.type) {
    case 'volunteers.signed-up.v1':
      return { status: 'kept', seated: [...seated, person], waiting, left: without(left, person) }
    case 'volunteers.put-on-waitlist.v1':
      return { status: 'kept', seated, waiting: [...waiting, person], left: without(left, person) }
    case 'volunteers.moved-up.v1':
      return { status: 'kept', seated: [...seated, person], waiting: without(waiting, person), left }
    case 'volunteers.sign-up-withdrawn.v1':
      return { status: 'kept', seated: without(seated, person), waiting: without(waiting, person), left: [...left, person] }
  }
}

const command = commandsOf<RosterState, RosterEvent, Ask>()
const input = Type.Object({ shift: Id })

export const signUp = command({
  route: 'POST /sign-ups',
  permission: 'volunteers:sign-up',
  input,
  facts: async (ask, { input, actor }) => {
    const shift = await ask.shift(input.shift)
    return { shift, clash: actor.person === null ? null : await ask.clash(actor.person, shift) }
  },
  decide: ({ seated, waiting }, _input, { id, actor, now, facts: { shift, clash } }) => {
    const { person } = actor
    if (person === null) throw reject('person-needed')
    if (seated.includes(person) || waiting.includes(person)) return []
    if (shift.status === 'closed') throw reject('shift-closed', { shift: id })
    if (now >= shift.to) throw reject('shift-over', { to: shift.to, now })
    if (clash) throw reject('overlapping-shift', { shift: clash.shift, from: clash.from, to: clash.to })
    const type = seated.length < shift.seats ? 'volunteers.signed-up.v1' : 'volunteers.put-on-waitlist.v1'
    return [{ type, data: { shift: id, person } }]
  },
})

export const withdrawSignUp = command({
  route: 'POST /sign-ups/withdrawal',
  permission: 'volunteers:sign-up',
  input,
  facts: async (ask, { input }) => ({ shift: await ask.shift(input.shift) }),
  decide: ({ seated, waiting, left }, _input, { id, actor, now, facts: { shift } }) => {
    const { person } = actor
    if (person === null) throw reject('person-needed')
    if (left.includes(person)) return []
    if (!seated.includes(person) && !waiting.includes(person)) throw reject('not-signed-up', { shift: id })
    // From then on whoever stays away is a no-show, which the host notes.
    if (now >= shift.from) throw reject('shift-begun', { from: shift.from })
    const next = seated.includes(person) && shift.status === 'open' ? waiting[0] : undefined
    return [
      { type: 'volunteers.sign-up-withdrawn.v1' as const, data: { shift: id, person } },
      ...(next === undefined ? [] : [{ type: 'volunteers.moved-up.v1' as const, data: { shift: id, person: next } }]),
    ]
  },
})

export const roster = aggregate<RosterState, RosterEvent>({
  name: 'roster',
  path: '/shift-rosters',
  read: 'registrations:read',
  events: [signedUp, putOnWaitlist, movedUp, signUpWithdrawn],
  initial: () => ({ status: 'kept', seated: [], waiting: [], left: [] }),
  evolve,
  identify: (given: { shift: string }) => given.shift,
  unit: async (ask: Ask, given: { shift: string }) => (await ask.shift(given.shift)).unit,
  commands: { signUp, withdrawSignUp },
})
