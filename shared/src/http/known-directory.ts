import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import { refuse } from '../refusals.ts'

/**
 * A process that has just started does not know the organization yet: nobody would be let in, no policy found, and every list would be empty.
 * Whoever asks meanwhile waits until it is known, and is told to come again when that takes longer than `patienceMs`.
 */
export const waitForDirectory = (app: FastifyInstance, ready: Promise<void>, patienceMs = 10_000): void => {
  let isKnown = false
  void ready.then(() => {
    isKnown = true
  })
  app.addHook('preHandler', async (request) => {
    if (isKnown || request.routeOptions.config.permission === 'public') return
    await Promise.race([ready, sleep(patienceMs, undefined, { ref: false })])
    if (!isKnown) throw refuse('upstream-down', { service: 'membership' })
  })
}
