import { aggregate } from '@collegium/shared/aggregate.ts'
import { bases, personErased } from '@collegium/shared/erasure/facts.ts'
import { Id, OneOf } from '@collegium/shared/schema.ts'
import Type from 'typebox'
import { command, type Erasure, evolve, missingOf, openRequest } from './erasure-state.ts'
import * as facts from './events.ts'
import { holders } from './holders.ts'
import { holdFacts, holdsOf } from './legal-holds.ts'
import { reject } from './rejections.ts'

/** A person's data goes: they ask (or an officer does), holds are looked for, two people decide, every service obeys and says so. */

const hourMs = 3_600_000
const groundsOf = (holds: readonly facts.Hold[]): string => holds.map(({ ground, until }) => (until === null ? ground : `${ground} (${until})`)).join(', ')

export const requestErasure = command({
  route: 'POST /erasures',
  permission: 'erasures:request',
  input: Type.Object({ person: Id, basis: OneOf(...bases) }),
  facts: async (ask, { input, actor, now }) => ({
    unit: await ask.campusOf(input.person),
    mayForOthers: await ask.may(actor, 'erasures:enter', input.person),
    ...(await holdFacts(ask, input.person, now)),
  }),
  decide: (state, { person, basis }, context) => {
    const { unit, mayForOthers } = context.facts
    if (unit === null) throw reject('unknown-person', { person })
    if (context.actor.person !== person && !mayForOthers) throw reject('erasure-of-another')
    if (state.status === 'requested' || state.status === 'held') return []
    if (state.status === 'erased' || state.status === 'complete') throw reject('erasure-status', { allowed: 'none, withdrawn', came: state.status })
    const holds = holdsOf(context.facts, context)
    return [
      { type: 'membership.erasure-requested.v1', data: { person, unit, basis, by: context.actor.person } },
      ...(holds.length === 0 ? [] : [{ type: 'membership.erasure-held.v1' as const, data: { person, holds: [...holds] } }]),
    ]
  },
})

export const withdrawErasure = command({
  route: 'POST /erasures/:id/withdrawal',
  permission: 'erasures:request',
  input: Type.Object({}),
  decide: (state, _input, { id, actor }) => {
    if (state.status === 'withdrawn') return []
    const { requestedBy } = openRequest(state)
    if (actor.person !== id && actor.person !== requestedBy) throw reject('erasure-of-another')
    return [{ type: 'membership.erasure-withdrawn.v1', data: { person: id } }]
  },
})

/** Looks for holds once more, when a case was closed or a time has passed. */
export const checkHolds = command({
  route: 'POST /erasures/:id/check',
  permission: 'erasures:approve',
  input: Type.Object({}),
  facts: (ask, { id, now }) => holdFacts(ask, id, now),
  decide: (state, _input, context) => {
    const { holds: before } = openRequest(state)
    const holds = holdsOf(context.facts, context)
    if (groundsOf(holds) === groundsOf(before)) return []
    if (holds.length === 0) return [{ type: 'membership.erasure-released.v1', data: { person: context.id } }]
    return [{ type: 'membership.erasure-held.v1', data: { person: context.id, holds: [...holds] } }]
  },
})

/** The second approval is the erasure: nothing brings the data back after it. */
export const approveErasure = command({
  route: 'POST /erasures/:id/approval',
  permission: 'erasures:approve',
  input: Type.Object({}),
  facts: (ask, { id, now }) => holdFacts(ask, id, now),
  decide: (state, _input, context) => {
    const { id, actor, now, policy } = context
    if (state.status === 'erased' || state.status === 'complete') return []
    const { basis, requestedBy, approvedBy } = openRequest(state)
    if (actor.person === null) throw reject('erasure-nobody')
    if (actor.person === id) throw reject('own-erasure')
    if (actor.person === requestedBy) throw reject('same-hands', { first: 'asks for the erasure', second: 'approve it' })
    if (approvedBy.includes(actor.person)) return []
    const holds = holdsOf(context.facts, context)
    if (holds.length > 0) throw reject('erasure-held', { grounds: groundsOf(holds) })
    const due = new Date(Date.parse(now) + policy<number>('erasure.acknowledge-hours') * hourMs).toISOString()
    return [
      { type: 'membership.erasure-approved.v1', data: { person: id, by: actor.person } },
      ...(approvedBy.length === 0 ? [] : [{ type: personErased.type, data: { person: id, basis, services: [...holders], due } }]),
    ]
  },
})

export const acknowledgeErasure = command({
  route: 'internal',
  permission: 'system',
  input: Type.Object({ service: Id }),
  decide: (state, { service }, { id }) => {
    if (state.status === 'none') throw reject('erasure-status', { allowed: 'erased', came: state.status })
    if (!state.services.includes(service) || state.acknowledged.includes(service)) return []
    const left = missingOf(state).filter((each) => each !== service)
    return [
      { type: 'membership.erasure-acknowledged.v1', data: { person: id, service } },
      ...(left.length > 0 ? [] : [{ type: 'membership.erasure-completed.v1' as const, data: { person: id } }]),
    ]
  },
})

/** Runs when the time to acknowledge is over. */
export const reportOverdue = command({
  route: 'internal',
  permission: 'system',
  input: Type.Object({}),
  facts: async (ask, { state, now }) => (state.status === 'none' ? [] : ask.officersWith('erasures:approve', state.unit, now)),
  decide: (state, _input, { id, facts: officers }) =>
    state.status === 'erased' ? [{ type: 'membership.erasure-overdue.v1', data: { person: id, missing: missingOf(state), officers: [...officers] } }] : [],
})

export const erasure = aggregate<Erasure, facts.ErasureEvent>({
  name: 'erasure',
  path: '/erasures',
  read: 'erasures:approve',
  events: [
    facts.erasureRequested,
    facts.erasureWithdrawn,
    facts.erasureHeld,
    facts.erasureReleased,
    facts.erasureApproved,
    facts.personErased,
    facts.erasureAcknowledged,
    facts.erasureOverdue,
    facts.erasureCompleted,
  ],
  initial: () => ({ status: 'none' }),
  evolve,
  identify: (input) => input.person,
  unit: async (ask, input) => {
    const campus = await ask.campusOf(input.person)
    if (campus === null) throw reject('unknown-person', { person: input.person })
    return campus
  },
  commands: { requestErasure, withdrawErasure, checkHolds, approveErasure, acknowledgeErasure, reportOverdue },
})
