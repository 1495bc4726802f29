import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import type { Client } from '../../tests/kit/client.ts'
import { type Collegium, startCollegium, startCollegiumDistributed } from '../../tests/kit/collegium.ts'
import { type Figure, figure, percentile } from './figure.ts'

/** One command in so many is followed to the dashboard: a reader that asked each time would be the load it measures. */
const followed = 20

/** So many times as long as it is measured, the load runs before. */
const warmings = 4

/** The processes that a duty passes on its way to a dashboard; the other six read the same topics beside them. */
const onTheWay = new Set(['gateway', 'membership', 'activities', 'dashboards'])

/**
 * From the acknowledgement of a command to the dashboard that shows it, at a steady rate through the public door: in one process; over Kafka
 * with the processes on the way; and over Kafka with all ten, which on a small machine is a measure of the machine.
 */
export const benchLatency = async (ms: number, perSecond: number): Promise<Figure[]> => {
  const measure = async (collegium: Collegium, form: string): Promise<Figure[]> => {
    const operator = await collegium.signIn('operator')
    // Fresh processes compile what they run, and ten of them do it side by side; what is promised is the steady state.
    await steady(operator, warmings * ms, perSecond)
    const waits = await steady(operator, ms, perSecond)
    return [0.5, 0.99].map((share) => figure(`ack-to-dashboard-p${share * 100}-${form}`, percentile(waits, share), 'ms', `${perSecond} commands/s`, null))
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

/** Sends commands at the rate, whatever the answers take, and returns how long the dashboard took for those that were followed. */
const steady = async (client: Client, ms: number, perSecond: number): Promise<number[]> => {
  const waits: number[] = []
  const running: Promise<void>[] = []
  const began = performance.now()
  for (let sent = 0; performance.now() - began < ms; sent++) {
    const due = began + (sent * 1000) / perSecond
    const early = due - performance.now()
    if (early > 1) await new Promise((resolve) => setTimeout(resolve, early))
    running.push(one(client, sent % followed === 0 ? waits : null))
  }
  await Promise.all(running)
  return waits
}

/** Sockets that are kept: the client shares the two cores with what it measures, so it must be cheap. */
const agent = new Agent({ keepAlive: true, maxSockets: 64 })

/** A request as `Client` sends it, without the cost of fetch. */
const send = (
  client: Client,
  method: 'GET' | 'POST',
  path: string,
  body: object | null,
  headers: Record<string, string>,
): Promise<{ status: number; body: any }> =>
  new Promise((resolve, reject) => {
    const text = body === null ? '' : JSON.stringify(body)
    const asked = request(
      `${client.address}/api/v1${path}`,
      {
        method,
        agent,
        headers: {
          cookie: client.cookie,
          'sec-fetch-site': 'same-origin',
          ...(body === null ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
          ...headers,
        },
      },
      (answer) => {
        const chunks: Buffer[] = []
        answer.on('data', (chunk) => chunks.push(chunk))
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body: JSON.parse(Buffer.concat(chunks).toString()) }))
      },
    )
    asked.on('error', reject)
    asked.end(text)
  })

const one = async (client: Client, waits: number[] | null): Promise<void> => {
  const duty = { unit: 'pps-su', title: `Duty ${randomUUID()}`, owner: 'p-bench', due: '2027-01-10T08:00:00.000Z' }
  const answer = await send(client, 'POST', '/duties', duty, { 'idempotency-key': randomUUID() })
  if (answer.status !== 201) throw new Error(`The command was refused: ${JSON.stringify(answer.body)}`)
  if (waits === null) return
  const acknowledged = performance.now()
  const seen = await send(client, 'GET', '/dashboards/pps-su', null, { 'collegium-position': answer.body.position })
  if (seen.status !== 200) throw new Error(`The dashboard did not show it: ${JSON.stringify(seen.body)}`)
  waits.push(performance.now() - acknowledged)
}
