import { keysOf, Listing, PageOf, pageOf } from '@collegium/shared/http/paging.ts'
import { orNull } from '@collegium/shared/schema.ts'
import type { Kernel } from '@collegium/shared/service.ts'
import type { FastifyInstance } from 'fastify'
import Type, { type Static } from 'typebox'
import { files } from '../views/files.ts'

/** What somebody sent in or had sent out, for themselves: left on one device, found again on another. */

const tags = ['membership']
const Asked = Listing({})
const ImportRow = Type.Object({ id: Type.String(), at: Type.String(), rows: Type.Integer(), finishedAt: orNull(Type.String()) })
const ExportRow = Type.Object({
  id: Type.String(),
  unit: Type.String(),
  format: Type.Enum(['csv', 'xlsx']),
  at: Type.String(),
  status: Type.Enum(['ordered', 'finished', 'taken'], { description: '`finished`: all rows were sent; `taken`: they have arrived.' }),
  rows: orNull(Type.Integer({ description: 'How many there were, once all were sent.' })),
  left: orNull(Type.Integer({ description: 'How many were still to be sent when that was last put on record.' })),
})

export const ownFileRoutes = (app: FastifyInstance, kernel: Kernel): void => {
  const config = { permission: 'signed-in' }
  const mine = async <Row extends { id: string; at: string }>(request: Parameters<Kernel['actorOf']>[0], columns: string, table: string) => {
    const { limit, cursor } = request.query as Static<typeof Asked>
    const rows = await kernel.query<Row>(
      files,
      `select ${columns} from {${table}} where person = $1 and ($2::text[] is null or (at, id) < ($2[1], $2[2])) order by at desc, id desc limit $3`,
      [kernel.actorOf(request).person ?? '', keysOf(cursor, 2), limit + 1],
    )
    return pageOf(rows, limit, (row) => [row.at, row.id])
  }
  app.get(
    '/imports',
    {
      schema: {
        operationId: 'ownImports',
        tags,
        summary: 'Files that the caller sent in, the latest first',
        querystring: Asked,
        response: { 200: PageOf(ImportRow) },
      },
      config,
    },
    (request) => mine<Static<typeof ImportRow>>(request, 'id, at, rows, finished_at as "finishedAt"', 'import'),
  )
  app.get(
    '/people/exports',
    {
      schema: {
        operationId: 'ownPeopleExports',
        tags,
        summary: 'Lists of people that the caller ordered, the latest first',
        querystring: Asked,
        response: { 200: PageOf(ExportRow) },
      },
      config,
    },
    (request) => mine<Static<typeof ExportRow>>(request, 'id, unit, format, at, status, rows, left_over as "left"', 'export'),
  )
}
