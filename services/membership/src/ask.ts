import type { Actor } from '@collegium/shared/aggregate.ts'
import type { Directory } from '@collegium/shared/directory.ts'
import type { Tighter } from './direction.ts'

/** What decisions of membership may ask beforehand: other aggregates of its own as they stand now, the directory, assessment and activities. */
export type Ask = {
  readonly unit: (id: string) => Promise<UnitFacts>
  readonly policy: (unit: string, name: string) => Promise<PolicyFacts>
  readonly postKindExists: (id: string) => Promise<boolean>
  readonly personExists: (id: string) => Promise<boolean>
  readonly directory: () => Directory
  /** What assessment says of a person: the last score, null where there is none, and whether it lets them be proposed. */
  readonly campusOf: (person: string) => Promise<string | null>
  /** Whether a post of the actor's lets them do this at the campus of a person. */
  readonly may: (actor: Actor, permission: string, person: string) => Promise<boolean>
  /** Every appointment of a person, held posts too. */
  readonly casesOf: (person: string) => Promise<readonly { readonly id: string; readonly status: string; readonly until: string | null }[]>
  /** What assessment has opened about a person and not scored. */
  readonly openAssessments: (person: string) => Promise<readonly string[]>
  /** How many duties of a person are not fulfilled. */
  readonly openDuties: (person: string) => Promise<number>
  /** Who may do this at a unit or above it. */
  readonly officersWith: (permission: string, unit: string, at: string) => string[]
  readonly standing: (person: string) => Promise<{ readonly score: number | null; readonly good: boolean }>
}

export type UnitFacts = {
  readonly status: 'unknown' | 'active' | 'merged' | 'dissolved'
  readonly kind: string
  readonly level: string | null
  readonly parent: string | null
  readonly timezone: string
}

export type PolicyFacts = {
  readonly tighter: Tighter | null
  readonly versions: readonly { readonly value: number | string | boolean; readonly from: string }[]
}

/** How a refusal names what came. */
export const described = (unit: UnitFacts): string => (unit.status === 'active' ? [unit.kind, unit.level].filter(Boolean).join(' / ') : unit.status)
