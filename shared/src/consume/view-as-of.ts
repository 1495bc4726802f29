import type { FastifyInstance } from 'fastify'
import Type, { type Static } from 'typebox'
import { parsePositions, positionsText } from '../evidence/projection.ts'
import type { Replay, Source } from '../log.ts'
import { refuse } from '../refusals.ts'
import { closed, Instant, orNull } from '../schema.ts'
import type { Kernel, Service } from '../service.ts'
import { decodeRecord } from '../store/record.ts'
import type { View } from '../view.ts'
import { refoldView } from './fold-view.ts'
import { positionsAt, sourcesOf } from './positions-at.ts'
import type { Position } from './replayed.ts'
import { hashOfRows } from './state-hash.ts'

const At = '[a-z]+/\\d{1,4}/[1-9]\\d{0,14}'
const Query = closed(
  Type.Object({
    at: Type.Optional({ ...Instant, description: 'A moment in UTC: everything that was recorded by then.' }),
    position: Type.Optional(
      Type.String({ pattern: `^${At}$`, description: 'As volunteers/3/1042: this fact and what was recorded before it, in all sources.' }),
    ),
    positions: Type.Optional(
      Type.String({
        pattern: `^${At}(,${At})*$`,
        maxLength: 10_000,
        description: 'Exactly these, joined by commas, as an answer or a signed statement has them.',
      }),
    ),
    table: Type.Optional(Type.String({ maxLength: 100, description: 'Whose rows to show; none = how many there are.' })),
    skip: Type.Integer({
      minimum: 0,
      default: 0,
      description: 'Rows to leave out. Ask with the positions of the first answer, so that all pages are of one moment.',
    }),
    limit: Type.Integer({ minimum: 1, maximum: 5_000, default: 500 }),
  }),
)

const Answer = Type.Object({
  view: Type.String(),
  version: Type.Integer(),
  facts: Type.Integer({ description: 'How many facts stand before these positions in the sources that it listens to.' }),
  positions: Type.String({ description: 'What it was folded from: service/shard/position, joined by commas.' }),
  hash: orNull(Type.String({ description: 'Of all its rows, as a statement has it; null where texts about people are left out.' })),
  tables: Type.Record(Type.String(), Type.Integer({ description: 'Rows.' })),
  rows: Type.Array(Type.Record(Type.String(), Type.Unknown())),
  more: Type.Boolean({ description: 'Whether rows follow these.' }),
})

/** More would take minutes and much memory: `verify refold` does it from a bundle. */
const mostFacts = 1_000_000

/**
 * `GET /<service>-views/:view`: a view of this service folded anew from history, as of any moment, for whoever may read the whole trail. Texts about
 * people are left out, as they are in the trail. `replay` reads the sources.
 */
export const viewAsOf =
  ({ service, shards, replay }: { readonly service: Service; readonly shards: number; readonly replay: Replay }) =>
  (app: FastifyInstance, kernel: Kernel): void => {
    const sealed: Replay = async (source, after, limit) => (await replay(source, after, limit)).map(({ bytes }) => decodeRecord(bytes))
    // One after the other: each holds all rows of a view.
    let turn: Promise<unknown> = Promise.resolve()
    const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
      const mine = turn.then(work)
      turn = mine.catch(() => {})
      return mine
    }

    app.get(
      `/${service.name}-views/:view`,
      {
        schema: {
          operationId: `${service.name}ViewAsOf`,
          tags: ['audit'],
          summary: `A view of ${service.name}, folded anew from history as of a moment or a position`,
          params: Type.Object({ view: Type.String({ maxLength: 100 }) }),
          querystring: Query,
          response: { 200: Answer },
        },
        config: { permission: 'trail:read', work: 'bulk' },
      },
      async (request) => {
        await kernel.allow(kernel.actorOf(request), 'trail:read', kernel.directory().root() ?? 'federation')
        const { view: name } = request.params as { view: string }
        const view = service.views.find((each) => each.name === name)
        if (!view) throw refuse('unknown-id', { aggregate: 'view', id: name })
        const query = request.query as Static<typeof Query>
        if (query.table !== undefined && !view.tables[query.table]) throw refuse('unknown-id', { aggregate: 'table', id: query.table })
        return inTurn(() => answered(view, query, sourcesOf(view, shards), sealed))
      },
    )
  }

const answered = async (view: View, query: Static<typeof Query>, sources: readonly Source[], replay: Replay): Promise<Static<typeof Answer>> => {
  const positions = await positionsOf(query, sources, replay)
  const facts = positions.reduce((sum, { position }) => sum + position, 0)
  if (facts > mostFacts) throw refuse('too-long-to-fold', { facts, most: mostFacts })
  const tables = await refoldView(view, positions, replay)
  const all = query.table === undefined ? [] : (tables.get(query.table) ?? [])
  const rows = all.slice(query.skip, query.skip + query.limit)
  return {
    view: view.name,
    version: view.version,
    facts,
    positions: positionsText(positions),
    hash: view.personal === undefined ? hashOfRows(view, tables) : null,
    tables: Object.fromEntries([...tables].map(([name, each]) => [name, each.length])),
    rows: [...rows],
    more: query.skip + rows.length < all.length,
  }
}

/** Each source's own end of what is asked for. Throws where that is nothing, more than one thing, or not there. */
const positionsOf = async ({ at, position, positions }: Static<typeof Query>, sources: readonly Source[], replay: Replay): Promise<Position[]> => {
  const asked = [at, position, positions].filter((each) => each !== undefined)
  if (asked.length !== 1) throw refuse('one-moment', {})
  if (at !== undefined) return positionsAt(sources, new Date(at).toISOString(), replay)
  const named = (positions ?? position ?? '').split(',').flatMap((each) => parsePositions(each) ?? [])
  for (const each of named) {
    const isHeard = sources.some(({ service, shard }) => service === each.service && shard === each.shard)
    const [fact] = isHeard ? await replay(each, each.position - 1, 1) : []
    if (fact === undefined) throw refuse('unknown-position', { position: positionsText([each]) })
    if (position === undefined) continue
    const others = sources.filter(({ service, shard }) => service !== each.service || shard !== each.shard)
    const reached = [...(await positionsAt(others, fact.recorded, replay)), each]
    return sources.map(({ service, shard }) => reached.find((one) => one.service === service && one.shard === shard) as Position)
  }
  return named
}
