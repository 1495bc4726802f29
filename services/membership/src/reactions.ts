import { idOf } from '@collegium/shared/aggregate.ts'
import { deadlines, due, react, reaction, run, withdraw } from '@collegium/shared/reaction.ts'
import { when } from '@collegium/shared/view.ts'
import { appointment, checkEligibility } from './appointment.ts'
import type { Ask } from './ask.ts'
import { acknowledgeErasure, erasure, reportOverdue } from './erasure.ts'
import * as facts from './events.ts'
import { acknowledgements } from './holders.ts'
import { leavePost, takeEffect } from './holding.ts'
import { followPolicy, policy, policyId } from './policy.ts'

/** A recommendation is followed by the check that needs no judgement. */
export const eligibilityAfterRecommendation = reaction({
  name: 'eligibility-after-recommendation',
  on: [react(facts.appointmentRecommended, (event) => [run(appointment, checkEligibility, idOf(event), {})])],
})

/** Below a unit that tightened a policy nobody stays looser. */
export const campusesFollowPolicy = reaction({
  name: 'campuses-follow-policy',
  on: [
    react(facts.policySet, ({ data }, ask: Ask) => {
      const directory = ask.directory()
      const below = directory
        .subtree(data.unit)
        .filter((unit) => unit !== data.unit && directory.snapshot.policies.some((set) => set.unit === unit && set.name === data.name))
      return below.map((unit) => run(policy, followPolicy, policyId(unit, data.name), { value: data.value, from: data.from }))
    }),
  ],
})

const emptied = (unit: string, ask: Ask, now: string, reason: string) =>
  ask
    .directory()
    .snapshot.holdings.filter((holding) => holding.unit === unit && (holding.until === null || holding.until > now))
    .map((holding) => run(appointment, leavePost, holding.id, { reason }))

/** The posts of a unit end with it. */
export const postsEndWithUnit = reaction({
  name: 'posts-end-with-unit',
  on: [
    react(facts.unitDissolved, ({ data, occurred }, ask: Ask) => emptied(data.unit, ask, occurred, `The unit ${data.unit} was dissolved.`)),
    react(facts.unitMerged, ({ data, occurred }, ask: Ask) => emptied(data.unit, ask, occurred, `The unit ${data.unit} was merged into ${data.into}.`)),
  ],
})

/** Each service's word that it is done is collected. */
export const erasuresAreAcknowledged = reaction({
  name: 'erasures-are-acknowledged',
  on: acknowledgements.map((definition) => react(definition, ({ service, data }) => [run(erasure, acknowledgeErasure, data.person, { service })])),
})

/** Who is late with an erasure is told of. */
export const erasuresAreDue = deadlines({
  name: 'erasures-are-due',
  on: [
    when(facts.personErased, ({ data }) => [due(`erasure-${data.person}`, data.due, run(erasure, reportOverdue, data.person, {}))]),
    when(facts.erasureCompleted, ({ data }) => [withdraw(`erasure-${data.person}`)]),
  ],
})

const effectOf = (appointmentId: string) => `effect-${appointmentId}`

/** A post is taken when its notice is over; an objection stops that until it is settled. */
export const noticeEnds = deadlines({
  name: 'notice-ends',
  on: [
    when(facts.noticeOpened, ({ data }) => [due(effectOf(data.appointment), data.effect, run(appointment, takeEffect, data.appointment, {}))]),
    when(facts.objectionFiled, ({ data }) => [withdraw(effectOf(data.appointment))]),
    when(facts.objectionSettled, ({ data }) =>
      data.effect === null ? [] : [due(effectOf(data.appointment), data.effect, run(appointment, takeEffect, data.appointment, {}))],
    ),
    when(facts.appointmentWithdrawn, ({ data }) => [withdraw(effectOf(data.appointment))]),
  ],
})
