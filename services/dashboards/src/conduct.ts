import * as activities from '@collegium/activities/events'
import * as assessment from '@collegium/assessment/events'
import * as documents from '@collegium/documents/events'
import * as membership from '@collegium/membership/events'
import { patch, put, view, when } from '@collegium/shared/view.ts'
import { erasures, evaluations, exchanges, reports, summaries } from './rules.ts'

/** The kind of meeting at which the departments exchange. */
const exchange = 'department-exchange'

/** What was done, or is to be done, under a policy about conduct: by whom is in `about`, by when in `due`. Whether it was kept is judged when it is asked. */
export const conduct = view({
  name: 'conduct',
  version: 1,
  tables: {
    deed: {
      columns: { policy: 'text', id: 'text', unit: 'text', about: 'text', since: 'text', due: 'text', done: 'text', late: 'boolean' },
      key: ['policy', 'id'],
      indexes: ['(policy, since)'],
    },
  },
  on: [
    when(activities.dutyAssigned, ({ unit, data: { duty, source, since, due, fulfilledBy } }) =>
      source?.kind === 'activity' && fulfilledBy?.about === `summary:${source.id}`
        ? [put('deed', { policy: summaries, id: duty, unit, about: source.id, since, due })]
        : [],
    ),
    when(activities.dutyFulfilled, ({ occurred, data }) => [patch('deed', { policy: summaries, id: data.duty }, { done: occurred, late: !data.onTime })]),

    when(membership.personErased, ({ unit, occurred, data }) => [put('deed', { policy: erasures, id: data.person, unit, since: occurred, due: data.due })]),
    when(membership.erasureOverdue, ({ data }) => [patch('deed', { policy: erasures, id: data.person }, { late: true })]),
    when(membership.erasureCompleted, ({ occurred, data }) => [patch('deed', { policy: erasures, id: data.person }, { done: occurred })]),

    when(activities.meetingCalled, ({ unit, data: { meeting, kind, at } }) =>
      kind === exchange ? [put('deed', { policy: exchanges, id: meeting, unit, about: meeting, since: at })] : [],
    ),
    when(activities.meetingClosed, ({ occurred, data }) => [patch('deed', { policy: exchanges, id: data.meeting }, { done: occurred })]),

    when(documents.documentFiled, ({ unit, occurred, data: { document, kind } }) =>
      kind === 'report' ? [put('deed', { policy: reports, id: document, unit, about: unit, since: occurred, done: occurred })] : [],
    ),
    when(assessment.assessmentScored, ({ unit, occurred, data: { assessment: id, subject, round } }) =>
      subject.kind === 'person' && round === 1 ? [put('deed', { policy: evaluations, id, unit, about: subject.id, since: occurred, done: occurred })] : [],
    ),
  ],
})
