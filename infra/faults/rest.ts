import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { services } from '../services.ts'

type Pools = (service: string) => pg.Pool

/** How far every source reaches, by service/shard. */
export const headsOf = async (pool: Pools): Promise<Map<string, number>> => {
  const heads = new Map<string, number>()
  for (const { name } of services)
    for (const { shard, last_position } of (await pool(name).query<{ shard: number; last_position: string }>('select shard, last_position from shards')).rows)
      heads.set(`${name}/${shard}`, Number(last_position))
  return heads
}

/** Who has not come so far: consumers by their checkpoints, relays by their cursors. */
export const behind = async (pool: Pools, heads: ReadonlyMap<string, number>): Promise<string[]> => {
  const late: string[] = []
  for (const { name } of services) {
    const { rows } = await pool(name).query<{ consumer: string; source: string; position: string }>(
      `select consumer, service || '/' || shard as source, position from checkpoints
       union all select 'relay', $1 || '/' || shard, position from relay_cursor`,
      [name],
    )
    for (const { consumer, source, position } of rows)
      if (Number(position) < (heads.get(source) ?? 0)) late.push(`${name}'s ${consumer} is at ${source}/${position} of ${heads.get(source)}`)
  }
  return late
}

/** Waits until all that is known now has been handled everywhere and every process says that it is ready. Resolves with the seconds it took, and what was still behind when the time was over. */
export const untilRest = async (given: {
  readonly pool: Pools
  readonly ready: () => Promise<string[]>
  readonly seconds: number
}): Promise<{ readonly seconds: number; readonly late: readonly string[] }> => {
  const began = performance.now()
  const passed = (): number => (performance.now() - began) / 1_000
  let heads: Map<string, number> | null = null
  for (;;) {
    let late: string[]
    try {
      heads ??= await headsOf(given.pool)
      late = [...(await behind(given.pool, heads)), ...(await given.ready())]
    } catch (error) {
      late = [`it cannot be looked at: ${(error as Error).message}`]
    }
    if (late.length === 0 || passed() > given.seconds) return { seconds: passed(), late }
    await sleep(100)
  }
}
