import { aggregate, commandsOf, type EventOf } from '@collegium/shared/aggregate.ts'
import { Id } from '@collegium/shared/schema.ts'
import Type from 'typebox'
import { noticeRead } from './events.ts'

/** What a person has read of the own inbox. */
export type InboxReading = { status: 'empty' } | { status: 'kept'; read: Record<string, true> }
type InboxEvent = EventOf<typeof noticeRead>
export type Ask = { readonly root: () => string }

const command = commandsOf<InboxReading, InboxEvent, Ask>()

const markRead = command({
  route: 'POST /inbox/read',
  permission: 'inbox:read',
  input: Type.Object({ notice: Id }),
  decide: (inbox, { notice }, { actor }) => {
    if (actor.person === null || (inbox.status === 'kept' && inbox.read[notice])) return []
    return [{ type: 'notifications.notice-read.v1', data: { person: actor.person, notice } }]
  },
})

export const inboxReading = aggregate<InboxReading, InboxEvent>({
  name: 'inbox',
  path: '/inbox-readings',
  read: 'inbox:read',
  events: [noticeRead],
  initial: () => ({ status: 'empty' }),
  evolve: (inbox, event) => {
    const read = inbox.status === 'kept' ? inbox.read : {}
    read[event.data.notice] = true
    return { status: 'kept', read }
  },
  identify: (_input, actor) => actor.person ?? 'operator',
  unit: async (ask: Ask) => ask.root(),
  commands: { markRead },
})
