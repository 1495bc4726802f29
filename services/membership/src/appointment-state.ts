import type { Actor } from '@collegium/shared/aggregate.ts'
import { commandsOf } from '@collegium/shared/aggregate.ts'
import type { Ask } from './ask.ts'
import type { AppointmentEvent } from './events.ts'
import { reject } from './rejections.ts'

/**
 * proposed → recommended → (ineligible | notice) → held → left; withdrawn on the way when it is taken back or an objection is upheld.
 * An office that a file records begins at held.
 */
export type Appointment = { status: 'unknown' } | ({ status: Status } & Case)
export type Status = 'proposed' | 'recommended' | 'ineligible' | 'notice' | 'withdrawn' | 'held' | 'left'
export type Case = {
  person: string
  kind: string
  unit: string
  /** As planned; as it came to be, once held. */
  from: string | null
  until: string | null
  citation: string | null
  proposedBy: string | null
  notice: { until: string; effect: string } | null
  objections: Objection[]
}
export type Objection = { id: string; by: string | null; ground: string; settled: 'upheld' | 'overruled' | null }

export const evolve = (state: Appointment, event: AppointmentEvent): Appointment => {
  if (event.type === 'membership.appointment-proposed.v1') {
    const { person, kind, unit, from, until, citation, by } = event.data
    return { status: 'proposed', person, kind, unit, from, until, citation, proposedBy: by, notice: null, objections: [] }
  }
  if (event.type === 'membership.post-taken.v1') {
    const { person, kind, unit, from, until, citation } = event.data
    const before = state.status === 'unknown' ? { proposedBy: null, notice: null, objections: [] } : state
    return { ...before, status: 'held', person, kind, unit, from, until, citation }
  }
  if (state.status === 'unknown') return state
  switch (event.type) {
    case 'membership.appointment-recommended.v1':
      return { ...state, status: 'recommended' }
    case 'membership.appointment-found-eligible.v1':
      return state
    case 'membership.appointment-found-ineligible.v1':
      return { ...state, status: 'ineligible' }
    case 'membership.notice-opened.v1':
      return { ...state, status: 'notice', notice: { until: event.data.until, effect: event.data.effect } }
    case 'membership.objection-filed.v1':
      return { ...state, objections: [...state.objections, { id: event.data.objection, by: event.data.by, ground: event.data.ground, settled: null }] }
    case 'membership.objection-settled.v1': {
      const { objection, upheld, effect } = event.data
      return {
        ...state,
        objections: state.objections.map((each) => (each.id === objection ? { ...each, settled: upheld ? 'upheld' : 'overruled' } : each)),
        notice: state.notice && effect !== null ? { ...state.notice, effect } : state.notice,
      }
    }
    case 'membership.appointment-withdrawn.v1':
      return { ...state, status: 'withdrawn' }
    case 'membership.post-left.v1':
      return { ...state, status: 'left', until: event.data.until }
  }
}

export const command = commandsOf<Appointment, AppointmentEvent, Ask>()

/** The case, where it is in one of these states; otherwise the refusal that names them. */
export const caseIn = (state: Appointment, ...allowed: Status[]): { status: Status } & Case => {
  if (state.status === 'unknown' || !allowed.includes(state.status)) throw reject('appointment-status', { allowed: allowed.join(', '), came: state.status })
  return state
}

/** Nobody takes part in deciding about themselves. */
export const notOwnCase = ({ person }: { person: string }, actor: Actor): void => {
  if (actor.person === person) throw reject('own-case')
}

export const openObjections = ({ objections }: Case): Objection[] => objections.filter((each) => each.settled === null)

export const later = (a: string, b: string | null): string => (b !== null && b > a ? b : a)
