import { keysOf, Listing, PageOf, pageOf } from '@collegium/shared/http/paging.ts'
import { orNull } from '@collegium/shared/schema.ts'
import { service } from '@collegium/shared/service.ts'
import Type, { type Static } from 'typebox'
import { inbox } from './inbox.ts'
import { type Ask, inboxReading } from './inbox-reading.ts'

const Asked = Listing({ unread: Type.Boolean({ default: false }) })
const Notice = Type.Object({
  id: Type.String(),
  kind: Type.String(),
  aboutKind: Type.String(),
  aboutId: Type.String(),
  title: orNull(Type.String()),
  at: Type.String(),
  read: Type.Boolean(),
})

export const notifications = service<Ask>({
  name: 'notifications',
  aggregates: [inboxReading],
  views: [inbox],
  reactions: [],
  deadlines: [],
  ask: (kernel) => ({ root: () => kernel.directory().root() ?? 'federation' }),
  routes: (app, kernel) => {
    app.get(
      '/inbox',
      {
        schema: { operationId: 'notices', tags: ['notifications'], summary: 'My notices, newest first', querystring: Asked, response: { 200: PageOf(Notice) } },
        config: { permission: 'signed-in' },
      },
      async (request) => {
        const { unread, limit, cursor } = request.query as Static<typeof Asked>
        const rows = await kernel.query<Static<typeof Notice>>(
          inbox,
          `select * from (select id, kind, about_kind as "aboutKind", about_id as "aboutId", title, at,
                                exists (select from {reading} r where r.person = n.person and r.notice = n.id) as read from {notice} n where person = $1) mine
             where ($2::text[] is null or (at, id) < ($2[1], $2[2])) and (not $3 or not read) order by at desc, id desc limit $4`,
          [kernel.actorOf(request).person, keysOf(cursor, 2), unread, limit + 1],
        )
        return pageOf(rows, limit, (row) => [row.at, row.id])
      },
    )
  },
})
