import { keysOf, Listing, PageOf, pageOf } from '@collegium/shared/http/paging.ts'
import { Id, OneOf, orNull } from '@collegium/shared/schema.ts'
import type { Kernel } from '@collegium/shared/service.ts'
import type { FastifyInstance } from 'fastify'
import Type, { type Static } from 'typebox'
import { kinds } from '../kinds.ts'
import { queryTerms } from '../search-terms.ts'
import { documents } from './documents.ts'
import { registers } from './registers.ts'

const Search = Listing({
  q: Type.Optional(Type.String({ maxLength: 200, description: 'Words of the title, the text or the number; all must be there.' })),
  issuer: Type.Optional(Id),
  kind: Type.Optional(OneOf(...kinds)),
  status: Type.Optional(OneOf('draft', 'submitted', 'returned', 'approved', 'filed')),
  about: Type.Optional(Id),
  author: Type.Optional({ ...Id, description: 'A person, or `me`.' }),
  waiting: Type.Optional(Type.Boolean({ description: "Only those that wait for the caller's approval." })),
})
const Registers = Listing({ issuer: Type.Optional(Id), year: Type.Optional(Type.Integer()), kind: Type.Optional(OneOf(...kinds)) })
const DocumentRow = Type.Object({
  id: Type.String(),
  issuer: Type.String(),
  kind: Type.String(),
  status: Type.String(),
  title: Type.String(),
  language: Type.String(),
  author: Type.String(),
  aboutService: orNull(Type.String()),
  aboutKind: orNull(Type.String()),
  aboutId: orNull(Type.String()),
  revision: Type.Integer(),
  approvers: orNull(Type.Array(Type.String())),
  approvedBy: Type.Array(Type.String()),
  year: orNull(Type.Integer()),
  number: orNull(Type.Integer()),
  label: orNull(Type.String()),
  retention: orNull(Type.Integer()),
  filedAt: orNull(Type.String()),
  changed: Type.String(),
})
const Register = Type.Object({
  register: Type.String(),
  issuer: Type.String(),
  kind: Type.String(),
  year: Type.Integer(),
  last: Type.Integer(),
  voids: Type.Integer(),
})
const tags = ['documents']

/** Lists over documents and registers. Who wrote a document, or is asked to approve it, sees it wherever it stands. */
export const documentRoutes = (app: FastifyInstance, kernel: Kernel): void => {
  app.get(
    '/documents',
    {
      schema: {
        operationId: 'listDocuments',
        tags,
        summary: 'Documents, the last changed first',
        querystring: Search,
        response: { 200: PageOf(DocumentRow) },
      },
      config: { permission: 'documents:read' },
    },
    async (request) => {
      const query = request.query as Static<typeof Search>
      const actor = kernel.actorOf(request)
      const rows = await kernel.query<Static<typeof DocumentRow>>(
        documents,
        `select id, issuer, kind, status, title, language, author, about_service as "aboutService", about_kind as "aboutKind", about_id as "aboutId", revision,
                approvers, array(select person from {approval} a where a.document = d.id and (d.approvers is null or d.approvers ? person) order by at) as "approvedBy",
                year, number, label, retention, filed_at as "filedAt", changed
           from {document} d
          where (issuer = any($1) or author = $2 or approvers ? $2) and ($3::text[] is null or terms @> $3 or label_terms @> $3)
            and ($4::text[] is null or issuer = any($4)) and ($5::text is null or kind = $5) and ($6::text is null or status = $6)
            and ($7::text is null or about_id = $7) and ($8::text[] is null or (changed, id) < ($8[1], $8[2]))
            and ($10::text is null or author = $10)
            and ($11::boolean is null or $11 = (status = 'submitted' and coalesce(approvers ? $2, false) and not exists (select from {approval} a where a.document = d.id and a.person = $2)))
          order by changed desc, id desc limit $9`,
        [
          kernel.unitsWhere(actor, 'documents:read'),
          actor.person,
          query.q === undefined ? null : queryTerms(query.q),
          query.issuer === undefined ? null : kernel.directory().subtree(query.issuer),
          query.kind ?? null,
          query.status ?? null,
          query.about ?? null,
          keysOf(query.cursor, 2),
          query.limit + 1,
          query.author === 'me' ? (actor.person ?? '') : (query.author ?? null),
          query.waiting ?? null,
        ],
      )
      return pageOf(rows, query.limit, (row) => [row.changed, row.id])
    },
  )

  app.get(
    '/registers',
    {
      schema: {
        operationId: 'listRegisters',
        tags,
        summary: 'Registers: the last number, and how many are void',
        querystring: Registers,
        response: { 200: PageOf(Register) },
      },
      config: { permission: 'documents:read' },
    },
    async (request) => {
      const query = request.query as Static<typeof Registers>
      const rows = await kernel.query<Static<typeof Register>>(
        registers,
        `select register, issuer, kind, year, max(number) as last, count(void.number)::int as voids
           from {number} left join (select register, number from {void}) as void using (register, number)
          where issuer = any($1) and ($2::text is null or issuer = $2) and ($3::integer is null or year = $3) and ($4::text is null or kind = $4)
            and ($5::text[] is null or register > $5[1])
          group by register, issuer, kind, year order by register limit $6`,
        [
          kernel.unitsWhere(kernel.actorOf(request), 'documents:read'),
          query.issuer ?? null,
          query.year ?? null,
          query.kind ?? null,
          keysOf(query.cursor, 1),
          query.limit + 1,
        ],
      )
      return pageOf(rows, query.limit, (row) => [row.register])
    },
  )
}
