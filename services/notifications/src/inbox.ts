import * as activities from '@collegium/activities/events'
import * as membership from '@collegium/membership/events'
import type { AnyFact } from '@collegium/shared/aggregate.ts'
import { put, type RowOperation, view, when } from '@collegium/shared/view.ts'
import { noticeRead } from './events.ts'

/** One notice a fact and person, so that a repeated delivery writes the same row again. */
const notice = (event: AnyFact, person: string | null, kind: string, about: { kind: string; id: string }, title: string | null = null): RowOperation[] =>
  person === null ? [] : [put('notice', { id: `${event.id}.${person}`, person, kind, about_kind: about.kind, about_id: about.id, title, at: event.occurred })]

/** What people are told in the console. Texts are made from `kind` where they are shown, in the reader's language. */
export const inbox = view({
  name: 'inbox',
  version: 2,
  tables: {
    notice: {
      columns: { id: 'text', person: 'text', kind: 'text', about_kind: 'text', about_id: 'text', title: 'text', at: 'text' },
      key: ['id'],
      indexes: ['(person, at)'],
    },
    // Apart from the notices: a reading may be handled before the fact that makes its notice, and counts for its reader only.
    reading: { columns: { person: 'text', notice: 'text' }, key: ['person', 'notice'] },
  },
  on: [
    when(activities.dutyAssigned, (event) => notice(event, event.data.owner, 'duty-assigned', { kind: 'duty', id: event.data.duty }, event.data.title)),
    when(activities.dutyReminded, (event) => notice(event, event.data.owner, 'duty-due-soon', { kind: 'duty', id: event.data.duty })),
    when(activities.dutyEscalated, (event) => [
      ...notice(event, event.data.owner, 'duty-overdue', { kind: 'duty', id: event.data.duty }),
      ...notice(event, event.data.to, 'duty-escalated-to-you', { kind: 'duty', id: event.data.duty }),
    ]),
    when(activities.leaveGranted, (event) => notice(event, event.data.person, 'leave-granted', { kind: 'meeting', id: event.data.meeting })),
    when(activities.promoted, (event) => notice(event, event.data.person, 'moved-up-from-waitlist', { kind: 'activity', id: event.data.activity })),
    when(membership.postTaken, (event) => notice(event, event.data.person, 'post-taken', { kind: 'holding', id: event.data.holding })),
    when(membership.postLeft, (event) => notice(event, event.data.person, 'post-left', { kind: 'holding', id: event.data.holding })),
    when(membership.erasureOverdue, (event) =>
      event.data.officers.flatMap((officer) => notice(event, officer, 'erasure-overdue', { kind: 'erasure', id: event.data.person })),
    ),
    when(noticeRead, (event) => [put('reading', { person: event.data.person, notice: event.data.notice })]),
  ],
  personal: { notice: { person: 'person', clear: 'rows' }, reading: { person: 'person', clear: 'rows' } },
})
