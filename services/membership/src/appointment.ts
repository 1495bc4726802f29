import { aggregate } from '@collegium/shared/aggregate.ts'
import { Id, Instant, Line, Text } from '@collegium/shared/schema.ts'
import Type from 'typebox'
import { type Appointment, caseIn, command, evolve, later, notOwnCase, openObjections } from './appointment-state.ts'
import { candidacyOf, grounds } from './eligibility.ts'
import * as facts from './events.ts'
import { enterOffice, leavePost, removeFromPost, takeEffect } from './holding.ts'
import { reject } from './rejections.ts'

/** The way into a post: proposal, recommendation, eligibility, public notice, objections. holding.ts says how it is taken and left. */

const day = 24 * 60 * 60 * 1000

export const proposeAppointment = command({
  route: 'POST /appointments',
  permission: 'appointments:propose',
  input: Type.Object({
    person: Id,
    kind: Id,
    unit: Id,
    from: Type.Optional(Instant),
    until: Type.Optional(Instant),
    citation: Type.Optional(Type.String({ ...Line, description: 'The numbered document that decided it, as 学生会〔2026〕12号.' })),
  }),
  facts: async (ask, { input }) => ({
    unit: await ask.unit(input.unit),
    kind: await ask.postKindExists(input.kind),
    person: await ask.personExists(input.person),
  }),
  decide: (state, input, { id, actor, facts }) => {
    const { person, kind, unit } = input
    const [from, until, citation] = [input.from ?? null, input.until ?? null, input.citation ?? null]
    if (state.status !== 'unknown') {
      if (state.person === person && state.kind === kind && state.unit === unit) return []
      throw reject('appointment-exists')
    }
    notOwnCase(input, actor)
    if (facts.unit.status !== 'active') throw reject('unknown-member-unit', { unit, status: facts.unit.status })
    if (!facts.kind) throw reject('unknown-post-kind', { kind })
    if (!facts.person) throw reject('unknown-person', { person })
    if (from !== null && until !== null && until <= from) throw reject('appointment-order', { from, until })
    return [{ type: 'membership.appointment-proposed.v1', data: { appointment: id, person, kind, unit, from, until, citation, by: actor.person } }]
  },
})

export const recommendAppointment = command({
  route: 'POST /appointments/:id/recommendation',
  permission: 'appointments:recommend',
  input: Type.Object({}),
  decide: (state, _input, { id, actor }) => {
    if (state.status !== 'unknown' && !['proposed', 'withdrawn'].includes(state.status)) return []
    const proposed = caseIn(state, 'proposed')
    notOwnCase(proposed, actor)
    if (actor.person !== null && actor.person === proposed.proposedBy) throw reject('same-hands', { first: 'proposes', second: 'recommend' })
    return [{ type: 'membership.appointment-recommended.v1', data: { appointment: id, person: proposed.person, by: actor.person } }]
  },
})

/** Runs by itself after the recommendation; an officer may run it again for somebody who was not eligible then. */
export const checkEligibility = command({
  route: 'POST /appointments/:id/eligibility',
  permission: 'appointments:decide',
  input: Type.Object({}),
  facts: (ask, { state, now }) => (state.status === 'unknown' ? Promise.resolve(null) : candidacyOf(ask, state, now)),
  decide: (state, _input, { id, actor, now, policy, facts: candidate }) => {
    if (state.status === 'notice' || state.status === 'held') return []
    const { person, from, until } = caseIn(state, 'recommended', 'ineligible')
    notOwnCase({ person }, actor)
    if (candidate === null) throw reject('unknown-person', { person })
    const { standing } = candidate
    const days = policy<number>('public-notice.days')
    const end = new Date(Date.parse(now) + days * day).toISOString()
    const effect = later(end, from)
    const found = [...grounds(candidate, policy), ...(until !== null && until <= effect ? ['over-before-it-begins'] : [])]
    if (found.length > 0) return [{ type: 'membership.appointment-found-ineligible.v1', data: { appointment: id, person, standing, grounds: found } }]
    return [
      { type: 'membership.appointment-found-eligible.v1', data: { appointment: id, person, standing } },
      { type: 'membership.notice-opened.v1', data: { appointment: id, person, days, until: end, effect } },
    ]
  },
})

