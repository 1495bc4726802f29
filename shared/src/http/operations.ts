import type { FastifyInstance } from 'fastify'
import type { Pool } from 'pg'
import Type, { type Static } from 'typebox'
import type { Recorded } from '../aggregate.ts'
import { listParked, retryParked, skipParked } from '../consume/parked.ts'
import type { ServiceConsumers } from '../consume/service-consumers.ts'
import type { Tx } from '../consume/transaction.ts'
import type { Log } from '../log.ts'
import { refuse } from '../refusals.ts'
import { Line } from '../schema.ts'
import type { Kernel, Service } from '../service.ts'

const Stream = Type.Object(
  { consumer: Type.String({ maxLength: 200 }), service: Type.String({ maxLength: 50 }), stream: Type.String({ maxLength: 200 }) },
  { additionalProperties: false },
)
const Skip = Type.Object({ ...Stream.properties, reason: Line }, { additionalProperties: false })
const Rebuild = Type.Object({ view: Type.String({ maxLength: 100 }) }, { additionalProperties: false })

/** What operators see and do: where each consumer stands, what is parked (retry, skip with a reason), rebuilds. At the root of the tree. */
export const mountOperations = (app: FastifyInstance, service: Service, given: { kernel: Kernel; pool: Pool; log: Log; consumers: ServiceConsumers }): void => {
  const { kernel, pool, log, consumers } = given
  const base = `/operations-${service.name}`
  const config = { permission: 'operations:manage' }
  const tags = ['operations']
  app.addHook('preHandler', async (request) => {
    if (request.routeOptions.url?.startsWith(base)) await kernel.allow(kernel.actorOf(request), 'operations:manage', kernel.directory().root() ?? 'federation')
  })

  /** What a consumer does with one event: what a retry does again. */
  const effectOf = (name: string) => {
    const consumer = consumers.find(name)?.consumer
    if (!consumer) throw refuse('unknown-id', { aggregate: 'consumer', id: name })
    return async (tx: Tx, event: Recorded): Promise<void> => {
      await consumer.apply?.(tx, [event])
      await consumer.perform?.([event])
    }
  }

  app.get(`${base}/consumers`, { schema: { tags, summary: `Where each consumer of ${service.name} stands` }, config }, async () => ({
    items: consumers.states(),
    building: consumers.views.building(),
  }))
  app.get(`${base}/parked`, { schema: { tags, summary: 'Events that could not be handled, and what waits behind them' }, config }, async () => ({
    items: await listParked(pool),
  }))
  app.post(`${base}/parked/retry`, { schema: { tags, summary: 'Handles a parked stream again, oldest first', body: Stream }, config }, async (request) => {
    const at = request.body as Static<typeof Stream>
    return retryParked(pool, at, log.replay, effectOf(at.consumer))
  })
  app.post(
    `${base}/parked/skip`,
    { schema: { tags, summary: 'Leaves out the oldest event of a parked stream, for a reason that is kept', body: Skip }, config },
    async (request) => {
      const { reason, ...at } = request.body as Static<typeof Skip>
      return skipParked(pool, at, { reason, by: kernel.actorOf(request).person ?? 'operator' }, log.replay, effectOf(at.consumer))
    },
  )
  app.post(
    `${base}/rebuilds`,
    { schema: { tags, summary: 'Builds a view anew beside the active one; it takes over by itself', body: Rebuild }, config },
    async (request) => {
      const { view: name } = request.body as Static<typeof Rebuild>
      const view = service.views.find((each) => each.name === name)
      if (!view) throw refuse('unknown-id', { aggregate: 'view', id: name })
      return { schema: await consumers.views.rebuild(view) }
    },
  )
}
