import { BinaryWriter } from '@bufbuild/protobuf/wire'
import { AttendanceClient, type AttendanceServer, AttendanceService } from '@collegium/proto/collegium/activities/v1/attendance.ts'
import { ChannelCredentials, Client, status } from '@grpc/grpc-js'
import { afterEach, expect, it } from 'vitest'
import type { Actor } from '../aggregate.ts'
import { rejections } from '../rejection.ts'
import { type Loopback, loopback, rawAnswer } from '../testing/loopback.ts'
import { answer } from './answer.ts'
import { ask } from './client.ts'
import { credentialsOf } from './credentials.ts'
import { serveGrpc } from './server.ts'

const reject = rejections({ 'too-few': { status: 409, en: 'Needs {needed}, has {found}.', zh: '需要 {needed} 人，现有 {found} 人。' } })
const dean: Actor = { person: 'p-1', home: 'east', operator: false, scope: null, system: null }

const attendance = (attended: AttendanceServer['attended']): AttendanceServer => ({
  attended,
  ofPerson: answer(async () => ({ activities: undefined, meetings: undefined, evidence: [] })),
  ofActivity: answer(async ({ activity }) => {
    throw new Error(`The view of ${activity} is broken`)
  }),
})
let running: Loopback
const start = async (attended: AttendanceServer['attended'] = answer(async () => ({ attended: true }))) => {
  running = await loopback([{ definition: AttendanceService, implementation: attendance(attended) }])
  return running.client(AttendanceClient, 'activities')
}
afterEach(() => running?.stop())

const text = (field: number, value: string) =>
  new BinaryWriter()
    .uint32((field << 3) | 2)
    .string(value)
    .finish()

it('health answers SERVING for the process and for each service, and does not know others', async () => {
  await start()
  const raw = new Client(running.server.address, ChannelCredentials.createInsecure())
  const health = (service: string) =>
    new Promise((resolve) =>
      raw.makeUnaryRequest(
        '/grpc.health.v1.Health/Check',
        (bytes: Uint8Array) => Buffer.from(bytes),
        (bytes) => bytes,
        text(1, service),
        (error, bytes) => resolve(error ? error.code : bytes?.toString('hex')),
      ),
    )
  expect(await health('')).toBe('0801')
  expect(await health('collegium.activities.v1.Attendance')).toBe('0801')
  expect(await health('collegium.activities.v1.Duties')).toBe(status.NOT_FOUND)
  raw.close()
})

it('reflection lists the services served here and hands out their files', async () => {
  await start()
  const raw = new Client(running.server.address, ChannelCredentials.createInsecure())
  const listed = (await rawAnswer(raw, '/grpc.reflection.v1.ServerReflection/ServerReflectionInfo', text(7, '*'))).toString()
  expect(listed).toContain('collegium.activities.v1.Attendance')
  expect(listed).not.toContain('collegium.activities.v1.Duties')
  const file = await rawAnswer(raw, '/grpc.reflection.v1.ServerReflection/ServerReflectionInfo', text(4, 'collegium.activities.v1.Attendance'))
  expect(file.toString()).toContain('collegium/activities/v1/attendance.proto')
  raw.close()
})

it('a rejection crosses with its code, both texts and its parameters', async () => {
  const client = await start(
    answer(async () => {
      throw reject('too-few', { needed: 5, found: 2 })
    }),
  )
  await expect(ask(client, 'attended', { activity: 'a', person: 'p' })).rejects.toMatchObject({
    name: 'Rejection',
    code: 'too-few',
    message: 'Needs 5, has 2.',
    wording: reject.table['too-few'],
    params: { needed: 5, found: 2 },
  })
  expect(running.logged).toEqual([])
})

it('an unexpected failure is logged once by its owner and tells the asker nothing', async () => {
  const client = await start()
  const failure = await ask(client, 'ofActivity', { activity: 'a-7' }).catch((error: Error) => error)
  expect(failure).toMatchObject({ name: 'Error', message: expect.stringMatching(/^activities answered INTERNAL/) })
  expect((failure as Error).message).not.toContain('broken')
  expect(running.logged).toEqual([
    expect.objectContaining({ path: 'collegium.activities.v1.Attendance/ofActivity', err: expect.objectContaining({ message: 'The view of a-7 is broken' }) }),
  ])
})

it('[PL-13] the asking actor arrives with the question; a service asking for itself arrives as nobody', async () => {
  const seen: (Actor | null)[] = []
  const client = await start(
    answer(async (_, { actor }) => {
      seen.push(actor)
      return { attended: true }
    }),
  )
  const question = { activity: 'a', person: 'p' }
  await ask(client, 'attended', question, { actor: dean })
  await ask(client, 'attended', question, { actor: JSON.stringify(dean) })
  await ask(client, 'attended', question, { actor: { ...dean, person: null, system: 'reminders' } })
  await ask(client, 'attended', question)
  expect(seen).toEqual([dean, dean, null, null])
})

it('a token that does not verify is refused before the handler runs', async () => {
  let ran = false
  const client = await start(
    answer(async () => {
      ran = true
      return { attended: true }
    }),
  )
  await expect(ask(client, 'attended', { activity: 'a', person: 'p' }, { actor: 'forged' })).rejects.toThrow(/UNAUTHENTICATED/)
  expect(ran).toBe(false)
})

it('a token that its check refuses keeps the check’s own words', async () => {
  const expired = rejections({ 'token-expired': { status: 401, en: 'Expired.', zh: '已过期。' } })
  const verify = () => {
    throw expired('token-expired')
  }
  running = await loopback([{ definition: AttendanceService, implementation: attendance(answer(async () => ({ attended: true }))) }], { verify })
  const asked = ask(running.client(AttendanceClient, 'activities'), 'attended', { activity: 'a', person: 'p' }, { actor: 'old' })
  await expect(asked).rejects.toMatchObject({ code: 'token-expired', wording: { status: 401 } })
})

it('closing lets a running call finish', async () => {
  const entered = Promise.withResolvers<void>()
  const release = Promise.withResolvers<void>()
  const client = await start(
    answer(async () => {
      entered.resolve()
      await release.promise
      return { attended: true }
    }),
  )
  const asked = ask(client, 'attended', { activity: 'a', person: 'p' })
  await entered.promise
  const closed = running.server.close()
  release.resolve()
  expect(await asked).toEqual({ attended: true })
  await closed
})

it('closing cuts what outlives the grace', async () => {
  const entered = Promise.withResolvers<void>()
  const client = await start(
    answer(async (_, { signal }) => {
      entered.resolve()
      await new Promise((resolve) => signal.addEventListener('abort', resolve))
      return { attended: true }
    }),
  )
  const asked = ask(client, 'attended', { activity: 'a', person: 'p' }, { deadlineMs: 20_000 }).catch((error) => error)
  await entered.promise
  const began = Date.now()
  await running.server.close()
  expect(Date.now() - began).toBeLessThan(10_000)
  running.close()
  expect(await asked).toBeInstanceOf(Error)
})

it('without TLS it serves loopback only', async () => {
  await start()
  const { log } = running
  const open = serveGrpc({ answers: [], address: '0.0.0.0:0', credentials: credentialsOf({}), log, verify: JSON.parse })
  await expect(open).rejects.toThrow(/loopback only/)
})
