import { createRequire } from 'node:module'
import { createServer, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { Kafka, logLevel } from 'kafkajs'
import { afterEach, describe, expect, it, vi } from 'vitest'
import './kafkajs-mended.ts'

type Entry = { correlationId: number; apiKey: number; apiName: string; apiVersion: number; resolve: () => void; reject: () => void }
type Pushed = { entry: Entry; expectResponse: boolean; sendRequest: () => void }
type Queue = { push: (pushed: Pushed) => void; maybeThrottle: (ms: number) => void; checkPendingRequests: () => void; destroy: () => void }

const RequestQueue = createRequire(import.meta.url)('kafkajs/src/network/requestQueue') as new (given: object) => Queue
const logger = { namespace: () => logger, debug: () => {}, warn: () => {}, error: () => {} }
const queues: Queue[] = []
const opened = (maxInFlightRequests: number | null = null): Queue => {
  const queue = new RequestQueue({ maxInFlightRequests, requestTimeout: 30_000, enforceRequestTimeout: false, clientId: 'spec', broker: 'spec:9092', logger })
  queues.push(queue)
  return queue
}
const request = (correlationId: number, sent: number[]): Pushed => ({
  entry: { correlationId, apiKey: 1, apiName: 'Fetch', apiVersion: 11, resolve: () => {}, reject: () => {} },
  expectResponse: true,
  sendRequest: () => void sent.push(correlationId),
})

afterEach(() => {
  vi.restoreAllMocks()
  for (const queue of queues.splice(0)) queue.destroy()
})

describe('the queue of requests to a broker', () => {
  it('rests while nothing waits', async () => {
    const queue = opened()
    const looks = vi.spyOn(queue, 'checkPendingRequests')
    queue.checkPendingRequests()
    await sleep(50)
    expect(looks).toHaveBeenCalledTimes(1)
  })

  it('sends what waits when the pause that the broker asked for is over', async () => {
    const queue = opened()
    const sent: number[] = []
    queue.maybeThrottle(60)
    queue.push(request(1, sent))
    expect(sent).toEqual([])
    await vi.waitFor(() => expect(sent).toEqual([1]), 1_000)
  })
})

describe('a connection on which nothing is answered', () => {
  it('is closed when a request has waited long enough, and the next try is made on a new one', async () => {
    const opened: Socket[] = []
    const closed: Socket[] = []
    const server = createServer((socket) => {
      opened.push(socket.resume().on('error', () => {}))
      socket.once('close', () => closed.push(socket))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as { port: number }
    const retry = { initialRetryTime: 50, maxRetryTime: 50, retries: 2 }
    const kafka = new Kafka({ brokers: [`127.0.0.1:${port}`], logLevel: logLevel.NOTHING, requestTimeout: 200, enforceRequestTimeout: true, retry })
    const admin = kafka.admin()
    await expect(admin.connect()).rejects.toThrow()
    await vi.waitFor(() => expect(closed.length).toBeGreaterThan(1), 5_000)
    expect(opened.length).toBeGreaterThan(1)
    for (const socket of opened) socket.destroy()
    server.close()
  })
})
