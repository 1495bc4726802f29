import type pg from 'pg'
import Type from 'typebox'
import { event } from '../../shared/src/aggregate.ts'
import { newId } from '../../shared/src/ids.ts'
import { piecesOf } from '../../shared/src/store/record.ts'
import { openStore } from '../../shared/src/store/store.ts'

const happened = event('bench.happened.v1', Type.Object({ title: Type.String(), amount: Type.Integer(), note: Type.String() }))
const fact = { type: happened.type, data: { title: 'Film and television dubbing contest', amount: 420, note: 'x'.repeat(150) } }
const now = '2026-11-06T08:00:00.000Z'
const perStream = 20
const streamsAtOnce = 2_500

/** A store of eight shards that is filled with streams of twenty facts. */
export const growingStore = async (pool: pg.Pool) => {
  const store = await openStore({ service: 'bench', pool, shards: 8, masterKey: Buffer.alloc(32), definitions: [happened], clock: () => now })
  const streams: string[] = []
  const around = {
    unit: 'pps-ppa-study',
    actor: { person: 'p-1', post: { kind: 'head', unit: 'pps-ppa-study' }, system: null },
    occurred: now,
    reason: null,
    policies: {},
  }

  /** Whole streams at once, as the store would have written each: the same bytes, dense positions, the command at its last fact. */
  const fill = async (count: number): Promise<void> => {
    const heads = await store.heads()
    const rows = Array.from({ length: count }, () => {
      const [stream, id] = [`thing-${newId()}`, newId()]
      const shard = store.shardOf(stream)
      const before = heads.get(shard) as number
      heads.set(shard, before + perStream)
      const { head, middle } = piecesOf('#', fact.type, fact.data, {
        ...around,
        ...{ service: 'bench', shard, stream, recorded: now, command: id, correlation: id, causation: id },
      })
      const [begins, goesOn] = head.split('"#"')
      // Some of all are asked for later; a name for each of ten million would be the load that is measured.
      if (streams.length < 200_000) streams.push(stream)
      else streams[Math.floor(Math.random() * streams.length)] = stream
      return { shard, before, stream, id, begins, goesOn, middle }
    })
    await pool.query(
      `with placed as (
         insert into events (shard, position, stream, version, type, bytes, command, fingerprint)
         select s.shard, s.before + v, s.stream, v, '${fact.type}', s.begins || '"' || gen_random_uuid() || '"' || s."goesOn" || (s.before + v) || s.middle || v || '}',
                case v when ${perStream} then s.id end, case v when ${perStream} then '' end
         from json_to_recordset($1) as s(shard smallint, before bigint, stream text, id uuid, begins text, "goesOn" text, middle text), generate_series(1, ${perStream}) v
         order by s.stream, v
         returning shard, position)
       update shards s set last_position = p.position from (select shard, max(position) as position from placed group by 1) p where s.shard = p.shard`,
      [JSON.stringify(rows)],
    )
  }
  return {
    growTo: async (size: number): Promise<void> => {
      for (let left = Math.ceil(size / perStream); left > 0; left -= streamsAtOnce) await fill(Math.min(left, streamsAtOnce))
      await pool.query('vacuum analyze events')
      await pool.query('checkpoint')
    },
    appendOne: async (): Promise<void> => {
      const id = newId()
      const request = { ...around, stream: `thing-${newId()}`, correlation: id, causation: id, events: [fact] }
      await store.append({ ...request, expected: 'none', command: { id, fingerprint: '' } })
    },
    loadOne: async (): Promise<void> => {
      const facts = await store.readStream(streams[Math.floor(Math.random() * streams.length)] as string)
      if (facts.length !== perStream) throw new Error(`A stream of ${perStream} facts has ${facts.length}`)
    },
  }
}
