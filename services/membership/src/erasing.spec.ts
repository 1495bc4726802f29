import { readFileSync } from 'node:fs'
import { DutiesService } from '@collegium/proto/collegium/activities/v1/duties.ts'
import { StandingService } from '@collegium/proto/collegium/assessment/v1/standing.ts'
import { answer } from '@collegium/shared/grpc/answer.ts'
import { eventually } from '@collegium/shared/testing/eventually.ts'
import { type As, operator, type RunningServices, runServices } from '@collegium/shared/testing/running.ts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { membership } from './app.ts'
import { holders } from './holders.ts'

const federation = readFileSync(new URL('../../../tests/journeys/federation.yaml', import.meta.url), 'utf8')
const at = (person: string): As => ({ person, home: 'north' })
/** What the neighbours say of a person, and whether they say anything. */
const told = { open: [] as string[], duties: 0, isDown: false }
const say = <T>(answered: T): T => {
  if (told.isDown) throw new Error('away')
  return answered
}

let running: RunningServices
const send = (as: As, method: 'GET' | 'POST', url: string, body?: object | string, headers?: Record<string, string>) =>
  running.send(as, 'membership', method, url, body, headers)
const typesOf = async (person: string) => (await running.facts('membership', `erasure-${person}`)).map((fact) => fact.type.split('.')[1])

beforeAll(async () => {
  const duties = { ofPerson: answer(async () => say({ assigned: 5 + told.duties, fulfilled: 5, onTime: 5, overdue: 0, evidence: [] })) }
  const standing = { openOfPerson: answer(async () => say({ assessments: told.open })) }
  running = await runServices([membership], {
    answers: {
      activities: [{ definition: DutiesService, implementation: duties as never }],
      assessment: [{ definition: StandingService, implementation: standing as never }],
    },
  })
  expect((await send(operator, 'POST', '/imports', federation, { 'content-type': 'application/yaml' })).status).toBe(201)
}, 60_000)
afterAll(() => running?.stop())

it('[PL-12] asks assessment and activities what holds it, and is not decided while they do not answer', async () => {
  Object.assign(told, { open: ['as-1'], duties: 2 })
  expect((await send(at('student-1'), 'POST', '/erasures', { person: 'student-1', basis: 'objection' })).status).toBe(201)
  const own = await send(at('student-1'), 'GET', '/people/student-1/erasure')
  expect(own.body).toEqual({
    status: 'held',
    basis: 'objection',
    holds: [
      { ground: 'assessment-open', about: 'as-1', until: null },
      { ground: 'duty-open', about: null, until: null },
    ],
    approvals: 0,
  })
  told.isDown = true
  expect((await send(at('guide'), 'POST', '/erasures/student-1/approval', {})).status).toBeGreaterThanOrEqual(500)
  Object.assign(told, { open: [], duties: 0, isDown: false })
  expect((await send(at('guide'), 'POST', '/erasures/student-1/check', {})).status).toBe(200)
  expect(await typesOf('student-1')).toEqual(['erasure-requested', 'erasure-held', 'erasure-released'])
  // Somebody in office is held by the post itself.
  expect((await send(at('head'), 'POST', '/erasures', { person: 'head', basis: 'objection' })).status).toBe(201)
  expect((await send(at('head'), 'GET', '/people/head/erasure')).body.holds).toMatchObject([{ ground: 'post-held', until: null }])
})

it('[PL-12] is shown to those who decide at that campus, and to nobody else', async () => {
  expect((await send(at('guide'), 'GET', '/erasures')).body.items.map((each: any) => each.person).sort()).toEqual(['head', 'student-1'])
  expect((await send({ person: 'south-guide', home: 'south' }, 'GET', '/erasures')).body.items).toEqual([])
  expect((await send(at('student-2'), 'GET', '/people/student-1/erasure')).status).toBe(403)
  expect((await send({ person: 'south-guide', home: 'south' }, 'POST', '/erasures/student-1/approval', {})).status).toBe(403)
})

it('[PL-12] is acknowledged by every service, and tells the officers who is late after a day', async () => {
  for (const guide of ['guide', 'guide-2']) expect((await send(at(guide), 'POST', '/erasures/student-1/approval', {})).status).toBe(200)
  // No gateway runs here: it is the one that does not answer.
  const waiting = await eventually(
    async () => (await send(at('guide'), 'GET', '/erasures?status=erased')).body.items[0],
    (seen) => expect(seen).toMatchObject({ person: 'student-1', missing: ['gateway'] }),
  )
  expect(waiting.approvedBy).toEqual(['guide', 'guide-2'])
  for (const service of holders.filter((each) => each !== 'gateway'))
    expect(
      (await running.facts(service, 'erasure-applied-student-1')).map((fact) => fact.type),
      service,
    ).toEqual([`${service}.erasure-applied.v1`])
  expect(await typesOf('student-1')).not.toContain('erasure-overdue')
  running.advance(25 * 3_600_000)
  const overdue = await eventually(
    async () => (await running.facts('membership', 'erasure-student-1')).at(-1),
    (seen) => expect(seen?.type).toBe('membership.erasure-overdue.v1'),
  )
  expect(overdue?.data).toEqual({ person: 'student-1', missing: ['gateway'], officers: expect.arrayContaining(['guide', 'guide-2']) })
})

it('[PL-12] leaves nobody in the lists of people, and a card without name and number', async () => {
  expect((await send(at('guide'), 'GET', '/people?q=student-1')).body.items).toEqual([])
  expect((await send(at('guide'), 'GET', '/people/student-1')).body).toMatchObject({ id: 'student-1', name: null, number: null })
  const again = await send(operator, 'POST', '/people', { person: 'student-1', name: '沈甲', number: '1101', campus: 'north' })
  expect(again.body).toMatchObject({ status: 410, code: 'person-erased' })
  await running.restart()
  expect((await send(at('guide'), 'GET', '/people/student-1')).body).toMatchObject({ name: null })
})
