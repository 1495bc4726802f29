import type { AnyFact } from '@collegium/shared/aggregate.ts'
import { type Handler, put, type RowOperation, remove, view, when } from '@collegium/shared/view.ts'
import { dutyAssigned, dutyFulfilled } from '../events.ts'
import { endings, evidenceOf } from '../fulfilment.ts'

const happening = (event: AnyFact, about: string): RowOperation => {
  const { type, ...fact } = evidenceOf(event)
  return put('happened', { event: type, about, ...fact })
}
const happenings: Handler<readonly RowOperation[]>[] = endings.map(({ definition, about }) =>
  when(definition, (event: AnyFact) => about(event).map((each) => happening(event, each))),
)

/** Which duties wait for which facts, and which of those facts have happened: either may be heard of first. */
export const awaited = view({
  name: 'awaited',
  version: 1,
  tables: {
    waiting: { columns: { duty: 'text', event: 'text', about: 'text', since: 'text' }, key: ['duty'], indexes: ['(about, event)'] },
    happened: {
      columns: { event: 'text', about: 'text', at: 'text', service: 'text', stream: 'text', version: 'bigint' },
      key: ['about', 'event', 'stream', 'version'],
    },
  },
  on: [
    when(dutyAssigned, ({ data }) =>
      data.fulfilledBy === null ? [] : [put('waiting', { duty: data.duty, event: data.fulfilledBy.event, about: data.fulfilledBy.about, since: data.since })],
    ),
    when(dutyFulfilled, ({ data }) => [remove('waiting', { duty: data.duty })]),
    ...happenings,
  ],
})