export const fileObjection = command({
  route: 'POST /appointments/:id/objections',
  permission: 'appointments:object',
  input: Type.Object({ ground: Text }),
  decide: (state, { ground }, { id, actor, now }) => {
    const noticed = caseIn(state, 'notice')
    notOwnCase(noticed, actor)
    if (noticed.objections.some((each) => each.by === actor.person && each.ground === ground)) return []
    if (noticed.notice !== null && now >= noticed.notice.until) throw reject('notice-over', { until: noticed.notice.until })
    const objection = `objection-${noticed.objections.length + 1}`
    return [{ type: 'membership.objection-filed.v1', data: { appointment: id, objection, ground, by: actor.person } }]
  },
})

export const settleObjection = command({
  route: 'POST /appointments/:id/settlement',
  permission: 'appointments:decide',
  input: Type.Object({ objection: Id, upheld: Type.Boolean(), ground: Text }),
  decide: (state, { objection, upheld, ground }, { id, actor, now }) => {
    const contested = caseIn(state, 'notice', 'withdrawn', 'held', 'left')
    const found = contested.objections.find((each) => each.id === objection)
    if (!found) throw reject('unknown-objection', { objection, allowed: contested.objections.map((each) => each.id).join(', ') || '—' })
    if (found.settled === (upheld ? 'upheld' : 'overruled')) return []
    caseIn(state, 'notice')
    if (found.settled !== null) throw reject('objection-settled', { objection, verdict: found.settled })
    notOwnCase(contested, actor)
    if (actor.person !== null && actor.person === found.by) throw reject('same-hands', { first: 'objects', second: 'settle the objection' })
    if (actor.person !== null && actor.person === contested.proposedBy) throw reject('same-hands', { first: 'proposes', second: 'settle the objection' })
    const free = !upheld && openObjections(contested).length === 1
    const effect = free ? later(now, contested.notice?.effect ?? null) : null
    return [
      { type: 'membership.objection-settled.v1', data: { appointment: id, objection, upheld, ground, effect } },
      ...(upheld ? [{ type: 'membership.appointment-withdrawn.v1' as const, data: { appointment: id, person: contested.person, reason: ground } }] : []),
    ]
  },
})

export const withdrawAppointment = command({
  route: 'POST /appointments/:id/withdrawal',
  permission: 'appointments:propose',
  input: Type.Object({ reason: Text }),
  decide: (state, { reason }, { id, actor }) => {
    if (state.status === 'withdrawn') return []
    const { person } = caseIn(state, 'proposed', 'recommended', 'ineligible', 'notice')
    notOwnCase({ person }, actor)
    return [{ type: 'membership.appointment-withdrawn.v1', data: { appointment: id, person, reason } }]
  },
})

export const appointment = aggregate<Appointment, facts.AppointmentEvent>({
  name: 'appointment',
  path: '/appointments',
  read: 'appointments:read',
  events: [
    facts.appointmentProposed,
    facts.appointmentRecommended,
    facts.appointmentFoundEligible,
    facts.appointmentFoundIneligible,
    facts.noticeOpened,
    facts.objectionFiled,
    facts.objectionSettled,
    facts.appointmentWithdrawn,
    facts.postTaken,
    facts.postLeft,
  ],
  initial: () => ({ status: 'unknown' }),
  evolve,
  commands: {
    proposeAppointment,
    recommendAppointment,
    checkEligibility,
    fileObjection,
    settleObjection,
    withdrawAppointment,
    takeEffect,
    enterOffice,
    removeFromPost,
    leavePost,
  },
})
