import { AttendanceClient, type AttendanceServer, AttendanceService } from '@collegium/proto/collegium/activities/v1/attendance.ts'
import { HistoryClient, type HistoryServer, HistoryService, type ReplayResponse } from '@collegium/proto/collegium/kernel/v1/history.ts'
import { afterEach, expect, it } from 'vitest'
import { Rejection, rejections } from '../rejection.ts'
import { type Loopback, loopback } from '../testing/loopback.ts'
import { type Asked, answer, answerStream } from './answer.ts'
import { ask, askStream, clientFactory } from './client.ts'
import { credentialsOf } from './credentials.ts'
import { isNoAnswer } from './status.ts'

const reject = rejections({
  busy: { status: 503, en: 'Busy.', zh: '繁忙。' },
  gone: { status: 404, en: 'Gone.', zh: '不存在。' },
})
const question = { activity: 'a', person: 'p' }
const entry = (position: number): ReplayResponse => ({ entry: { position, record: Buffer.alloc(10_000, 'x'), sealed: false }, passed: undefined })

let running: Loopback
afterEach(() => running.stop())

const attendance = (attended: (asked: Asked) => Promise<{ attended: boolean }>): AttendanceServer => ({
  attended: answer((_, asked) => attended(asked)),
  ofPerson: answer(async () => ({ activities: undefined, meetings: undefined, evidence: [] })),
  ofActivity: answer(async () => {
    throw reject('gone')
  }),
})
const startAttendance = async (attended: (asked: Asked) => Promise<{ attended: boolean }>) => {
  running = await loopback([{ definition: AttendanceService, implementation: attendance(attended) }])
  return running.client(AttendanceClient, 'activities')
}
const startHistory = async (replay: (asked: Asked) => AsyncIterable<ReplayResponse>) => {
  const implementation: HistoryServer = {
    replay: answerStream((_, asked) => replay(asked)),
    stream: answerStream(async function* () {}),
    heads: answer(async () => ({ heads: [] })),
  }
  running = await loopback([{ definition: HistoryService, implementation }])
  return running.client(HistoryClient, 'activities')
}
const all = { service: 'activities', shard: 0, after: 0, limit: 100_000, types: [] }

it('a question without an answer ends at its deadline as 503, and the owner stops working on it', async () => {
  const left = Promise.withResolvers<void>()
  const client = await startAttendance(({ signal }) => new Promise(() => signal.addEventListener('abort', () => left.resolve())))
  const began = Date.now()
  const failure = await ask(client, 'attended', question, { deadlineMs: 200 }).catch((error) => error)
  expect(Date.now() - began).toBeLessThan(5_000)
  expect(failure).toBeInstanceOf(Rejection)
  expect(failure).toMatchObject({ code: 'no-answer', wording: { status: 503 }, params: { service: 'activities', reason: 'DEADLINE_EXCEEDED' } })
  expect(isNoAnswer(failure)).toBe(true)
  await left.promise
})

it('asks again twice when the other side is unavailable', async () => {
  let calls = 0
  const client = await startAttendance(async () => {
    if (++calls < 3) throw reject('busy')
    return { attended: true }
  })
  expect(await ask(client, 'attended', question)).toEqual({ attended: true })
  expect(calls).toBe(3)
})

it('gives up after the third try with what the owner said', async () => {
  let calls = 0
  const client = await startAttendance(async () => {
    calls++
    throw reject('busy')
  })
  await expect(ask(client, 'attended', question)).rejects.toMatchObject({ code: 'busy' })
  expect(calls).toBe(3)
})

it('does not repeat a question that was refused', async () => {
  let calls = 0
  const client = await startAttendance(async () => {
    calls++
    throw reject('gone')
  })
  await expect(ask(client, 'attended', question)).rejects.toMatchObject({ code: 'gone', wording: { status: 404 } })
  expect(calls).toBe(1)
})

it('waits for a server that is not there yet', async () => {
  const early = await startAttendance(async () => ({ attended: false }))
  expect(await ask(early, 'attended', question)).toEqual({ attended: false })
  const { address } = running.server
  await running.stop()
  const credentials = credentialsOf({})
  const clients = clientFactory({ addresses: { activities: address }, credentials, sign: JSON.stringify })
  const asked = ask(clients.client(AttendanceClient, 'activities'), 'attended', question, { deadlineMs: 10_000 })
  await new Promise((resolve) => setTimeout(resolve, 150))
  running = await loopback([{ definition: AttendanceService, implementation: attendance(async () => ({ attended: true })) }], { address })
  expect(await asked).toEqual({ attended: true })
  clients.close()
})

it('an aborted signal ends the question with its reason', async () => {
  const client = await startAttendance(() => new Promise(() => {}))
  const stop = new AbortController()
  const asked = ask(client, 'attended', question, { signal: stop.signal })
  setTimeout(() => stop.abort(new Error('left the page')), 50)
  await expect(asked).rejects.toThrow('left the page')
})

it('keeps one client for a class and service, and names the known services when asked for another', async () => {
  const client = await startAttendance(async () => ({ attended: true }))
  expect(running.client(AttendanceClient, 'activities')).toBe(client)
  expect(() => running.client(AttendanceClient, 'elsewhere')).toThrow(/No gRPC address for elsewhere; known are activities, membership/)
})

it('a stream arrives whole and in order', async () => {
  const client = await startHistory(async function* () {
    for (let position = 1; position <= 500; position++) yield entry(position)
  })
  const positions: number[] = []
  for await (const { entry } of askStream(client, 'replay', all, { deadlineMs: 10_000 })) positions.push(entry?.position ?? 0)
  expect(positions).toEqual(Array.from({ length: 500 }, (_, index) => index + 1))
})

it('a slow reader holds the server back, and leaving stops it', async () => {
  let produced = 0
  const stopped = Promise.withResolvers<void>()
  const client = await startHistory(async function* () {
    try {
      for (; produced < 100_000; produced++) yield entry(produced + 1)
    } finally {
      stopped.resolve()
    }
  })
  for await (const _ of askStream(client, 'replay', all)) {
    await new Promise((resolve) => setTimeout(resolve, 300))
    break
  }
  await stopped.promise
  expect(produced).toBeLessThan(5_000)
})

it('a stream that fails midway throws the owner’s rejection after what came before', async () => {
  const client = await startHistory(async function* () {
    yield entry(1)
    throw reject('gone')
  })
  let read = 0
  const reading = (async () => {
    for await (const _ of askStream(client, 'replay', all)) read++
  })()
  await expect(reading).rejects.toMatchObject({ code: 'gone' })
  expect(read).toBe(1)
})
