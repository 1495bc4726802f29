import { keysOf, Listing, PageOf, pageOf } from '@collegium/shared/http/paging.ts'
import { refuse } from '@collegium/shared/refusals.ts'
import { Id, orNull } from '@collegium/shared/schema.ts'
import type { Kernel } from '@collegium/shared/service.ts'
import type { FastifyInstance } from 'fastify'
import Type, { type Static } from 'typebox'
import { organization } from '../views/organization.ts'
import { people } from '../views/people.ts'
import { peopleWhere } from './people-filter.ts'

/** People with their names: for those who may read them, and for everyone about themselves. */

const tags = ['membership']
const Person = Type.Object({ id: Id, name: orNull(Type.String()), number: orNull(Type.String()), campus: Id, college: orNull(Id) })
const Post = Type.Object({ holding: Id, kind: Id, unit: Id, from: Type.String(), until: orNull(Type.String()), citation: orNull(Type.String()) })
export const Card = Type.Object({ ...Person.properties, posts: Type.Array(Post) })
const Me = Type.Object({
  person: orNull(Card),
  operator: Type.Boolean(),
  /** For each unit where something is granted to the actor, what; it holds for everything below as well. */
  permissions: Type.Record(Type.String(), Type.Array(Type.String())),
})

export const peopleRoutes = (app: FastifyInstance, kernel: Kernel): void => {
  const Asked = Listing({
    q: Type.Optional(Type.String({ minLength: 1, maxLength: 100, description: 'A part of the name, of its pinyin or initials, or of the number; or an id.' })),
    unit: Type.Optional({ ...Id, description: 'A campus or a college.' }),
  })
  app.get(
    '/people',
    {
      schema: { operationId: 'people', tags, summary: 'People by a part of name or number', querystring: Asked, response: { 200: PageOf(Person) } },
      config: { permission: 'people:read' },
    },
    async (request) => {
      const { limit, cursor, ...filter } = request.query as Static<typeof Asked>
      const { where, params } = peopleWhere(kernel.unitsWhere(kernel.actorOf(request), 'people:read'), filter)
      const after = keysOf(cursor, 1)?.[0] ?? null
      const rows = await kernel.query<Static<typeof Person>>(
        people,
        `select person as id, name, number, campus, college from {person} p
          where ${where} and ($${params.push(after)}::text is null or person > $${params.length}) order by person limit ${limit + 1}`,
        params,
      )
      return pageOf(rows, limit, (row) => [row.id])
    },
  )

  app.get(
    '/people/:id',
    {
      schema: {
        operationId: 'personCard',
        tags,
        summary: "Someone's card: name, number, campus and posts",
        params: Type.Object({ id: Id }),
        response: { 200: Card },
      },
      config: { permission: 'signed-in' },
    },
    async (request) => {
      const { id } = request.params as { id: string }
      const actor = kernel.actorOf(request)
      const card = await cardOf(kernel, id)
      if (card === null) throw refuse('unknown-id', { aggregate: 'person', id })
      const units = kernel.unitsWhere(actor, 'people:read')
      if (actor.person !== id && !units.includes(card.college ?? '')) await kernel.allow(actor, 'people:read', card.campus)
      return card
    },
  )

  app.get(
    '/me',
    {
      schema: { operationId: 'me', tags, summary: 'Who I am here: my card, my posts and what they let me do where', response: { 200: Me } },
      config: { permission: 'signed-in' },
    },
    async (request) => {
      const actor = kernel.actorOf(request)
      return {
        person: actor.person === null ? null : await cardOf(kernel, actor.person),
        operator: actor.operator,
        permissions: permissionsOf(kernel, actor),
      }
    },
  )
}

/** The card of a person, null where there is none; after an erasure it has no name and no number. */
export const cardOf = async (kernel: Kernel, id: string): Promise<Static<typeof Card> | null> => {
  const [found] = await kernel.query<Static<typeof Person>>(people, 'select person as id, name, number, campus, college from {person} where person = $1', [id])
  if (!found) return null
  const posts = await kernel.query<Static<typeof Post>>(
    organization,
    'select holding, kind, unit, since as "from", until, citation from {holding} where person = $1 order by since desc, holding',
    [id],
  )
  return { ...found, posts }
}

const permissionsOf = (kernel: Kernel, { person, home, operator }: ReturnType<Kernel['actorOf']>): Record<string, string[]> => {
  const directory = kernel.directory()
  const root = directory.root()
  if (operator) return root === null ? {} : { [root]: ['*'] }
  const held = person === null ? [] : directory.holdings(person, kernel.now())
  const grants = [...held, ...(home === null ? [] : [{ kind: 'student', unit: home }])]
  const byUnit = Map.groupBy(grants, (grant) => grant.unit)
  return Object.fromEntries(
    [...byUnit].map(([unit, posts]) => [unit, [...new Set(posts.flatMap((post) => directory.postKind(post.kind)?.permissions ?? []))].sort()]),
  )
}
