import { getPostgreSQLEventStore } from '@event-driven-io/emmett-postgresql'
import Type from 'typebox'
import { event } from '../../shared/src/aggregate.ts'
import { newId } from '../../shared/src/ids.ts'
import { migrate } from '../../shared/src/migrate.ts'
import { piecesOf } from '../../shared/src/store/record.ts'
import { openStore } from '../../shared/src/store/store.ts'
import { testDatabase } from '../../shared/src/testing/database.ts'
import { type Figure, figure, inTurn, throughput } from './figure.ts'

const happened = event('bench.happened.v1', Type.Object({ title: Type.String(), amount: Type.Integer(), note: Type.String() }))
const data = { title: 'Film and television dubbing contest', amount: 420, note: 'x'.repeat(150) }
const now = '2026-11-06T08:00:00.000Z'

/** New streams with one fact each: ours with 64 callers against Emmett, with 256 against a bare `insert … select from unnest` of the same rows. */
export const benchAppend = async (ms: number, rounds: number): Promise<Figure[]> => {
  const [mine, emmetts, raws] = [await testDatabase(8), await testDatabase(2), await testDatabase(4)]
  const emmett = getPostgreSQLEventStore(emmetts.url)
  try {
    await migrate(mine.pool, new URL('../../shared/src/store/migrations/', import.meta.url), 'store')
    const store = await openStore({ service: 'bench', pool: mine.pool, shards: 1, masterKey: Buffer.alloc(32), definitions: [happened], clock: () => now })
    const append = (): Promise<unknown> => {
      const id = newId()
      return store.append({
        stream: `thing-${id}`,
        expected: 'none',
        command: { id, fingerprint: '' },
        unit: 'pps-ppa-study',
        actor: { person: 'p-1', post: { kind: 'head', unit: 'pps-ppa-study' }, system: null },
        correlation: id,
        causation: id,
        occurred: now,
        reason: null,
        policies: {},
        events: [{ type: happened.type, data }],
      })
    }
    const appendEmmett = (): Promise<unknown> =>
      emmett.appendToStream(`thing-${newId()}`, [{ type: happened.type, data }], { expectedStreamVersion: 'STREAM_DOES_NOT_EXIST' })
    await emmett.schema.migrate()

    await raws.pool.query(
      'create table events (shard smallint, position bigint, stream text, version bigint, type text, bytes text, primary key (shard, position), unique (stream, version))',
    )
    let position = 0
    const appendRaw = async (): Promise<unknown> => {
      const ids = Array.from({ length: 256 }, newId)
      const around = {
        service: 'bench',
        shard: 0,
        unit: 'pps-ppa-study',
        actor: { person: 'p-1', post: { kind: 'head', unit: 'pps-ppa-study' }, system: null },
        occurred: now,
        recorded: now,
        reason: null,
        policies: {},
      }
      const rows = ids.map((id) => {
        const { head, middle } = piecesOf(id, happened.type, data, { ...around, stream: `thing-${id}`, correlation: id, causation: id, command: id })
        return `${head}1${middle}1}`
      })
      const first = position
      position += ids.length
      return raws.pool.query({
        name: 'raw',
        text: `insert into events select 0, p, s, 1, 'bench.happened.v1', b from unnest($1::bigint[], $2::text[], $3::text[]) u(p, s, b)`,
        values: [ids.map((_, index) => first + index), ids.map((id) => `thing-${id}`), rows],
      })
    }

    await throughput(64, ms / 4, append)
    await throughput(64, ms / 4, appendEmmett)
    const [ours64, theirs64] = await inTurn(
      rounds,
      () => throughput(64, ms, append),
      () => throughput(64, ms, appendEmmett),
    )
    const [ours256, raw] = await inTurn(
      rounds,
      () => throughput(256, ms, append),
      async () => 256 * (await throughput(1, ms, appendRaw)),
    )
    return [figure('append-64', ours64, 'appends/s', 'emmett-postgresql', theirs64), figure('append-256', ours256, 'appends/s', 'raw unnest of 256', raw)]
  } finally {
    await emmett.close()
    for (const database of [mine, emmetts, raws]) await database.drop()
  }
}
