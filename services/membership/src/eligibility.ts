import type { Directory } from '@collegium/shared/directory.ts'
import type { Ask } from './ask.ts'

/** What is known of a candidate when eligibility is decided; numbers only, gathered before. */
export type Candidacy = {
  /** The last score of assessment, 0 to 100; null for somebody never assessed. */
  readonly standing: number | null
  /** Does assessment let them be proposed? True for somebody never assessed. */
  readonly goodStanding: boolean
  /** Disciplinary decisions in force. Discipline is recorded elsewhere than here; none is known of yet. */
  readonly discipline: number
  readonly postsNow: number
  readonly sameNow: number
  readonly sameEver: number
  /** Which limits somebody has set by policy; a limit that nobody set does not bind. */
  readonly limits: readonly Limit[]
}

export type Limit = keyof typeof limits
/** Policy names, and whether a candidate keeps within the value. The post being proposed counts. */
const limits = {
  'appointment.standing.min': (candidate: Candidacy, value: number) => candidate.standing === null || candidate.standing >= value,
  'appointment.posts.max': (candidate: Candidacy, value: number) => candidate.postsNow + 1 <= value,
  'appointment.terms.max': (candidate: Candidacy, value: number) => candidate.sameEver + 1 <= value,
}

export const candidacyOf = async (ask: Ask, { person, kind, unit }: { person: string; kind: string; unit: string }, now: string): Promise<Candidacy> => {
  const directory = ask.directory()
  const current = directory.holdings(person, now)
  const { score, good } = await ask.standing(person)
  const same = (holding: { kind: string; unit: string }) => holding.kind === kind && holding.unit === unit
  return {
    standing: score,
    goodStanding: good,
    discipline: 0,
    postsNow: current.length,
    sameNow: current.filter(same).length,
    sameEver: directory.snapshot.holdings.filter((holding) => holding.person === person && same(holding)).length,
    limits: limitsSet(directory, unit, now),
  }
}

const limitsSet = (directory: Directory, unit: string, now: string): Limit[] =>
  (Object.keys(limits) as Limit[]).filter((name) => directory.policy(name, unit, now) !== undefined)

/** One thing that is looked at: its code, whether the candidate keeps it (given the value of the policy of that name), and whether it tells what not all may know. */
type Check = { readonly check: string; readonly kept: (value: number) => boolean; readonly confidential: boolean }

/** Everything that is looked at, in the order in which it is told. */
export const checksOf = (candidate: Candidacy): Check[] => [
  { check: 'standing', kept: () => candidate.goodStanding, confidential: true },
  { check: 'discipline', kept: () => candidate.discipline === 0, confidential: true },
  { check: 'already-held', kept: () => candidate.sameNow === 0, confidential: false },
  ...candidate.limits.map((name) => ({
    check: name,
    kept: (value: number) => limits[name](candidate, value),
    confidential: name === 'appointment.standing.min',
  })),
]

/** Why somebody may not take the post, as codes; empty when they may. Each limit asked is recorded with the decision. */
export const grounds = (candidate: Candidacy, policy: (name: string) => number): string[] => {
  const isLimit = (check: string): boolean => (candidate.limits as readonly string[]).includes(check)
  return checksOf(candidate).flatMap(({ check, kept }) => (kept(isLimit(check) ? policy(check) : Number.NaN) ? [] : [check]))
}
