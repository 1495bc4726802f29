import type { FastifyInstance } from 'fastify'
import { refuse } from '../refusals.ts'

type WaitFor = (service: string, shard: number, position: number, timeoutMs: number) => Promise<boolean>

/** A reader that has waited this long is told to come again. */
const patienceMs = 2_000

/**
 * `Collegium-Position: activities/3/1042` (several joined by commas) on a GET: the answer comes when the service's views have that fact,
 * so that whoever gave a command sees its effect.
 */
export const waitForPositions = (app: FastifyInstance, waitFor: WaitFor): void => {
  app.addHook('preHandler', async (request) => {
    const header = request.headers['collegium-position']
    if (request.method !== 'GET' || typeof header !== 'string') return
    for (const position of header.split(',')) {
      const match = /^\s*([a-z]+)\/(\d{1,4})\/(\d{1,15})\s*$/.exec(position)
      if (!match) throw refuse('bad-request', { why: `Collegium-Position takes service/shard/position, not ${position}` })
      if (!(await waitFor(match[1] as string, Number(match[2]), Number(match[3]), patienceMs))) throw refuse('not-yet-seen', { position })
    }
  })
}
