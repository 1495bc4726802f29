import type { Kernel } from '@collegium/shared/service.ts'
import type { FastifyInstance } from 'fastify'
import Type, { type Static } from 'typebox'
import { reject } from '../rejections.ts'
import { LogRefused } from './refused.ts'

const Input = Type.Object({ log: Type.String({ pattern: '^[a-z]+$', description: 'The short name of the log, as events.' }) }, { additionalProperties: false })
const Answer = Type.Object({ regained: Type.Integer({ description: 'How many facts have their places again.' }) })

/** What an operator does after the audit database was restored from a backup. `regain` gives null for a log that is not here. */
export const regainRoute = (app: FastifyInstance, kernel: Kernel, regain: (log: string) => Promise<number | null>): void => {
  app.post(
    '/log-places',
    {
      schema: {
        operationId: 'regainLogPlaces',
        tags: ['audit'],
        summary: 'Gives the facts of a restored audit database their places in a log again, from the log’s files',
        body: Input,
        response: { 200: Answer },
      },
      config: { permission: 'log:repair' },
    },
    async (request) => {
      const { log } = request.body as Static<typeof Input>
      await kernel.allow(kernel.actorOf(request), 'log:repair', kernel.directory().root() ?? 'federation')
      const regained = await regain(log).catch((error) => {
        if (error instanceof LogRefused) throw reject('log-refused', { log, why: error.message })
        throw error
      })
      if (regained === null) throw reject('log-refused', { log, why: '—' })
      return { regained }
    },
  )
}
