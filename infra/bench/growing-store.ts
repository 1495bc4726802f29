import type pg from 'pg'
import Type from 'typebox'
import { event } from '../../shared/src/aggregate.ts'
import { newId } from '../../shared/src/ids.ts'
import { openStore } from '../../shared/src/store/store.ts'

const happened = event('bench.happened.v1', Type.Object({ title: Type.String(), amount: Type.Integer(), note: Type.String() }))
const fact = { type: happened.type, data: { title: 'Film and television dubbing contest', amount: 420, note: 'x'.repeat(150) } }
const now = '2026-11-06T08:00:00.000Z'

/** A store of eight shards that is filled with streams of some facts each. */
export const growingStore = async (pool: pg.Pool) => {
  const store = await openStore({ service: 'bench', pool, shards: 8, masterKey: Buffer.alloc(32), definitions: [happened], clock: () => now })
  const streams: string[] = []
  let stored = 0
  const append = async (stream: string, count: number): Promise<void> => {
    const id = newId()
    await store.append({
      stream,
      expected: 'none',
      command: { id, fingerprint: '' },
      unit: 'pps-ppa-study',
      actor: { person: 'p-1', post: { kind: 'head', unit: 'pps-ppa-study' }, system: null },
      correlation: id,
      causation: id,
      occurred: now,
      reason: null,
      policies: {},
      events: Array.from({ length: count }, () => fact),
    })
    stored += count
  }
  return {
    growTo: async (size: number, perStream: number): Promise<void> => {
      const callers = Array.from({ length: 64 }, async () => {
        while (stored < size) {
          const stream = `thing-${newId()}`
          await append(stream, perStream)
          // Some of all are asked for later; a name for each of ten million would be the load that is measured.
          if (streams.length < 200_000) streams.push(stream)
          else streams[Math.floor(Math.random() * streams.length)] = stream
        }
      })
      await Promise.all(callers)
    },
    appendOne: (): Promise<void> => append(`thing-${newId()}`, 1),
    loadOne: async (): Promise<void> => {
      const facts = await store.readStream(streams[Math.floor(Math.random() * streams.length)] as string)
      if (facts.length === 0) throw new Error('A stream that was stored is empty')
    },
  }
}
