import { keysOf, Listing, PageOf, pageOf } from '@collegium/shared/http/paging.ts'
import { refuse } from '@collegium/shared/refusals.ts'
import { Id, orNull } from '@collegium/shared/schema.ts'
import type { Kernel } from '@collegium/shared/service.ts'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import Type, { type Static } from 'typebox'
import { appointments } from '../views/appointments.ts'
import { fileReads } from '../views/file-reads.ts'
import { people } from '../views/people.ts'
import { Card, cardOf } from './people.ts'

/** The personnel file: confidential. Whoever opens it is written down first, and the person concerned sees who did. */

export const personnelFile = { name: 'personnel-file', permission: 'people:read-file' } as const

const Case = Type.Object({
  id: Id,
  status: Type.String(),
  kind: Id,
  unit: Id,
  from: orNull(Type.String()),
  until: orNull(Type.String()),
  citation: orNull(Type.String()),
})
const File = Type.Object({ card: Card, cases: Type.Array(Case, { description: 'Every appointment case of the person, also those that came to nothing.' }) })
const Reading = Type.Object({
  at: Type.String(),
  reader: orNull(Id),
  /** The person concerned is told by name, whoever it was; null where the reader was erased. */
  name: orNull(Type.String()),
  /** The operator, where no person read. */
  system: orNull(Type.String()),
  post: orNull(Type.Object({ kind: Id, unit: Id })),
  /** Null: the person read about themselves. */
  reason: orNull(Type.String()),
})
const Access = Type.Object({
  permission: Type.String(),
  unit: Id,
  posts: Type.Array(Type.Object({ kind: Id, unit: Id, person: Id, name: orNull(Type.String()) })),
})

export const fileRoutes = (app: FastifyInstance, kernel: Kernel): void => {
  const tags = ['membership']
  const params = Type.Object({ id: Id })
  const config = { permission: 'signed-in' }

  /** The person's card, for themselves or for those who may open the file; opens nothing. */
  const concerned = async (request: FastifyRequest): Promise<Static<typeof Card>> => {
    const { id } = request.params as { id: string }
    const card = await cardOf(kernel, id)
    if (card === null) throw refuse('unknown-id', { aggregate: 'person', id })
    const actor = kernel.actorOf(request)
    if (actor.person !== id) await kernel.allow(actor, personnelFile.permission, card.campus)
    return card
  }

  app.get(
    '/people/:id/file',
    {
      schema: {
        operationId: 'personnelFile',
        tags,
        summary: "Someone's personnel file; that it is read, by whom and why is written down first",
        params,
        headers: Type.Object({
          'collegium-reason': Type.Optional(Type.String({ maxLength: 2_000, description: 'Why, percent-encoded; needed for everybody but oneself.' })),
        }),
        response: { 200: File },
      },
      config,
    },
    async (request) => {
      const card = await concerned(request)
      await kernel.confidential(request, personnelFile, { person: card.id, unit: card.campus })
      const cases = await kernel.query<Static<typeof Case>>(
        appointments,
        `select appointment as id, status, kind, unit, since as "from", until, citation from {appointment} where person = $1 order by changed desc, appointment`,
        [card.id],
      )
      return { card, cases }
    },
  )

  const Asked = Listing({})
  app.get(
    '/people/:id/file/readers',
    {
      schema: {
        operationId: 'fileReaders',
        tags,
        summary: 'Who opened the file, when, under which post and why',
        params,
        querystring: Asked,
        response: { 200: PageOf(Reading) },
      },
      config,
    },
    async (request) => {
      const card = await concerned(request)
      const { limit, cursor } = request.query as Static<typeof Asked>
      const rows = await kernel.query<Record<string, string>>(
        fileReads,
        `select id, at, reader, system, post_kind, post_unit, reason from {reading}
          where person = $1 and record = $2 and ($3::text[] is null or (at, id) < ($3[1], $3[2])) order by at desc, id desc limit $4`,
        [card.id, personnelFile.name, keysOf(cursor, 2), limit + 1],
      )
      const { items, nextCursor } = pageOf(rows, limit, (row) => [row.at as string, row.id as string])
      const names = await namesOf(
        kernel,
        items.flatMap(({ reader: by }) => by ?? []),
      )
      return {
        items: items.map(({ at, reader, system, post_kind, post_unit, reason }) => ({
          ...{ at, reader, system, reason, name: names.get(reader as string) ?? null },
          post: post_kind === null ? null : { kind: post_kind, unit: post_unit },
        })),
        nextCursor,
      }
    },
  )

  app.get(
    '/people/:id/file/access',
    {
      schema: {
        operationId: 'fileAccess',
        tags,
        summary: 'Who can open the file: the posts that permit it there, and who holds them now',
        params,
        response: { 200: Access },
      },
      config,
    },
    async (request) => {
      const { campus } = await concerned(request)
      const { permission } = personnelFile
      const holdings = kernel.directory().holdersOf(permission, campus, kernel.now())
      const names = await namesOf(
        kernel,
        holdings.map(({ person }) => person),
      )
      return { permission, unit: campus, posts: holdings.map(({ kind, unit, person }) => ({ kind, unit, person, name: names.get(person) ?? null })) }
    },
  )
}

const namesOf = async (kernel: Kernel, persons: readonly string[]): Promise<Map<string, string | null>> => {
  const rows = await kernel.query<{ person: string; name: string | null }>(people, 'select person, name from {person} where person = any($1)', [persons])
  return new Map(rows.map(({ person, name }) => [person, name]))
}
