import { fork } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Collegium, startCollegium, startCollegiumDistributed } from '../../tests/kit/collegium.ts'
import type { Load } from './commanding.ts'
import { type Figure, figure, median, percentile } from './figure.ts'

/** The processes that a duty passes on its way to a dashboard; the other six read the same topics beside them. */
const onTheWay = new Set(['gateway', 'membership', 'activities', 'dashboards'])

/**
 * From the acknowledgement of a command to the dashboard that shows it, at a steady rate through the public door: in one process; over Kafka
 * with the processes on the way; and over Kafka with all ten, which on a small machine is a measure of the machine. The median of some rounds.
 */
export const benchLatency = async (given: { ms: number; warmings: number; rounds: number; perSecond: number }): Promise<Figure[]> => {
  const { ms, warmings, rounds, perSecond } = given
  const measure = async (collegium: Collegium, form: string): Promise<Figure[]> => {
    const { address, cookie } = await collegium.signIn('operator')
    const client = fork(fileURLToPath(new URL('./commanding.ts', import.meta.url)), [address, cookie])
    const steady = async (load: Load): Promise<number[]> => {
      client.send(load)
      const [waits] = (await Promise.race([once(client, 'message'), once(client, 'exit')])) as [number[] | number]
      if (!Array.isArray(waits)) throw new Error('The client ended')
      return waits
    }
    // Fresh processes compile what they run, and ten of them do it side by side; what is promised is the steady state.
    await steady({ ms: warmings * ms, perSecond })
    const taken: number[][] = []
    while (taken.length < rounds) taken.push(await steady({ ms, perSecond }))
    client.kill()
    return [0.5, 0.99].map((share) => {
      const of = taken.map((waits) => percentile(waits, share))
      return figure(`ack-to-dashboard-p${share * 100}-${form}`, median(of), 'ms', `${perSecond} commands/s`, null)
    })
  }

  const embedded = await startCollegium()
  const figures = await importSample(embedded)
    .then(() => measure(embedded, 'embedded'))
    .finally(embedded.stop)
  const distributed = await startCollegiumDistributed()
  try {
    await importSample(distributed)
    const all = await measure(distributed, 'kafka-all-ten')
    await Promise.all(Object.values(distributed.system.processes).map((each) => (onTheWay.has(each.name) ? null : each.stop())))
    return [...figures, ...(await measure(distributed, 'kafka')), ...all]
  } finally {
    await distributed.stop()
  }
}

const importSample = async (collegium: Collegium): Promise<void> => {
  const operator = await collegium.signIn('operator')
  const imported = await operator.post('/imports', readFileSync(new URL('../sample/semester.yaml', import.meta.url), 'utf8'), {
    'content-type': 'application/yaml',
  })
  if (imported.status !== 201) throw new Error(`The import was refused: ${JSON.stringify(imported.body)}`)
}
