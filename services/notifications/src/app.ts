import { service } from '@collegium/shared/service.ts'
import Type, { type Static } from 'typebox'
import { inbox } from './inbox.ts'
import { type Ask, inboxReading } from './inbox-reading.ts'

const Query = Type.Object(
  {
    unread: Type.Boolean({ default: false }),
    limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
    before: Type.Optional(Type.String({ maxLength: 40, description: 'The `at` of the last notice of the page before.' })),
  },
  { additionalProperties: false },
)

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
      { schema: { tags: ['notifications'], summary: 'My notices, newest first', querystring: Query }, config: { permission: 'signed-in' } },
      async (request) => {
        const query = request.query as Static<typeof Query>
        const items = await kernel.query<{ at: string }>(
          inbox,
          `select id, kind, about_kind as "aboutKind", about_id as "aboutId", title, at, read from {notice} where person = $1 and at < $2 and (not $3 or not read) order by at desc, id limit $4`,
          [kernel.actorOf(request).person, query.before ?? '9999', query.unread, query.limit],
        )
        return { items, nextCursor: items.length === query.limit ? (items.at(-1)?.at ?? null) : null }
      },
    )
  },
})
