import { commandsOf } from '@collegium/shared/aggregate.ts'
import type { Ask } from './ask.ts'
import type { ErasureEvent, Hold } from './events.ts'
import { reject } from './rejections.ts'

/** requested ⇄ held → (first approval) → erased → complete; withdrawn before the second approval. One a person; its id is theirs. */
export type Erasure = { status: 'none' } | ({ status: ErasureStatus } & Request)
export type ErasureStatus = 'requested' | 'held' | 'withdrawn' | 'erased' | 'complete'
type Requested = Extract<ErasureEvent, { type: 'membership.erasure-requested.v1' }>['data']
export type Request = Omit<Requested, 'by'> & {
  requestedBy: string | null
  holds: readonly Hold[]
  approvedBy: readonly string[]
  /** Who must acknowledge, since it was decided; and who has. */
  services: readonly string[]
  acknowledged: readonly string[]
  due: string | null
}

export const evolve = (state: Erasure, event: ErasureEvent): Erasure => {
  if (event.type === 'membership.erasure-requested.v1') {
    const { by, ...request } = event.data
    return { status: 'requested', ...request, requestedBy: by, holds: [], approvedBy: [], services: [], acknowledged: [], due: null }
  }
  if (state.status === 'none') return state
  switch (event.type) {
    case 'membership.erasure-withdrawn.v1':
      return { ...state, status: 'withdrawn' }
    case 'membership.erasure-held.v1':
      return { ...state, status: 'held', holds: event.data.holds }
    case 'membership.erasure-released.v1':
      return { ...state, status: 'requested', holds: [] }
    case 'membership.erasure-approved.v1':
      return { ...state, status: 'requested', holds: [], approvedBy: [...state.approvedBy, event.data.by] }
    case 'membership.person-erased.v1':
      return { ...state, status: 'erased', services: event.data.services, due: event.data.due }
    case 'membership.erasure-acknowledged.v1':
      return { ...state, acknowledged: [...state.acknowledged, event.data.service] }
    case 'membership.erasure-overdue.v1':
      return state
    case 'membership.erasure-completed.v1':
      return { ...state, status: 'complete' }
  }
}

export const command = commandsOf<Erasure, ErasureEvent, Ask>()

/** What nobody has acknowledged yet. */
export const missingOf = ({ services, acknowledged }: Pick<Request, 'services' | 'acknowledged'>): string[] =>
  services.filter((service) => !acknowledged.includes(service))

/** The request while it can still be decided; otherwise the refusal that names its state. */
export const openRequest = (state: Erasure): Request => {
  if (state.status !== 'requested' && state.status !== 'held') throw reject('erasure-status', { allowed: 'requested, held', came: state.status })
  return state
}
