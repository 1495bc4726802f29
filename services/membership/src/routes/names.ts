import type { Actor } from '@collegium/shared/aggregate.ts'
import { closed, Id } from '@collegium/shared/schema.ts'
import type { Kernel } from '@collegium/shared/service.ts'
import type { FastifyInstance } from 'fastify'
import Type, { type Static } from 'typebox'
import { directoryHistory } from '../views/directory-history.ts'
import { people } from '../views/people.ts'

/** What people are called, many at a time: a page that shows fifty of them asks once. */

const Name = Type.Object({ id: Id, name: Type.String() })
const most = 100

export const nameRoutes = (app: FastifyInstance, kernel: Kernel): void => {
  const Asked = closed(
    Type.Object({
      ids: Type.String({
        pattern: `^[A-Za-z0-9][A-Za-z0-9._:-]{0,99}(,[A-Za-z0-9][A-Za-z0-9._:-]{0,99}){0,${most - 1}}$`,
        description: `Ids of people with commas between, at most ${most}.`,
      }),
    }),
  )
  app.get(
    '/people/names',
    {
      schema: {
        operationId: 'peopleNames',
        tags: ['membership'],
        summary: 'Names of people, as far as the reader may know them: one’s own, those of post holders, those of whom one may read',
        querystring: Asked,
        response: { 200: Type.Object({ items: Type.Array(Name) }) },
      },
      config: { permission: 'signed-in' },
    },
    async (request) => ({ items: await namesFor(kernel, kernel.actorOf(request), (request.query as Static<typeof Asked>).ids.split(',')) }),
  )
}

/** Whoever may read the directory at a unit knows who holds or held a post there; nobody is named after an erasure. */
const namesFor = async (kernel: Kernel, actor: Actor, ids: readonly string[]): Promise<Static<typeof Name>[]> => {
  const open = kernel.unitsWhere(actor, 'directory:read')
  const holders = await kernel.query<{ person: string }>(
    directoryHistory,
    'select distinct person from {belief} where person = any($1) and unit = any($2) and recorded_until is null',
    [ids, open],
  )
  const known = [...holders.map(({ person }) => person), ...(actor.person === null ? [] : [actor.person])]
  return kernel.query<Static<typeof Name>>(
    people,
    `select person as id, name from {person} where person = any($1) and name is not null and (person = any($2) or campus = any($3) or college = any($3))`,
    [ids, known, kernel.unitsWhere(actor, 'people:read')],
  )
}
