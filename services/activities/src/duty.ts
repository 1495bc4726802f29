import { type Actor, aggregate, commandsOf, type EventOf } from '@collegium/shared/aggregate.ts'
import { Id, Instant, Label, Line, OneOf, Text } from '@collegium/shared/schema.ts'
import Type, { type Static } from 'typebox'
import { dutyAssigned, dutyEscalated, dutyFulfilled, dutyProgressed, dutyReminded } from './events.ts'
import { type Evidence, Fulfilment } from './fulfilment.ts'
import { reject } from './rejections.ts'
import { self } from './self.ts'

const events = [dutyAssigned, dutyProgressed, dutyReminded, dutyEscalated, dutyFulfilled] as const
type DutyEvent = EventOf<(typeof events)[number]>

/** Something that somebody owes by a date, wherever it came from. */
type AssignedDuty = Omit<Static<typeof dutyAssigned.schema>, 'duty'> & {
  status: 'open' | 'fulfilled'
  reminded: boolean
  escalated: boolean
  escalatedTo: string | null
  progress: string[]
  onTime: boolean | null
}
export type Duty = { status: 'none' } | AssignedDuty

const initial = (): Duty => ({ status: 'none' })

const evolve = (duty: Duty, event: DutyEvent): Duty => {
  if (event.type === 'activities.duty-assigned.v1') {
    const { duty: _id, ...what } = event.data
    return { ...what, status: 'open', reminded: false, escalated: false, escalatedTo: null, progress: [], onTime: null }
  }
  if (duty.status === 'none') throw new Error(`${event.type} before the duty was assigned`)
  switch (event.type) {
    case 'activities.duty-progressed.v1':
      duty.progress.push(event.data.note)
      return duty
    case 'activities.duty-reminded.v1':
      return Object.assign(duty, { reminded: true })
    case 'activities.duty-escalated.v1':
      return Object.assign(duty, { escalated: true, escalatedTo: event.data.to })
    case 'activities.duty-fulfilled.v1':
      return Object.assign(duty, { status: 'fulfilled', onTime: event.data.onTime })
  }
}

// ---- decisions -------------------------------------------------------------------------------------------------

type Ask = {
  /** The fact that the duty waits for, if it has happened since. */
  readonly happened: (fulfilledBy: { event: string; about: string } | null, since: string) => Promise<Evidence | null>
  /** Who supervises the duty next above its owner, at its unit or higher; null where nobody does. */
  readonly superior: (duty: string, owner: string, now: string) => Promise<string | null>
}
const command = commandsOf<Duty, DutyEvent, Ask>()

const Assignment = {
  unit: Id,
  title: Line,
  owner: Id,
  due: Instant,
  fulfilledBy: Type.Optional(Fulfilment),
}
const dayMs = 86_400_000

const assigned = (
  duty: Duty,
  {
    title,
    name,
    owner,
    due,
    source,
    fulfilledBy,
  }: Omit<Static<typeof dutyAssigned.schema>, 'duty' | 'since' | 'remindAt' | 'fulfilledBy'> & { fulfilledBy?: Static<typeof Fulfilment> | undefined },
  context: { id: string; now: string; policy: (name: string) => number },
): DutyEvent[] => {
  if (duty.status !== 'none') return []
  const remindAt = new Date(Math.max(Date.parse(context.now), Date.parse(due) - context.policy('duty.reminder.days-before') * dayMs)).toISOString()
  const awaited = fulfilledBy ? { event: fulfilledBy.event, about: fulfilledBy.about } : null
  const what = { duty: context.id, title, ...(name && { name }), owner }
  return [{ type: 'activities.duty-assigned.v1', data: { ...what, since: context.now, due, remindAt, source, fulfilledBy: awaited } }]
}

export const assignDuty = command({
  route: 'POST /duties',
  permission: 'duties:assign',
  input: Type.Object({
    ...Assignment,
    name: Type.Optional({ ...Label, description: 'Its title in both languages, where it comes ready from a page; `title` is then the Chinese one.' }),
  }),
  decide: (duty, input, { id, now, policy }) => {
    if (duty.status === 'none' && input.due <= now) throw reject('due-in-the-past', { due: input.due, now })
    return assigned(duty, { ...input, title: input.name?.zh ?? input.title, source: { kind: 'order', id } }, { id, now, policy })
  },
})

/** What a resolution says becomes a duty; its date was looked at when it was adopted. */
export const assignByResolution = command({
  route: 'internal',
  permission: 'system',
  input: Type.Object({ ...Assignment, source: Type.Object({ kind: OneOf('meeting', 'activity', 'order'), id: Id }) }),
  decide: (duty, input, { id, now, policy }) => assigned(duty, input, { id, now, policy }),
})

