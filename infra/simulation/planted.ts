import type pg from 'pg'
import { newId } from '../../shared/src/ids.ts'
import type { Planted } from './process.ts'

type Query = (given: string | { readonly name?: string; readonly text: string }, values?: unknown[]) => Promise<unknown>
type Client = { query: Query }

/** A pool whose clients ask otherwise. */
const withClients =
  (change: (query: Query) => Query) =>
  (pool: pg.Pool): pg.Pool =>
    ({
      ...pool,
      connect: async () => {
        const client = (await pool.connect()) as unknown as Client
        return { ...client, query: change(client.query) }
      },
    }) as unknown as pg.Pool

const isMove = (given: Parameters<Query>[0]): given is { name: string; text: string } => typeof given !== 'string' && given.name === 'move-checkpoints'

/** Faults as somebody might make them: what a simulation is worth is shown by those that it finds. */
export const plantedFaults: Readonly<Record<string, Planted>> = {
  'the checkpoint is kept before the effect': {
    pool: withClients((query) => (given, values) => {
      const moved = query(given, values)
      if (isMove(given)) for (const text of ['commit', 'begin']) void query(text).catch(() => {})
      return moved
    }),
  },
  'the relay takes for sent what it only began to send': {
    sink: (sink) => ({ ...sink, publish: async (source, records) => void sink.publish(source, records).catch(() => {}) }),
  },
  'a reaction that runs again makes another command': {
    execute: (execute) => (command, given) => execute(command, { ...given, commandId: newId() }),
  },
  'nobody looks whether another process has handled a fact': {
    pool: withClients((query) => async (given, values) => {
      if (!isMove(given)) return query(given, values)
      const text = given.text.replace('and c.position = m.stored and c.epoch = m.epoch', '')
      return query({ ...given, name: 'move-checkpoints-anyway', text }, values)
    }),
  },
  'the log signs what is not on the disk yet': {
    files: (files) => ({ ...files, syncFolder: async () => {} }),
  },
}
