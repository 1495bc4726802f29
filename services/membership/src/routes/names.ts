import { closed, Id } from '@collegium/shared/schema.ts'
import type { Kernel } from '@collegium/shared/service.ts'
import type { FastifyInstance } from 'fastify'
import Type, { type Static } from 'typebox'
import { knownNames } from '../known-names.ts'

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
        summary:
          'Names of people, as far as the reader may know them: one’s own, those of post holders and of candidates on public notice, those of whom one may read, those of a campus one works for',
        querystring: Asked,
        response: { 200: Type.Object({ items: Type.Array(Name) }) },
      },
      config: { permission: 'signed-in' },
    },
    async (request) => {
      const names = await knownNames(kernel, kernel.actorOf(request), (request.query as Static<typeof Asked>).ids.split(','))
      return { items: [...names].map(([id, name]) => ({ id, name })) }
    },
  )
}
