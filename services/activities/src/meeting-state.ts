import type { EventOf } from '@collegium/shared/aggregate.ts'
import type { Static } from 'typebox'
import {
  leaveGranted,
  leaveRequested,
  meetingCalled,
  meetingClosed,
  meetingOpened,
  minutesApproved,
  minutesDrafted,
  minutesFiled,
  resolutionAdopted,
  signedIn,
} from './events.ts'

export const meetingEvents = [
  meetingCalled,
  signedIn,
  leaveRequested,
  leaveGranted,
  meetingOpened,
  resolutionAdopted,
  meetingClosed,
  minutesDrafted,
  minutesApproved,
  minutesFiled,
] as const
export type MeetingEvent = EventOf<(typeof meetingEvents)[number]>

export type MeetingStatus = 'called' | 'open' | 'closed' | 'minuted' | 'approved' | 'filed'
export type CalledMeeting = Omit<Static<typeof meetingCalled.schema>, 'meeting'> & {
  status: MeetingStatus
  /** Of everyone invited, what is known so far. */
  presence: Record<string, 'present' | 'leave-requested' | 'leave-granted'>
  resolutions: Omit<Static<typeof resolutionAdopted.schema>, 'meeting'>[]
  minutes: { text: string; drafter: string | null; document: string | null; label: string | null } | null
}
export type Meeting = { status: 'none' } | CalledMeeting

export const initial = (): Meeting => ({ status: 'none' })

export const evolve = (meeting: Meeting, event: MeetingEvent): Meeting => {
  if (event.type === 'activities.meeting-called.v1') {
    const { title, kind, at, agenda, invited, chair } = event.data
    return { status: 'called', title, kind, at, agenda, invited, chair, presence: {}, resolutions: [], minutes: null }
  }
  if (meeting.status === 'none') throw new Error(`${event.type} before the meeting was called`)
  switch (event.type) {
    case 'activities.signed-in.v1':
      meeting.presence[event.data.person] = 'present'
      return meeting
    case 'activities.leave-requested.v1':
      meeting.presence[event.data.person] = 'leave-requested'
      return meeting
    case 'activities.leave-granted.v1':
      meeting.presence[event.data.person] = 'leave-granted'
      return meeting
    case 'activities.meeting-opened.v1':
      return Object.assign(meeting, { status: 'open' })
    case 'activities.resolution-adopted.v1': {
      const { resolution, text, duties } = event.data
      meeting.resolutions.push({ resolution, text, duties })
      return meeting
    }
    case 'activities.meeting-closed.v1':
      return Object.assign(meeting, { status: 'closed' })
    case 'activities.minutes-drafted.v1':
      return Object.assign(meeting, { status: 'minuted', minutes: { text: event.data.text, drafter: event.data.drafter, document: null, label: null } })
    case 'activities.minutes-approved.v1':
      return Object.assign(meeting, { status: 'approved' })
    case 'activities.minutes-filed.v1': {
      const { document, label } = event.data
      return Object.assign(meeting, { status: 'filed', minutes: meeting.minutes && { ...meeting.minutes, document, label } })
    }
  }
}
