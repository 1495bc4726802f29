import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { migrate } from '../../shared/src/migrate.ts'
import { testDatabase } from '../../shared/src/testing/database.ts'
import { type Figure, figure, median, throughput } from './figure.ts'
import { growingStore } from './growing-store.ts'

/**
 * Appending to new streams and loading streams of twenty facts, at the same rate of callers, in stores that hold ever more: each against the
 * first of the same turn, since a machine's speed drifts; the median of many turns. What they hold was written in bulk, as the store itself would have written it.
 */
export const benchGrowth = async (sizes: readonly number[], ms: number, rounds: number): Promise<Figure[]> => {
  const databases = await Promise.all(sizes.map(() => testDatabase(16)))
  try {
    const stores = await Promise.all(
      databases.map(async ({ pool }) => {
        await migrate(pool, new URL('../../shared/src/store/migrations/', import.meta.url), 'store')
        return growingStore(pool)
      }),
    )
    for (const [index, size] of sizes.entries()) await stores[index]?.growTo(size)
    for (const work of stores.flatMap(({ loadOne, appendOne }) => [loadOne, appendOne])) await throughput(64, ms / 8, work)
    const taken = stores.map(() => ({ append: [] as number[], load: [] as number[] }))
    for (let turn = 0; turn < 8 * rounds; turn++) {
      const all = [...stores.entries()]
      for (const [index, { appendOne, loadOne }] of turn % 2 === 0 ? all : all.reverse()) {
        taken[index]?.load.push(await throughput(32, ms / 10, loadOne))
        taken[index]?.append.push(await throughput(64, ms / 10, appendOne))
      }
    }
    const [first] = taken as [(typeof taken)[number]]
    return sizes.flatMap((size, index) => {
      const mine = taken[index] as (typeof taken)[number]
      return (['append', 'load'] as const).map((what) => {
        const value = median(mine[what])
        const reached = median(mine[what].map((rate, turn) => rate / (first[what][turn] as number)))
        return figure(`${what}-at-${size}`, value, what === 'append' ? 'appends/s' : 'streams/s', `at ${sizes[0]}`, value / reached)
      })
    })
  } finally {
    for (const database of databases) await database.drop()
  }
}

/** Two processes that append to the shards of one database, against one that has them for itself. */
export const benchProcesses = async (ms: number): Promise<Figure[]> => {
  const database = await testDatabase(2)
  try {
    await migrate(database.pool, new URL('../../shared/src/store/migrations/', import.meta.url), 'store')
    const appendersOf = async (count: number): Promise<number> => {
      const rates = await Promise.all(
        Array.from({ length: count }, async () => {
          const child = fork(fileURLToPath(new URL('./appending.ts', import.meta.url)), [database.url, String(ms)])
          const ended = once(child, 'exit')
          const [rate] = (await once(child, 'message')) as [number]
          await ended
          return rate
        }),
      )
      return rates.reduce((sum, rate) => sum + rate, 0)
    }
    const one = await appendersOf(1)
    const two = await appendersOf(2)
    return [figure('append-two-processes', two, 'appends/s', 'one process', one)]
  } finally {
    await database.drop()
  }
}
