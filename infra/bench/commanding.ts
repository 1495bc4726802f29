import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { Agent, request } from 'node:http'

/** A client at the public door, in a process of its own as clients are: for each load it is asked for it tells how long dashboards took. */
export type Load = { readonly ms: number; readonly perSecond: number }

const [address, cookie] = process.argv.slice(2) as [string, string]

/** One command in so many is followed to the dashboard: a reader that asked each time would be the load it measures. */
const followed = 20

/** Sends commands at the rate, whatever the answers take, and returns how long the dashboard took for those that were followed. */
const steady = async ({ ms, perSecond }: Load): Promise<number[]> => {
  const waits: number[] = []
  const running: Promise<void>[] = []
  const began = performance.now()
  for (let sent = 0; performance.now() - began < ms; sent++) {
    const due = began + (sent * 1000) / perSecond
    const early = due - performance.now()
    if (early > 1) await new Promise((resolve) => setTimeout(resolve, early))
    running.push(one(sent % followed === 0 ? waits : null))
  }
  await Promise.all(running)
  return waits
}

/** Sockets that are kept: the client shares the two cores with what it measures, so it must be cheap. */
const agent = new Agent({ keepAlive: true, maxSockets: 64 })

/** Without the cost of fetch. */
const send = (method: 'GET' | 'POST', path: string, body: object | null, headers: Record<string, string>): Promise<{ status: number; body: any }> =>
  new Promise((resolve, reject) => {
    const text = body === null ? '' : JSON.stringify(body)
    const asked = request(
      `${address}/api/v1${path}`,
      {
        method,
        agent,
        headers: {
          cookie,
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

const one = async (waits: number[] | null): Promise<void> => {
  const duty = { unit: 'pps-su', title: `Duty ${randomUUID()}`, owner: 'p-bench', due: '2027-01-10T08:00:00.000Z' }
  const answer = await send('POST', '/duties', duty, { 'idempotency-key': randomUUID() })
  if (answer.status !== 201) throw new Error(`The command was refused: ${JSON.stringify(answer.body)}`)
  if (waits === null) return
  const acknowledged = performance.now()
  const seen = await send('GET', '/dashboards/pps-su', null, { 'collegium-position': answer.body.position })
  if (seen.status !== 200) throw new Error(`The dashboard did not show it: ${JSON.stringify(seen.body)}`)
  waits.push(performance.now() - acknowledged)
}

for (;;) {
  const [load] = (await once(process, 'message')) as [Load]
  process.send?.(await steady(load))
}
