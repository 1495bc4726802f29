import type { Context } from '@collegium/shared/aggregate.ts'
import type { Ask } from './ask.ts'
import type { Hold } from './events.ts'

/** What keeps a person's data for now. An erasure goes on when none holds any more. */

/** Looks for one kind of hold, as things stand at `now`. */
export type HoldCheck = (ask: Ask, person: string, now: string) => Promise<readonly Hold[]>

const postHeld: HoldCheck = async (ask, person, now) =>
  (await ask.casesOf(person))
    .filter((each) => each.status === 'held' && (each.until === null || each.until > now))
    .map(({ id, until }) => ({ ground: 'post-held', about: id, until }))

/** Proposed, recommended, or in its public notice, where others may still object. */
const appointmentOpen: HoldCheck = async (ask, person) =>
  (await ask.casesOf(person))
    .filter((each) => ['proposed', 'recommended', 'ineligible', 'notice'].includes(each.status))
    .map(({ id }) => ({ ground: 'appointment-open', about: id, until: null }))

const assessmentOpen: HoldCheck = async (ask, person) => (await ask.openAssessments(person)).map((about) => ({ ground: 'assessment-open', about, until: null }))

const dutyOpen: HoldCheck = async (ask, person) => ((await ask.openDuties(person)) > 0 ? [{ ground: 'duty-open', about: null, until: null }] : [])

/** Every case that may keep somebody's data, a line each: elections add the time in which their result can be challenged. */
const checks: readonly HoldCheck[] = [postHeld, appointmentOpen, assessmentOpen, dutyOpen]

export type HoldFacts = { readonly holds: readonly Hold[]; readonly lastPostEnded: string | null }

/** Asks everybody. Throws when somebody does not answer: what cannot be checked is not erased. */
export const holdFacts = async (ask: Ask, person: string, now: string): Promise<HoldFacts> => {
  const holds = (await Promise.all(checks.map((check) => check(ask, person, now)))).flat()
  const ended = (await ask.casesOf(person)).flatMap((each) =>
    each.until !== null && ['held', 'left'].includes(each.status) && each.until <= now ? each.until : [],
  )
  return { holds, lastPostEnded: ended.sort().at(-1) ?? null }
}

const dayMs = 86_400_000

/** All that holds, with the time for which the record of the last post is kept. */
export const holdsOf = ({ holds, lastPostEnded }: HoldFacts, { now, policy }: Pick<Context, 'now' | 'policy'>): readonly Hold[] => {
  if (lastPostEnded === null) return holds
  const until = new Date(Date.parse(lastPostEnded) + policy<number>('personnel.retention-days') * dayMs).toISOString()
  return until > now ? [...holds, { ground: 'retention', about: null, until }] : holds
}
