import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { migrate } from '../../shared/src/migrate.ts'
import { testDatabase } from '../../shared/src/testing/database.ts'
import { type Figure, figure, throughput } from './figure.ts'
import { growingStore } from './growing-store.ts'

const perStream = 20

/**
 * Appending to new streams and loading streams of twenty facts, at the same rate of callers, with ever more stored: each against the first. The
 * facts are stored by the store itself, so that indexes and pages are as they would be.
 */
export const benchGrowth = async (sizes: readonly number[], ms: number): Promise<Figure[]> => {
  const database = await testDatabase(16)
  try {
    await migrate(database.pool, new URL('../../shared/src/store/migrations/', import.meta.url), 'store')
    const growing = await growingStore(database.pool)
    const figures: Figure[] = []
    let first: { append: number; load: number } | null = null
    for (const size of sizes) {
      await growing.growTo(size, perStream)
      await database.pool.query('analyze')
      const load = await throughput(32, ms, growing.loadOne)
      const append = await throughput(64, ms, growing.appendOne)
      first ??= { append, load }
      figures.push(figure(`append-at-${size}`, append, 'appends/s', `at ${sizes[0]}`, first.append))
      figures.push(figure(`load-at-${size}`, load, 'streams/s', `at ${sizes[0]}`, first.load))
    }
    return figures
  } finally {
    await database.drop()
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
