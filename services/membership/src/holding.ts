import { Id, Instant, Line, Text } from '@collegium/shared/schema.ts'
import Type from 'typebox'
import { type Appointment, type Case, caseIn, command, later, notOwnCase, openObjections } from './appointment-state.ts'
import type { AppointmentEvent } from './events.ts'
import { reject } from './rejections.ts'

/** How a post is taken and left. From the minute of `from` to the minute of `until` its permissions hold at the unit and below. */

/** Runs by itself when the notice is over and nobody's objection is open. */
export const takeEffect = command({
  route: 'internal',
  permission: 'system',
  input: Type.Object({}),
  decide: (state, _input, { id, now }) => {
    if (state.status === 'held' || state.status === 'left') return []
    const noticed = caseIn(state, 'notice')
    const open = openObjections(noticed)
    if (open.length > 0) throw reject('objection-open', { objections: open.map((each) => each.id).join(', ') })
    const from = noticed.notice?.effect ?? now
    if (now < from) throw reject('not-yet', { effect: from })
    const { person, kind, unit, until, citation } = noticed
    return [{ type: 'membership.post-taken.v1', data: { holding: id, person, kind, unit, from, until, citation } }]
  },
})

/** An office that was settled before there was this platform, as an imported file states it. */
export const enterOffice = command({
  route: 'internal',
  permission: 'system',
  input: Type.Object({ person: Id, kind: Id, unit: Id, from: Instant, until: Type.Optional(Instant), citation: Type.Optional(Line) }),
  decide: (state, { person, kind, unit, from, until, citation }, { id }) => {
    if (state.status !== 'unknown') return []
    return [{ type: 'membership.post-taken.v1', data: { holding: id, person, kind, unit, from, until: until ?? null, citation: citation ?? null } }]
  },
})

export const removeFromPost = command({
  route: 'POST /appointments/:id/removal',
  permission: 'appointments:decide',
  input: Type.Object({ reason: Text, citation: Type.Optional(Line) }),
  decide: (state, { reason, citation }, { id, actor, now }) => {
    if (state.status === 'left') return []
    const held = inOffice(state, now)
    notOwnCase(held, actor)
    return [left(id, held, now, reason, citation ?? null)]
  },
})

/** When the unit is gone, its posts are. */
export const leavePost = command({
  route: 'internal',
  permission: 'system',
  input: Type.Object({ reason: Text }),
  decide: (state, { reason }, { id, now }) => (state.status === 'left' ? [] : [left(id, inOffice(state, now), now, reason, null)]),
})

const inOffice = (state: Appointment, now: string): Case => {
  const held = caseIn(state, 'held')
  if (held.until !== null && held.until <= now) throw reject('appointment-status', { allowed: 'held', came: `held until ${held.until}` })
  return held
}

const left = (holding: string, { person, kind, unit, from }: Case, now: string, reason: string, citation: string | null): AppointmentEvent => {
  const taken = from ?? now
  return { type: 'membership.post-left.v1', data: { holding, person, kind, unit, from: taken, until: later(taken, now), reason, citation } }
}