/** Whoever held an activity owes its summary; filing a document about the activity ends that. */
export const assignSummary = command({
  route: 'internal',
  permission: 'system',
  input: Type.Object({ unit: Id, name: Label, owner: Id, activity: Id }),
  decide: (duty, { name, owner, activity }, { id, now, policy }) => {
    if (duty.status !== 'none') return []
    const due = new Date(Date.parse(now) + policy('activity-summary.due-days') * dayMs).toISOString()
    const fulfilledBy = { event: 'documents.document-filed.v1' as const, about: `summary:${activity}` }
    return assigned(duty, { title: name.zh, name, owner, due, source: { kind: 'activity', id: activity }, fulfilledBy }, { id, now, policy })
  },
})

/** It may be owed at a unit above the one where its owner holds a post: whose it is counts, and that they hold a post that works on duties. */
const mine = (duty: Duty, actor: Actor): AssignedDuty => {
  if (duty.status === 'none') throw new Error('A command on a duty found none')
  if (self(actor) !== duty.owner) throw reject('not-the-owner', { owner: duty.owner })
  return duty
}

export const reportProgress = command({
  route: 'POST /duties/:id/progress',
  permission: 'duties:work',
  at: 'anywhere',
  input: Type.Object({ note: Text }),
  decide: (duty, { note }, { id, actor }) => {
    const open = mine(duty, actor)
    if (open.progress.at(-1) === note) return []
    if (open.status === 'fulfilled') throw reject('duty-fulfilled')
    return [{ type: 'activities.duty-progressed.v1', data: { duty: id, note } }]
  },
})

const fulfilled = (id: string, duty: AssignedDuty, by: string, at: string, evidence: Evidence | null = null): DutyEvent => ({
  type: 'activities.duty-fulfilled.v1',
  data: {
    duty: id,
    owner: duty.owner,
    by,
    onTime: at <= duty.due,
    evidence: evidence && { service: evidence.service, stream: evidence.stream, version: evidence.version },
  },
})

export const fulfilDuty = command({
  route: 'POST /duties/:id/fulfilment',
  permission: 'duties:work',
  at: 'anywhere',
  input: Type.Object({}),
  decide: (duty, _input, { id, actor, now }) => {
    const open = mine(duty, actor)
    return open.status === 'fulfilled' ? [] : [fulfilled(id, open, 'owner', now)]
  },
})

/** Somebody else who follows the duty up confirms that it is done. */
export const confirmDuty = command({
  route: 'POST /duties/:id/confirmation',
  permission: 'duties:assign',
  input: Type.Object({}),
  decide: (duty, _input, { id, actor, now }) => {
    if (duty.status !== 'open') return []
    if (actor.person === duty.owner) throw reject('own-duty')
    return [fulfilled(id, duty, 'supervisor', now)]
  },
})

/** The awaited fact is there. */
export const fulfilByFact = command({
  route: 'internal',
  permission: 'system',
  input: Type.Object({ type: Line, at: Instant, service: Id, stream: Line, version: Type.Integer({ minimum: 1 }) }),
  decide: (duty, fact, { id }) => (duty.status === 'open' ? [fulfilled(id, duty, fact.type, fact.at, fact)] : []),
})

/** At the time of the reminder: nobody is reminded of what is done, nor twice. */
export const remindOwner = command({
  route: 'internal',
  permission: 'system',
  input: Type.Object({}),
  facts: async (ask, { state }) => ({ happened: state.status === 'open' ? await ask.happened(state.fulfilledBy, state.since) : null }),
  decide: (duty, _input, { id, facts }) => {
    if (duty.status !== 'open' || duty.reminded) return []
    if (facts.happened) return [fulfilled(id, duty, facts.happened.type, facts.happened.at, facts.happened)]
    return [{ type: 'activities.duty-reminded.v1', data: { duty: id, owner: duty.owner } }]
  },
})

/** At the due date: what is not done goes to the superior, once. */
export const escalateDuty = command({
  route: 'internal',
  permission: 'system',
  input: Type.Object({}),
  facts: async (ask, { id, state, now }) =>
    state.status === 'open'
      ? { happened: await ask.happened(state.fulfilledBy, state.since), superior: await ask.superior(id, state.owner, now) }
      : { happened: null, superior: null },
  decide: (duty, _input, { id, facts }) => {
    if (duty.status !== 'open' || duty.escalated) return []
    if (facts.happened) return [fulfilled(id, duty, facts.happened.type, facts.happened.at, facts.happened)]
    return [{ type: 'activities.duty-escalated.v1', data: { duty: id, owner: duty.owner, to: facts.superior } }]
  },
})

export const duty = aggregate<Duty, DutyEvent>({
  name: 'duty',
  path: '/duties',
  read: 'duties:read',
  own: (state) => (state.status === 'none' ? [] : [state.owner]),
  events,
  initial,
  evolve,
  commands: { assignDuty, assignByResolution, assignSummary, reportProgress, fulfilDuty, confirmDuty, fulfilByFact, remindOwner, escalateDuty },
})
