import { aggregate, commandsOf } from '@collegium/shared/aggregate.ts'
import { Id, Instant, Label, Line, OneOf, Text } from '@collegium/shared/schema.ts'
import Type from 'typebox'
import { Fulfilment } from './fulfilment.ts'
import { type CalledMeeting, evolve, initial, type Meeting, type MeetingEvent, type MeetingStatus, meetingEvents } from './meeting-state.ts'
import { reject } from './rejections.ts'
import { self } from './self.ts'

const command = commandsOf<Meeting, MeetingEvent>()

const standing = (meeting: Meeting, ...allowed: MeetingStatus[]): CalledMeeting => {
  if (meeting.status === 'none' || !allowed.includes(meeting.status))
    throw reject('wrong-meeting-status', { status: meeting.status, allowed: allowed.join(', ') })
  return meeting
}

const invitedTo = (meeting: CalledMeeting, person: string): void => {
  if (!meeting.invited.includes(person)) throw reject('not-invited', { person })
}

export const callMeeting = command({
  route: 'POST /meetings',
  permission: 'meetings:call',
  input: Type.Object({
    unit: Id,
    title: Label,
    kind: OneOf('presidium', 'standing-committee', 'department', 'department-exchange', 'other'),
    at: Instant,
    agenda: Type.Array(Line, { minItems: 1, maxItems: 50 }),
    invited: Type.Array(Id, { minItems: 1, maxItems: 1_000, uniqueItems: true }),
    chair: Id,
  }),
  decide: (meeting, { title, kind, at, agenda, chair, ...input }, { id }) => {
    if (meeting.status !== 'none') return []
    const invited = input.invited.includes(chair) ? input.invited : [chair, ...input.invited]
    return [{ type: 'activities.meeting-called.v1', data: { meeting: id, title, kind, at, agenda, invited, chair } }]
  },
})

export const signIn = command({
  route: 'POST /meetings/:id/sign-in',
  permission: 'meetings:attend',
  input: Type.Object({}),
  decide: (meeting, _input, { id, actor }) => {
    const person = self(actor)
    const called = standing(meeting, 'called', 'open')
    if (called.presence[person] === 'present') return []
    invitedTo(called, person)
    return [{ type: 'activities.signed-in.v1', data: { meeting: id, person } }]
  },
})

/** The paper list, entered by who keeps it. */
export const enterSignIns = command({
  route: 'POST /meetings/:id/sign-in-sheet',
  permission: 'meetings:chair',
  input: Type.Object({ persons: Type.Array(Id, { minItems: 1, maxItems: 1_000, uniqueItems: true }) }),
  decide: (meeting, { persons }, { id }) => {
    const called = standing(meeting, 'called', 'open')
    const missing = persons.filter((person) => called.presence[person] !== 'present')
    for (const person of missing) invitedTo(called, person)
    return missing.map((person) => ({ type: 'activities.signed-in.v1', data: { meeting: id, person } }))
  },
})

export const askLeave = command({
  route: 'POST /meetings/:id/leave',
  permission: 'meetings:attend',
  input: Type.Object({ reason: Text }),
  decide: (meeting, { reason }, { id, actor }) => {
    const person = self(actor)
    const called = standing(meeting, 'called', 'open')
    invitedTo(called, person)
    if (called.presence[person] === 'present') throw reject('already-there', { person })
    if (called.presence[person] !== undefined) return []
    return [{ type: 'activities.leave-requested.v1', data: { meeting: id, person, reason } }]
  },
})

export const grantLeave = command({
  route: 'POST /meetings/:id/leave-grants',
  permission: 'meetings:chair',
  input: Type.Object({ person: Id }),
  decide: (meeting, { person }, { id, actor }) => {
    const called = standing(meeting, 'called', 'open')
    if (called.presence[person] === 'leave-granted') return []
    if (person === actor.person) throw reject('own-leave')
    if (called.presence[person] !== 'leave-requested') throw reject('leave-not-requested', { person })
    return [{ type: 'activities.leave-granted.v1', data: { meeting: id, person } }]
  },
})

