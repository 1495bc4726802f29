import { newId } from '../../shared/src/ids.ts'
import { organization } from '../../shared/src/testing/organization.ts'
import { operator, runServices } from '../../shared/src/testing/running.ts'
import { type Figure, figure } from './figure.ts'
import { benchService, notes } from './sample-service.ts'

/** A view built anew from history, reading and decoding included, against reading the same rows and doing nothing with them. */
export const benchRebuild = async (events: number): Promise<Figure[]> => {
  const running = await runServices([benchService], { organization: organization({ units: { fed: null, pps: 'fed' } }) })
  try {
    const waves = Math.ceil(events / 2_000)
    for (let wave = 0; wave < waves; wave++) {
      await Promise.all(
        Array.from({ length: Math.min(2_000, events - wave * 2_000) }, () => {
          return running.feed(`note-${newId()}`, 'pps', [{ type: 'bench.noted.v1', data: { title: 'Reading festival', amount: 1 } }])
        }),
      )
    }
    const isBuilt = async (): Promise<boolean> => (await running.pool('bench').query("select from views where state = 'building'")).rowCount === 0
    await until(isBuilt)
    await until(async () => (await running.send(operator, 'bench', 'GET', '/bench-consumers')).body.items.every(isCaughtUp))

    const began = performance.now()
    await running.send(operator, 'bench', 'POST', `/bench-consumers/views/${notes.name}/rebuild`)
    await until(isBuilt)
    const rebuilt = (events * 1000) / (performance.now() - began)

    const reading = performance.now()
    let read = 0
    for (const [shard] of await running.store('bench').heads()) {
      for (let after = 0; ; ) {
        const rows = await running.store('bench').readShardBytes(shard, after, 5_000)
        if (rows.length === 0) break
        read += rows.length
        after = rows.at(-1)?.position as number
      }
    }
    const tail = (read * 1000) / (performance.now() - reading)
    return [figure('rebuild', rebuilt, 'events/s', 'raw tail read', tail)]
  } finally {
    await running.stop()
  }
}

const isCaughtUp = (consumer: { sources: { position: number; head: number }[] }): boolean => consumer.sources.every((source) => source.position === source.head)

const until = async (check: () => Promise<boolean>): Promise<void> => {
  while (!(await check())) await new Promise((resolve) => setTimeout(resolve, 20))
}
