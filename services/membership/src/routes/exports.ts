import { Readable } from 'node:stream'
import type { Actor } from '@collegium/shared/aggregate.ts'
import { systemActor } from '@collegium/shared/handle.ts'
import { idFrom, newId } from '@collegium/shared/ids.ts'
import { refuse } from '@collegium/shared/refusals.ts'
import { closed, Id } from '@collegium/shared/schema.ts'
import type { Kernel } from '@collegium/shared/service.ts'
import { type Cell, csvLine, csvMark } from '@collegium/shared/table-file/csv.ts'
import { xlsx } from '@collegium/shared/table-file/xlsx.ts'
import type { FastifyInstance } from 'fastify'
import Type, { type Static } from 'typebox'
import { advancePeopleExport, finishPeopleExport, peopleExport } from '../people-export.ts'
import { reject } from '../rejections.ts'
import { people } from '../views/people.ts'
import { peopleWhere } from './people-filter.ts'

/** The rows of an export, page by page: no page waits for the one before to be read by a slow client, and none holds a connection while it is. */
const pageSize = 2_000
/** Its progress is put on record every so many pages: whoever looks from elsewhere sees how far it is. */
const recordEvery = 5
const header: readonly Cell[] = ['id', 'name', 'number', 'campus', 'college']

const types = {
  csv: 'text/csv; charset=utf-8',
  json: 'application/x-ndjson',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const

type Row = { id: string; name: string | null; number: string | null; campus: string; college: string | null }

export const exportRoutes = (app: FastifyInstance, kernel: Kernel): void => {
  const Asked = closed(
    Type.Object({
      after: Type.Optional({ ...Id, description: 'The id of the last row that arrived: the rest follows, without a head. Not of a workbook.' }),
      rows: Type.Optional(
        Type.Literal('json', { description: 'Each row as a JSON array on a line of its own, for who makes the workbook and may have to go on after a break.' }),
      ),
    }),
  )
  app.get(
    '/people/exports/:id/file',
    {
      schema: {
        operationId: 'peopleExportFile',
        tags: ['membership'],
        summary: 'The rows of an export that was ordered, as a stream; Collegium-Rows tells how many are to come',
        params: Type.Object({ id: Id }),
        querystring: Asked,
        response: {
          200: { content: { 'text/csv': { schema: Type.String() }, [types.json]: { schema: Type.String() }, [types.xlsx]: { schema: Type.String() } } },
        },
      },
      config: { permission: 'people:export', work: 'bulk' },
    },
    async (request, reply) => {
      const { id } = request.params as { id: string }
      const actor = kernel.actorOf(request)
      const { state } = await kernel.load(peopleExport, id)
      if (state.status === 'unknown') throw refuse('unknown-id', { aggregate: 'people-export', id })
      await kernel.allow(actor, 'people:export', state.unit)
      const { after = null, rows } = request.query as Static<typeof Asked>
      if (state.status === 'taken') throw reject('export-taken', { export: id })
      const form = rows ?? state.format
      const rest = form === 'xlsx' ? null : after
      const coming = await count(kernel, actor, state.unit, rest)
      const by = systemActor('membership.exports')
      const pages = pagesOf(kernel, actor, state.unit, rest, {
        sent: (rows) =>
          kernel.execute(
            { aggregate: peopleExport, command: advancePeopleExport, id, input: { left: Math.max(0, coming - rows) } },
            { actor: by, commandId: newId() },
          ),
        finished: async (rows) =>
          kernel.execute(
            { aggregate: peopleExport, command: finishPeopleExport, id, input: { rows: rest === null ? rows : await count(kernel, actor, state.unit, null) } },
            { actor: by, commandId: idFrom('export', id) },
          ),
      })
      return reply
        .type(types[form])
        .header('content-disposition', `attachment; filename="people-${state.unit.replace(/[^\w-]/g, '')}.${state.format}"`)
        .header('collegium-rows', String(coming))
        .header('cache-control', 'no-store')
        .send(Readable.from(form === 'xlsx' ? xlsx('people', headed(pages)) : lines(pages, writing[form], rest === null), { objectMode: false }))
    },
  )
}

const unitsOf = (kernel: Kernel, actor: Actor, unit: string): string[] => kernel.unitsWhere(actor, 'people:export', unit)

const count = async (kernel: Kernel, actor: Actor, unit: string, after: string | null): Promise<number> => {
  const { where, params } = peopleWhere(unitsOf(kernel, actor, unit), {})
  const sql = `select count(*)::integer as rows from {person} p where ${where} and ($${params.push(after)}::text is null or person > $${params.length})`
  return (await kernel.query<{ rows: number }>(people, sql, params))[0]?.rows ?? 0
}

/** The permission is looked at again for each page: a post that ended ends the export. */
async function* pagesOf(
  kernel: Kernel,
  actor: Actor,
  unit: string,
  from: string | null,
  tell: { readonly sent: (rows: number) => Promise<unknown>; readonly finished: (rows: number) => Promise<unknown> },
): AsyncGenerator<Cell[][], void, undefined> {
  let after = from
  let sent = 0
  for (let page = 0; ; page++) {
    await kernel.allow(actor, 'people:export', unit)
    const { where, params } = peopleWhere(unitsOf(kernel, actor, unit), {})
    const rows = await kernel.query<Row>(
      people,
      `select person as id, name, number, campus, college from {person} p
        where ${where} and ($${params.push(after)}::text is null or person > $${params.length}) order by person limit ${pageSize}`,
      params,
    )
    if (page % recordEvery === 0) await tell.sent(sent)
    sent += rows.length
    if (rows.length > 0) yield rows.map(({ id, name, number, campus, college }) => [id, name, number, campus, college])
    if (rows.length < pageSize) break
    after = rows.at(-1)?.id ?? null
  }
  await tell.finished(sent)
}

/** How the head and each row are written. */
const writing = {
  csv: { head: `${csvMark}${csvLine(header)}`, row: csvLine },
  json: { head: `${JSON.stringify(header)}\n`, row: (cells: readonly Cell[]) => `${JSON.stringify(cells)}\n` },
} as const

async function* lines(
  pages: AsyncIterable<readonly (readonly Cell[])[]>,
  { head, row }: (typeof writing)['csv' | 'json'],
  isWhole: boolean,
): AsyncGenerator<Buffer, void, undefined> {
  if (isWhole) yield Buffer.from(head)
  for await (const rows of pages) yield Buffer.from(rows.map(row).join(''))
}

async function* headed(pages: AsyncIterable<readonly (readonly Cell[])[]>): AsyncGenerator<readonly (readonly Cell[])[], void, undefined> {
  yield [header]
  yield* pages
}
