import { put, view, when } from '@collegium/shared/view.ts'
import { recordRead } from '../events.ts'

/** Who opened whose personnel file, when, under which post and why. */
export const fileReads = view({
  name: 'file-reads',
  version: 1,
  tables: {
    reading: {
      columns: { id: 'text', person: 'text', record: 'text', reader: 'text', system: 'text', post_kind: 'text', post_unit: 'text', reason: 'text', at: 'text' },
      key: ['id'],
      indexes: ['(person, at, id)'],
    },
  },
  on: [
    when(recordRead, ({ id, actor, recorded, data: { person, record, reason } }) => [
      put('reading', {
        id,
        person,
        record,
        reader: actor.person,
        system: actor.system,
        post_kind: actor.post?.kind ?? null,
        post_unit: actor.post?.unit ?? null,
        reason,
        at: recorded,
      }),
    ]),
  ],
  personal: { reading: { person: 'person', clear: ['reason'] } },
})
