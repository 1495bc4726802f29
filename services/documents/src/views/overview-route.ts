import { Id, orNull } from '@collegium/shared/schema.ts'
import type { Kernel } from '@collegium/shared/service.ts'
import type { FastifyInstance } from 'fastify'
import Type, { type Static } from 'typebox'
import { document } from '../document.ts'
import type { DocumentEvent } from '../document-state.ts'
import { reject } from '../rejections.ts'
import { registers } from './registers.ts'

const Revision = Type.Object({
  revision: Type.Integer(),
  title: Type.String(),
  text: Type.String(),
  at: Type.String(),
  by: orNull(Type.String()),
})
const Step = Type.Object({ person: Type.String(), approvedAt: orNull(Type.String()) })
const Overview = Type.Object({
  id: Type.String(),
  version: Type.Integer({ description: 'What a command may name as the version that was seen.' }),
  issuer: Type.String(),
  kind: Type.String(),
  status: Type.String(),
  language: Type.String(),
  author: orNull(Type.String()),
  about: orNull(Type.Object({ service: Type.String(), kind: Type.String(), id: Type.String() })),
  revisions: Type.Array(Revision, { description: 'The oldest first; the last one is what stands.' }),
  line: Type.Array(Step, { description: 'Who is asked to approve, in the order of the submission.' }),
  ground: orNull(Type.String({ description: 'Why it was returned.' })),
  returnedBy: orNull(Type.String()),
  filing: orNull(
    Type.Object({
      register: Type.String(),
      number: Type.Integer(),
      label: Type.String(),
      at: Type.String(),
      retention: Type.Integer({ description: 'Years; 0 = for ever.' }),
      void: orNull(Type.String({ description: 'Why the number is void.' })),
    }),
  ),
})
const params = Type.Object({ id: Id })

/** One document with all its revisions, its approval line, and its number: for readers of its issuer, its author, and whoever is asked to approve it. */
export const overviewRoute = (app: FastifyInstance, kernel: Kernel): void => {
  app.get(
    '/documents/:id/overview',
    {
      schema: {
        operationId: 'documentOverview',
        tags: ['documents'],
        summary: 'A document with its revisions, its approval line and its number',
        params,
        response: { 200: Overview },
      },
      config: { permission: 'documents:read' },
    },
    async (request): Promise<Static<typeof Overview>> => {
      const { id } = request.params as Static<typeof params>
      const actor = kernel.actorOf(request)
      const { state, unit, version } = await kernel.load(document, id)
      if (state.status === 'none' || unit === null) throw reject('document-not-there', { document: id })
      const isAsked = actor.person !== null && (state.author === actor.person || state.approvers.includes(actor.person))
      if (!isAsked) await kernel.allow(actor, 'documents:read', unit)
      const facts = (await kernel.history(document, id)) as unknown as (DocumentEvent & { occurred: string; actor: { person: string | null } })[]
      const [filed] = await kernel.query<{ register: string; number: number; label: string; at: string; ground: string | null }>(
        registers,
        'select n.register, n.number, n.label, n.at, v.ground from {number} n left join {void} v using (register, number) where n.document = $1',
        [id],
      )
      const { kind, status, language, author, about, issuer, approvers, ground, filing } = state
      const submitted = facts.findLastIndex(({ type }) => type === 'documents.document-submitted.v1')
      const approvals = new Map(
        facts.slice(submitted + 1).flatMap((fact) => (fact.type === 'documents.document-approved-by.v1' ? [[fact.data.person, fact.occurred] as const] : [])),
      )
      return {
        id,
        version,
        issuer,
        kind,
        status,
        language,
        author,
        about,
        revisions: facts.flatMap(({ type, data, occurred: at, actor: { person: by } }) =>
          type === 'documents.document-drafted.v1'
            ? [{ revision: 1, title: data.title, text: data.text, at, by }]
            : type === 'documents.document-revised.v1'
              ? [{ revision: data.revision, title: data.title, text: data.text, at, by }]
              : [],
        ),
        line: [...new Set([...approvers, ...approvals.keys()])].map((person) => ({ person, approvedAt: approvals.get(person) ?? null })),
        ground,
        returnedBy: status === 'returned' ? (facts.findLast(({ type }) => type === 'documents.document-returned.v1')?.actor.person ?? null) : null,
        filing:
          filing === null
            ? null
            : {
                register: filed?.register ?? `${issuer}.${kind}.${filing.year}`,
                number: filing.number,
                label: filing.label,
                at: facts.findLast(({ type }) => type === 'documents.document-filed.v1')?.occurred ?? filed?.at ?? '',
                retention: filing.retention,
                void: filed?.ground ?? null,
              },
      }
    },
  )
}
