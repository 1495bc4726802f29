import { performance } from 'node:perf_hooks'
import type { Pool } from 'pg'
import Type, { type Static } from 'typebox'
import type { RelayState } from '../log/relay.ts'
import type { Pressure } from '../overload/pressure.ts'
import { orNull } from '../schema.ts'
import type { ConsumerState } from './consumer.ts'
import { listBuilds } from './view-builds.ts'

/** From when on a part is called slow. */
const slow = { postgresMs: 250, relaySeconds: 5, eventLoopMs: 100, behind: 1_000, standingSeconds: 30 }
const pingMs = 2_000

/** Does it stand still? What moves waits for seconds only. */
export const standsStill = ({ standingSeconds }: Pick<ConsumerState, 'standingSeconds'>): boolean => standingSeconds >= slow.standingSeconds

const Part = Type.Union([Type.Literal('postgres'), Type.Literal('kafka'), Type.Literal('event-loop'), Type.Literal('consumers')])

export const Health = Type.Object({
  service: Type.String(),
  upSince: Type.String(),
  slow: Type.Array(Part, { description: 'What keeps the rest waiting.' }),
  eventLoop: Type.Object({ delayMs: Type.Number(), utilisation: Type.Number() }),
  memoryBytes: Type.Integer(),
  postgres: Type.Object({
    answersMs: orNull(Type.Number({ description: 'null = it did not answer in time.' })),
    used: Type.Integer(),
    idle: Type.Integer(),
    waiting: Type.Integer(),
  }),
  relay: orNull(Type.Object({ unsent: Type.Integer(), oldestSeconds: Type.Number() }, { description: 'null where readers follow the tables themselves.' })),
  behind: Type.Integer({ description: 'Facts known and not yet handled, of all consumers together.' }),
  parkedStreams: Type.Integer(),
  builds: Type.Array(
    Type.Object({
      view: Type.String(),
      schema: Type.String(),
      version: Type.Integer(),
      state: Type.Union([Type.Literal('building'), Type.Literal('active'), Type.Literal('retired')]),
      held: Type.Boolean({ description: 'Shown only when somebody says so.' }),
      since: Type.String(),
      handled: Type.Integer(),
      known: Type.Integer(),
    }),
  ),
})

/** How a service is, told without anything that may be away: Postgres itself is only asked whether it answers. */
export const healthOf = async (given: {
  readonly service: string
  readonly pool: Pool
  readonly states: readonly ConsumerState[]
  readonly relay: readonly RelayState[] | null
  readonly pressure: Pressure
}): Promise<Static<typeof Health>> => {
  const { service, pool, states, relay, pressure } = given
  const [answersMs, builds] = await Promise.all([inTime(ping(pool), null), inTime(listBuilds(pool), [])])
  const eventLoop = { delayMs: Math.round(pressure.current().delayMs * 10) / 10, utilisation: Math.round(pressure.current().utilisation * 100) / 100 }
  const behind = sum(states.flatMap(({ sources }) => sources.map(({ head, position }) => head - position)))
  const oldestSeconds = Math.max(0, ...(relay ?? []).map((each) => each.oldestSeconds))
  const postgres = { answersMs, used: pool.totalCount - pool.idleCount, idle: pool.idleCount, waiting: pool.waitingCount }
  const isSlow: Readonly<Record<Static<typeof Part>, boolean>> = {
    postgres: answersMs === null || answersMs > slow.postgresMs || pool.waitingCount > 0,
    kafka: oldestSeconds > slow.relaySeconds,
    'event-loop': eventLoop.delayMs > slow.eventLoopMs,
    consumers: behind > slow.behind || states.some((state) => state.error !== null || standsStill(state)),
  }
  return {
    service,
    upSince: new Date(performance.timeOrigin).toISOString(),
    slow: (Object.keys(isSlow) as Static<typeof Part>[]).filter((part) => isSlow[part]),
    eventLoop,
    memoryBytes: process.memoryUsage.rss(),
    postgres,
    relay: relay === null ? null : { unsent: sum(relay.map((each) => each.unsent)), oldestSeconds },
    behind,
    parkedStreams: sum(states.map((each) => each.parkedStreams)),
    builds: builds.map((build) => {
      const sources = states.find((state) => state.name === build.schema)?.sources ?? []
      return { ...build, since: build.since.toISOString(), handled: sum(sources.map((each) => each.position)), known: sum(sources.map((each) => each.head)) }
    }),
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, each) => all + each, 0)

const ping = async (pool: Pool): Promise<number> => {
  const began = performance.now()
  await pool.query('select 1')
  return Math.round((performance.now() - began) * 10) / 10
}

const inTime = <T>(work: Promise<T>, otherwise: T): Promise<T> =>
  new Promise((resolve) => {
    const timer = setTimeout(() => resolve(otherwise), pingMs)
    work.then(
      (found) => {
        clearTimeout(timer)
        resolve(found)
      },
      () => {
        clearTimeout(timer)
        resolve(otherwise)
      },
    )
  })
