import type { Status } from './routes.tsx'

export type Objection = { readonly id: string; readonly by: string | null; readonly ground: string; readonly settled: 'upheld' | 'overruled' | null }

/** An appointment as `/appointments/{id}` tells it. */
export type Case = {
  readonly status: Status
  readonly person: string
  readonly kind: string
  readonly unit: string
  readonly from: string | null
  readonly until: string | null
  readonly citation: string | null
  readonly proposedBy: string | null
  readonly notice: { readonly until: string; readonly effect: string } | null
  readonly objections: readonly Objection[]
}

export type Step = 'recommend' | 'check' | 'object' | 'withdraw' | 'remove'

/** What can come next in each state. */
export const stepsIn: Readonly<Record<Status, readonly Step[]>> = {
  proposed: ['recommend', 'withdraw'],
  recommended: ['check', 'withdraw'],
  ineligible: ['check', 'withdraw'],
  notice: ['object', 'withdraw'],
  withdrawn: [],
  held: ['remove'],
  left: [],
}

/** Why this person cannot take a step, whatever the posts say; null where nothing stands in the way. */
export const barOf = (step: Step | 'settle', state: Case, me: string | null, objection?: Objection): 'own' | 'proposer' | 'objector' | null => {
  if (me === null) return null
  if (state.person === me) return 'own'
  if ((step === 'recommend' || step === 'settle') && state.proposedBy === me) return 'proposer'
  return step === 'settle' && objection?.by === me ? 'objector' : null
}
