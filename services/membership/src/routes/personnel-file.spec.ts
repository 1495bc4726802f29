import { readFileSync } from 'node:fs'
import { DutiesService } from '@collegium/proto/collegium/activities/v1/duties.ts'
import { answer } from '@collegium/shared/grpc/answer.ts'
import { type As, operator, type RunningServices, runServices } from '@collegium/shared/testing/running.ts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { membership } from '../app.ts'

const federation = readFileSync(new URL('../../../../tests/journeys/federation.yaml', import.meta.url), 'utf8')
const yaml = { 'content-type': 'application/yaml' }
const guide: As = { person: 'guide', home: 'north' }
const student: As = { person: 'student-1', home: 'north' }
const why = (reason: string) => ({ 'collegium-reason': encodeURIComponent(reason) })

let running: RunningServices
const send = (as: As, url: string, headers?: Record<string, string>) => running.send(as, 'membership', 'GET', url, undefined, headers)
const readsOf = async (person: string) => running.facts('membership', `personnel-file-reads-${person}`)

beforeAll(async () => {
  running = await runServices([membership], {
    answers: {
      activities: [
        {
          definition: DutiesService,
          implementation: { ofPerson: answer(async () => ({ assigned: 0, fulfilled: 0, onTime: 0, overdue: 0, evidence: [] })) } as never,
        },
      ],
    },
  })
  expect((await running.send(operator, 'membership', 'POST', '/imports', federation, yaml)).status).toBe(201)
}, 60_000)
afterAll(() => running?.stop())

it('[PL-13] [MB-11] opens a file with permission and reason only, and tells the person who read it, when, under which post and why', async () => {
  expect((await send(guide, '/people/student-1/file')).body).toMatchObject({ status: 422, code: 'reason-needed' })
  expect((await send({ person: 'student-2', home: 'north' }, '/people/student-1/file', why('curious'))).body).toMatchObject({ status: 403, code: 'forbidden' })
  expect((await send({ person: 'guide', home: 'north' }, '/people/nobody/file', why('look'))).status).toBe(404)
  expect(await readsOf('student-1')).toEqual([])

  const opened = await send(guide, '/people/student-1/file', why('任命前核查 · before an appointment'))
  expect(opened).toMatchObject({ status: 200, body: { card: { id: 'student-1', name: '沈甲', number: '1101' }, cases: [] } })
  expect(await readsOf('student-1')).toMatchObject([
    {
      type: 'membership.record-read.v1',
      actor: { person: 'guide', post: { kind: 'guidance', unit: 'north' } },
      data: { record: 'personnel-file', person: 'student-1' },
    },
  ])

  const readers = await send(student, '/people/student-1/file/readers')
  expect(readers.body.items).toEqual([
    {
      at: expect.any(String),
      reader: 'guide',
      name: '郑七步',
      system: null,
      post: { kind: 'guidance', unit: 'north' },
      reason: '任命前核查 · before an appointment',
    },
  ])
  expect((await send({ person: 'student-2', home: 'north' }, '/people/student-1/file/readers')).status).toBe(403)
})

it('[PL-13] [MB-11] shows people their own file without a reason, also that on record, with their posts and cases', async () => {
  const own = await send({ person: 'head', home: 'north' }, '/people/head/file')
  expect(own.body.card.posts.length).toBeGreaterThan(0)
  expect(own.body.cases[0]).toMatchObject({ status: 'held', kind: 'head' })
  expect(await readsOf('head')).toMatchObject([{ actor: { person: 'head', post: null }, data: { reason: null } }])
})

it('[PL-13] tells who can see a file: the posts that permit it there, and who holds them', async () => {
  const { body } = await send(student, '/people/student-1/file/access')
  expect(body).toMatchObject({ permission: 'people:read-file', unit: 'north' })
  expect(body.posts).toEqual(expect.arrayContaining([{ kind: 'guidance', unit: 'north', person: 'guide', name: '郑七步' }]))
  expect(body.posts.every((post: { kind: string }) => post.kind === 'guidance')).toBe(true)
  expect((await send({ person: 'student-2', home: 'north' }, '/people/student-1/file/access')).status).toBe(403)
})

it('[PL-13] keeps why a file was opened as the secret of the person it is about', async () => {
  const { rows } = await running.pool('membership').query("select bytes from events where type = 'membership.record-read.v1'")
  expect(rows.length).toBeGreaterThan(0)
  for (const { bytes } of rows) expect(bytes).not.toContain('before an appointment')
})

it('[PL-13] of a thousand reads at random each is stored before its answer', async () => {
  const people = ['student-1', 'student-2', 'vol-1', 'vol-2', 'vol-3', 'candidate', 'head', 'officer']
  const pool = running.pool('membership')
  let done = 0
  const stored = async (reason: string): Promise<number> =>
    (await pool.query("select count(*)::int from events where type = 'membership.record-read.v1' and bytes like $1", [`%"correlation":"${reason}"%`])).rows[0]
      .count
  const reader = async (lane: number) => {
    for (let round = 0; round < 50; round++) {
      const person = people[(lane * 7 + round * 3) % people.length] as string
      const trace = `${String(lane).padStart(16, 'a')}${String(round).padStart(16, 'b')}`
      const answered = await running.app('membership').inject({
        method: 'GET',
        url: `/people/${person}/file`,
        headers: {
          authorization: `Bearer ${running.token({ person: 'guide', home: 'north' })}`,
          ...why(`read ${lane}.${round}`),
          traceparent: `00-${trace}-00f067aa0ba902b7-01`,
        },
      })
      expect(answered.statusCode).toBe(200)
      expect(await stored(trace)).toBe(1)
      done++
    }
  }
  await Promise.all(Array.from({ length: 20 }, (_, lane) => reader(lane)))
  expect(done).toBe(1_000)
}, 60_000)

it('[PL-13] refuses every read that it cannot write down, and answers again when it can', async () => {
  const pool = running.pool('membership')
  await pool.query("create function broken() returns trigger language plpgsql as $$ begin raise exception 'no space left' using errcode = '53100'; end $$")
  await pool.query("create trigger broken before insert on events for each row when (new.type = 'membership.record-read.v1') execute function broken()")
  const refused = await Promise.all(['student-1', 'student-2', 'vol-1'].map((person) => send(guide, `/people/${person}/file`, why('store is down'))))
  for (const each of refused) {
    expect(each.body).toMatchObject({ status: 503, code: 'read-not-recorded' })
    expect(JSON.stringify(each.body)).not.toContain('沈甲')
  }
  await pool.query('drop trigger broken on events')
  expect((await send(guide, '/people/student-1/file', why('store is back'))).status).toBe(200)
}, 40_000)
