import { type Actor, aggregate, commandsOf } from '@collegium/shared/aggregate.ts'
import { Id, Instant, Label, Line, Money, OneOf, Text } from '@collegium/shared/schema.ts'
import Type from 'typebox'
import { type Activity, type ActivityEvent, type ActivityStatus, activityEvents, evolve, initial, type PlannedActivity } from './activity-state.ts'
import { reject } from './rejections.ts'

type Ask = { readonly attended: (activity: string) => Promise<number> }
const command = commandsOf<Activity, ActivityEvent, Ask>()

/** The activity, if it stands where the command needs it. */
const standing = (activity: Activity, ...allowed: ActivityStatus[]): PlannedActivity => {
  if (activity.status === 'none') throw reject('wrong-activity-status', { status: 'none', allowed: allowed.join(', ') })
  if (!allowed.includes(activity.status)) throw reject('wrong-activity-status', { status: activity.status, allowed: allowed.join(', ') })
  return activity
}

/** Separation of duties: who proposed or organizes does not decide. */
const impartial = ({ proposal }: PlannedActivity, { person }: Actor): void => {
  if (person !== null && (person === proposal.proposer || proposal.organizers.includes(person))) throw reject('own-case', { person })
}

const proposeActivity = command({
  route: 'POST /activities',
  permission: 'activities:propose',
  input: Type.Object({
    unit: Id,
    title: Label,
    theme: Line,
    plan: Text,
    risks: Text,
    budget: Money,
    major: Type.Boolean(),
    venue: Line,
    startsAt: Instant,
    endsAt: Instant,
    capacity: Type.Integer({ minimum: 1, maximum: 100_000 }),
    openTo: OneOf('campus', 'union', 'federation'),
    walkIns: Type.Optional(Type.Boolean({ description: 'May those check in who did not register? No, unless said.' })),
    kind: Line,
    organizers: Type.Array(Id, { minItems: 1, maxItems: 50, uniqueItems: true }),
  }),
  decide: (activity, { title, theme, plan, risks, budget, major, venue, startsAt, endsAt, capacity, openTo, walkIns = false, kind, organizers }, context) => {
    if (activity.status !== 'none') return []
    if (endsAt <= startsAt) throw reject('ends-before-start', { startsAt, endsAt })
    const proposer = context.actor.person
    const what = { title, theme, plan, risks, budget, major, venue, startsAt, endsAt, capacity, openTo, walkIns, kind, organizers, proposer }
    return [{ type: 'activities.activity-proposed.v1', data: { activity: context.id, ...what } }]
  },
})

const preReviewActivity = command({
  route: 'POST /activities/:id/pre-review',
  permission: 'activities:pre-review',
  input: Type.Object({ passed: Type.Boolean(), ground: Type.Optional(Text) }),
  decide: (activity, { passed, ground }, { id, actor }) => {
    if (activity.status === (passed ? 'pre-reviewed' : 'rejected')) return []
    const proposed = standing(activity, 'proposed')
    if (!proposed.proposal.major) throw reject('pre-review-not-needed')
    if (!passed && ground === undefined) throw reject('ground-needed')
    impartial(proposed, actor)
    return [{ type: 'activities.activity-pre-reviewed.v1', data: { activity: id, passed, ground: ground ?? null } }]
  },
})

const approveActivity = command({
  route: 'POST /activities/:id/approval',
  permission: 'activities:approve',
  input: Type.Object({}),
  decide: (activity, _input, { id, actor }) => {
    if (activity.status === 'approved') return []
    const proposed = standing(activity, 'proposed', 'pre-reviewed')
    if (proposed.proposal.major && proposed.status !== 'pre-reviewed') throw reject('pre-review-missing')
    impartial(proposed, actor)
    return [{ type: 'activities.activity-approved.v1', data: { activity: id } }]
  },
})

const rejectActivity = command({
  route: 'POST /activities/:id/refusal',
  permission: 'activities:approve',
  input: Type.Object({ ground: Text }),
  decide: (activity, { ground }, { id, actor }) => {
    if (activity.status === 'rejected') return []
    impartial(standing(activity, 'proposed', 'pre-reviewed'), actor)
    return [{ type: 'activities.activity-rejected.v1', data: { activity: id, ground } }]
  },
})

