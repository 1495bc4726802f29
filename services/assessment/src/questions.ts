import { AttendanceClient } from '@collegium/proto/collegium/activities/v1/attendance.ts'
import { DutiesClient } from '@collegium/proto/collegium/activities/v1/duties.ts'
import { SpendingClient } from '@collegium/proto/collegium/activities/v1/spending.ts'
import { SatisfactionClient } from '@collegium/proto/collegium/feedback/v1/satisfaction.ts'
import { PeopleClient } from '@collegium/proto/collegium/membership/v1/people.ts'
import { HoursClient } from '@collegium/proto/collegium/volunteers/v1/hours.ts'
import { ask } from '@collegium/shared/grpc/client.ts'
import type { Kernel } from '@collegium/shared/service.ts'
import type { Ask } from './ask.ts'
import { reject } from './rejections.ts'
import { scheme } from './scheme.ts'
import { organizers } from './views/organizers.ts'

/** An answer may rest on thousands of facts. */
const patience = { deadlineMs: 5000 }
const none = { attended: 0, absent: 0 }

/** The questions of assessment's decisions, bound to this process. The service asks for itself: scoring shows its reader numbers and where they come from, no more. */
export const questions = (kernel: Kernel): Ask => ({
  scheme: async (id) => {
    const { state, unit } = await kernel.load(scheme, id)
    if (state.status === 'none' || unit === null) throw reject('unknown-scheme', { scheme: id })
    return { unit, state }
  },
  activity: (activity) => ask(kernel.client(AttendanceClient, 'activities'), 'ofActivity', { activity }, patience),
  campusOfPerson: async (person) => {
    const { cards } = await ask(kernel.client(PeopleClient, 'membership'), 'cards', { persons: [person], fields: ['campus'] }, patience)
    return cards[0]?.campus ?? null
  },
  campusOfUnit: (unit) => kernel.directory().campusOf(unit),
  covers: (above, unit) => kernel.directory().covers(above, unit),
  organized: async (person, from, to) => {
    const rows = await kernel.query<{ activity: string }>(
      organizers,
      'select activity from {organizer} where person = $1 and held_at >= $2 and held_at < $3 order by activity',
      [person, from, to],
    )
    return rows.map((row) => row.activity)
  },
  attendance: async (person, from, to) => {
    const { activities, meetings, evidence } = await ask(kernel.client(AttendanceClient, 'activities'), 'ofPerson', { person, from, to }, patience)
    return { activities: activities ?? none, meetings: meetings ?? none, evidence }
  },
  dutiesOfPerson: (person, from, to) => ask(kernel.client(DutiesClient, 'activities'), 'ofPerson', { person, from, to }, patience),
  dutiesOfUnit: (unit, from, to) => ask(kernel.client(DutiesClient, 'activities'), 'ofUnit', { unit, from, to }, patience),
  spending: (activity) => ask(kernel.client(SpendingClient, 'activities'), 'ofActivity', { activity }, patience),
  satisfaction: (id) => ask(kernel.client(SatisfactionClient, 'feedback'), 'ofSubject', { service: 'activities', kind: 'activity', id }, patience),
  hours: (person, from, to) => ask(kernel.client(HoursClient, 'volunteers'), 'ofPerson', { person, from, to }, patience),
})