export const openMeeting = command({
  route: 'POST /meetings/:id/opening',
  permission: 'meetings:chair',
  input: Type.Object({}),
  decide: (meeting, _input, { id }) => {
    if (meeting.status === 'open') return []
    standing(meeting, 'called')
    return [{ type: 'activities.meeting-opened.v1', data: { meeting: id } }]
  },
})

export const adoptResolution = command({
  route: 'POST /meetings/:id/resolutions',
  permission: 'meetings:chair',
  input: Type.Object({
    text: Text,
    duties: Type.Array(
      Type.Object({
        title: Line,
        owner: Id,
        unit: Type.Optional(Id),
        due: Instant,
        fulfilledBy: Type.Optional(Fulfilment),
      }),
      { maxItems: 50 },
    ),
  }),
  decide: (meeting, input, { id, now }) => {
    const { resolutions } = standing(meeting, 'open')
    if (resolutions.some((each) => each.text === input.text)) return []
    const resolution = `${id}.r${resolutions.length + 1}`
    for (const { due } of input.duties) if (due <= now) throw reject('due-in-the-past', { due, now })
    const duties = input.duties.map(({ title, owner, unit = null, due, fulfilledBy }, index) => ({
      duty: `${resolution}.d${index + 1}`,
      title,
      owner,
      unit,
      due,
      fulfilledBy: fulfilledBy ? { event: fulfilledBy.event, about: fulfilledBy.about } : null,
    }))
    return [{ type: 'activities.resolution-adopted.v1', data: { meeting: id, resolution, text: input.text, duties } }]
  },
})

export const closeMeeting = command({
  route: 'POST /meetings/:id/closing',
  permission: 'meetings:chair',
  input: Type.Object({}),
  decide: (meeting, _input, { id }) => {
    if (meeting.status === 'closed') return []
    const { invited, presence } = standing(meeting, 'open')
    const present = invited.filter((person) => presence[person] === 'present')
    const excused = invited.filter((person) => presence[person] === 'leave-granted')
    const absent = invited.filter((person) => !present.includes(person) && !excused.includes(person))
    return [{ type: 'activities.meeting-closed.v1', data: { meeting: id, absent, present, excused } }]
  },
})

export const draftMinutes = command({
  route: 'PUT /meetings/:id/minutes',
  permission: 'meetings:chair',
  input: Type.Object({ text: Text }),
  decide: (meeting, { text }, { id, actor }) => {
    const closed = standing(meeting, 'closed', 'minuted')
    if (closed.minutes?.text === text) return []
    return [{ type: 'activities.minutes-drafted.v1', data: { meeting: id, text, drafter: actor.person } }]
  },
})

export const approveMinutes = command({
  route: 'POST /meetings/:id/minutes-approval',
  permission: 'meetings:attend',
  input: Type.Object({}),
  decide: (meeting, _input, { id, actor }) => {
    if (meeting.status === 'approved' || meeting.status === 'filed') return []
    const { chair, title, minutes } = standing(meeting, 'minuted')
    if (actor.person !== chair) throw reject('not-the-chair', { chair })
    if (minutes === null) throw reject('wrong-meeting-status', { status: meeting.status, allowed: 'minuted' })
    return [{ type: 'activities.minutes-approved.v1', data: { meeting: id, title, text: minutes.text, drafter: minutes.drafter } }]
  },
})

/** Documents has given the minutes their number. */
export const fileMinutes = command({
  route: 'internal',
  permission: 'system',
  input: Type.Object({ document: Id, number: Type.Integer(), label: Line }),
  decide: (meeting, { document, number, label }, { id }) => {
    if (meeting.status === 'filed') return []
    standing(meeting, 'approved')
    return [{ type: 'activities.minutes-filed.v1', data: { meeting: id, document, number, label } }]
  },
})

export const meeting = aggregate<Meeting, MeetingEvent>({
  name: 'meeting',
  path: '/meetings',
  read: 'meetings:read',
  events: meetingEvents,
  initial,
  evolve,
  commands: {
    callMeeting,
    signIn,
    enterSignIns,
    askLeave,
    grantLeave,
    openMeeting,
    adoptResolution,
    closeMeeting,
    draftMinutes,
    approveMinutes,
    fileMinutes,
  },
})