const announceActivity = command({
  route: 'POST /activities/:id/announcement',
  permission: 'activities:run',
  input: Type.Object({}),
  decide: (activity, _input, { id }) => {
    if (activity.status === 'announced') return []
    standing(activity, 'approved')
    return [{ type: 'activities.activity-announced.v1', data: { activity: id } }]
  },
})

const openRegistration = command({
  route: 'POST /activities/:id/registration',
  permission: 'activities:run',
  input: Type.Object({
    capacity: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000, description: 'As proposed, unless said.' })),
    until: Instant,
  }),
  decide: (activity, { until, ...input }, { id, now }) => {
    const { proposal, registration } = standing(activity, 'announced', 'registering')
    const capacity = input.capacity ?? registration?.capacity ?? proposal.capacity
    if (registration?.capacity === capacity && registration.until === until) return []
    if (until <= now || until > proposal.endsAt) throw reject('until-out-of-range', { now, until, endsAt: proposal.endsAt })
    return [{ type: 'activities.registration-opened.v1', data: { activity: id, capacity, until } }]
  },
})

const holdActivity = command({
  route: 'POST /activities/:id/holding',
  permission: 'activities:run',
  input: Type.Object({}),
  facts: async (ask, { id }) => ({ attended: await ask.attended(id) }),
  decide: (activity, _input, { id, now, facts }) => {
    if (activity.status === 'held') return []
    const { title, startsAt, organizers } = standing(activity, 'announced', 'registering').proposal
    if (now < startsAt) throw reject('not-started', { startsAt })
    return [{ type: 'activities.activity-held.v1', data: { activity: id, title, attended: facts.attended, organizers } }]
  },
})

const recordSpending = command({
  route: 'POST /activities/:id/spendings',
  permission: 'activities:run',
  input: Type.Object({ amount: Money, receipt: Line }),
  decide: (activity, { amount, receipt }, { id }) => {
    const { proposal, spent, receipts } = standing(activity, 'approved', 'announced', 'registering', 'held')
    const recorded = receipts[receipt]
    if (recorded === amount) return []
    if (recorded !== undefined) throw reject('receipt-used', { receipt, amount: recorded })
    if (spent + amount > proposal.budget) throw reject('over-budget', { budget: proposal.budget, spent, amount })
    return [{ type: 'activities.spending-recorded.v1', data: { activity: id, amount, receipt } }]
  },
})

const raiseBudget = command({
  route: 'PUT /activities/:id/budget',
  permission: 'activities:approve',
  input: Type.Object({ budget: Money, ground: Text }),
  decide: (activity, { budget, ground }, { id, actor }) => {
    const planned = standing(activity, 'approved', 'announced', 'registering', 'held')
    const previous = planned.proposal.budget
    if (budget === previous) return []
    if (budget < previous) throw reject('budget-not-raised', { budget: previous })
    impartial(planned, actor)
    return [{ type: 'activities.budget-raised.v1', data: { activity: id, budget, previous, ground } }]
  },
})

const closeActivity = command({
  route: 'POST /activities/:id/closing',
  permission: 'activities:run',
  input: Type.Object({}),
  decide: (activity, _input, { id }) => {
    if (activity.status === 'closed') return []
    const { spent, proposal } = standing(activity, 'held')
    return [{ type: 'activities.activity-closed.v1', data: { activity: id, spent, budget: proposal.budget } }]
  },
})

const cancelActivity = command({
  route: 'POST /activities/:id/cancellation',
  permission: 'activities:run',
  input: Type.Object({ ground: Text }),
  decide: (activity, { ground }, { id }) => {
    if (activity.status === 'cancelled') return []
    standing(activity, 'proposed', 'pre-reviewed', 'approved', 'announced', 'registering')
    return [{ type: 'activities.activity-cancelled.v1', data: { activity: id, ground } }]
  },
})

export const activity = aggregate<Activity, ActivityEvent>({
  name: 'activity',
  path: '/activities',
  read: 'activities:read',
  events: activityEvents,
  initial,
  evolve,
  commands: {
    proposeActivity,
    preReviewActivity,
    approveActivity,
    rejectActivity,
    announceActivity,
    openRegistration,
    holdActivity,
    recordSpending,
    raiseBudget,
    closeActivity,
    cancelActivity,
  },
})
