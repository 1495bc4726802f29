import { activityHeld } from '@collegium/activities/events'
import {
  type AttendanceOfActivityRequest,
  AttendanceOfActivityResponse,
  AttendanceOfPersonResponse,
  AttendanceService,
} from '@collegium/proto/collegium/activities/v1/attendance.ts'
import { DutiesOfPersonResponse, DutiesOfUnitResponse, DutiesService } from '@collegium/proto/collegium/activities/v1/duties.ts'
import { SpendingOfActivityResponse, SpendingService } from '@collegium/proto/collegium/activities/v1/spending.ts'
import { StandingClient } from '@collegium/proto/collegium/assessment/v1/standing.ts'
import { OfSubjectResponse, SatisfactionService } from '@collegium/proto/collegium/feedback/v1/satisfaction.ts'
import { HoursService, OfPersonResponse } from '@collegium/proto/collegium/volunteers/v1/hours.ts'
import { answer } from '@collegium/shared/grpc/answer.ts'
import { ask } from '@collegium/shared/grpc/client.ts'
import { asking } from '@collegium/shared/testing/asking.ts'
import { eventually } from '@collegium/shared/testing/eventually.ts'
import { organization } from '@collegium/shared/testing/organization.ts'
import { type As, type RunningServices, runServices } from '@collegium/shared/testing/running.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { assessment } from './app.ts'

const made = organization({
  units: { fed: null, pps: 'fed', su: 'pps', study: 'su', gufe: 'fed' },
  posts: ['secretary secretary-general su', 'guide guidance pps', 'organizer secretary-general su', 'stranger secretary-general gufe'],
  kinds: { student: [], guidance: ['schemes:adopt'], 'secretary-general': ['schemes:draft', 'schemes:adopt', 'assessments:*'] },
  policies: { 'appointment.standing.min': 60 },
})

/** What the others know; a test may change it. */
const known = { registered: 10, attended: 8, onTime: 3, overdue: 1, budget: 1000, spent: 800, answers: 0, mean: 0, minutes: 600 }
const refs = (service: string, ...streams: string[]) => streams.map((stream) => ({ service, stream, version: 1 }))
const empty = new Uint8Array()

const duties = () => ({ assigned: 5, fulfilled: 3, onTime: known.onTime, overdue: known.overdue, evidence: refs('activities', 'duty-d') })
const activities = [
  {
    definition: AttendanceService,
    implementation: {
      ofActivity: answer<AttendanceOfActivityRequest, AttendanceOfActivityResponse>(async ({ activity }) => ({
        ...AttendanceOfActivityResponse.decode(empty),
        exists: activity === 'festival',
        unit: 'study',
        organizers: ['organizer'],
        registered: known.registered,
        attended: known.attended,
        evidence: refs('activities', 'activity-festival', 'attendance-festival.li'),
      })),
      ofPerson: answer(async () => ({
        ...AttendanceOfPersonResponse.decode(empty),
        activities: { invited: 0, registered: 0, attended: 3, absent: 1, excused: 0 },
        meetings: { invited: 4, registered: 0, attended: 3, absent: 0, excused: 1 },
        evidence: refs('activities', 'meeting-m'),
      })),
    },
  },
  {
    definition: DutiesService,
    implementation: {
      ofUnit: answer(async () => ({ ...DutiesOfUnitResponse.decode(empty), ...duties() })),
      ofPerson: answer(async () => ({ ...DutiesOfPersonResponse.decode(empty), ...duties() })),
    },
  },
  {
    definition: SpendingService,
    implementation: {
      ofActivity: answer(async () => ({
        ...SpendingOfActivityResponse.decode(empty),
        exists: true,
        budget: known.budget,
        spent: known.spent,
        evidence: refs('activities', 'activity-festival'),
      })),
    },
  },
]
const feedback = [
  {
    definition: SatisfactionService,
    implementation: {
      ofSubject: answer(async () => ({
        ...OfSubjectResponse.decode(empty),
        answers: known.answers,
        mean: known.mean,
        evidence: known.answers > 0 ? refs('feedback', 'answer-a') : [],
      })),
    },
  },
]
const volunteers = [
  {
    definition: HoursService,
    implementation: {
      ofPerson: answer(async () => ({ ...OfPersonResponse.decode(empty), minutes: known.minutes, shifts: 2, evidence: refs('volunteers', 'stint-s.o') })),
    },
  },
]

let running: RunningServices
beforeAll(async () => {
  running = await runServices([assessment], {
    organization: made,
    campuses: { organizer: 'pps', secretary: 'pps', li: 'pps', wang: 'pps' },
    answers: { activities, feedback, volunteers },
  })
})
afterAll(() => running?.stop())

const who = (person: string, home = 'pps'): As => ({ person, home })
const secretary = who('secretary')
const { send, ok, refused, read } = asking('assessment', () => running)

const name = { en: 'x', zh: '某' }
const criterion = (id: string, source: string, weight: number, from = 0, to = 1) => ({ id, name, source, weight, scale: { from, to } })
const ofActivities = [
  criterion('presence', 'attendance', 30),
  criterion('duties', 'duties', 20),
  criterion('opinion', 'satisfaction', 30),
  criterion('thrift', 'thrift', 20, 1, 0.5),
]
const period = { from: '2020-01-01T00:00:00.000Z', to: '2040-01-01T00:00:00.000Z' }
const adopted = async (subject: string, criteria: object[]): Promise<string> => {
  const { id } = await ok(secretary, '/schemes', { unit: 'su', name, subject, criteria })
  await ok(secretary, `/schemes/${id}/adoption`, { revision: 1 })
  return id
}

describe('the assessment of an activity', () => {
  it('[AS-01][AS-08] goes from a scheme to a score, and from the score over each input to the events behind it', async () => {
    const scheme = await adopted('activity', ofActivities)
    const { id } = await ok(secretary, '/assessments', { unit: 'study', subject: { kind: 'activity', id: 'festival' }, scheme, ...period })
    await ok(secretary, `/assessments/${id}/scores`, {})
    const { state } = await read(secretary, `/assessments/${id}`)
    // 30 × 0.8 + 20 × 3/4 + 20 × 0.4, of the 70 per cent that are known.
    expect(state).toMatchObject({ status: 'scored', round: 1, score: 67.14, missing: [{ criterion: 'opinion', weight: 30, why: 'no-shown-answers' }] })
    expect(await read(secretary, `/assessments/${id}/inputs/presence`)).toMatchObject({
      value: 0.8,
      evidence: [
        { stream: 'activity-festival', href: '/api/v1/trail/activities/activity-festival/1' },
        { stream: 'attendance-festival.li', href: '/api/v1/trail/activities/attendance-festival.li/1' },
      ],
    })
    expect(await read(secretary, `/assessments/${id}/inputs/opinion`)).toMatchObject({ why: 'no-shown-answers', evidence: [] })
    expect((await send(secretary, 'GET', `/assessments/${id}/inputs/other`)).body.code).toBe('unknown-criterion')

    expect((await ok(secretary, `/assessments/${id}/scores`, {})).events).toBe(0)
    Object.assign(known, { answers: 5, mean: 0.9 })
    await ok(secretary, `/assessments/${id}/scores`, {})
    Object.assign(known, { answers: 0, mean: 0 })
    expect((await read(secretary, `/assessments/${id}`)).state).toMatchObject({ round: 2, score: 74, missing: [] })
    expect(await read(secretary, `/assessments/${id}/inputs/presence?round=1`)).toMatchObject({ round: 1, score: 67.14 })
    expect((await send(secretary, 'GET', `/assessments/${id}/inputs/presence?round=3`)).body.code).toBe('not-scored')
    await eventually(async () => expect((await read(secretary, '/assessments?subject=festival')).items).toMatchObject([{ id, score: 74, round: 2 }]))
    const [{ from }] = (await read(secretary, '/assessments?subject=festival')).items
    expect((await read(secretary, `/assessments?subject=festival&from=${from}`)).items).toHaveLength(1)
    expect((await read(secretary, `/assessments?subject=festival&to=${from}`)).items).toEqual([])
  })

  it('[AS-01] is never opened or scored by its organizer, and only by who may at its unit', async () => {
    const scheme = await adopted('activity', ofActivities)
    const about = { unit: 'study', subject: { kind: 'activity', id: 'festival' }, scheme, ...period }
    expect(await refused(who('organizer'), '/assessments', about)).toEqual([403, 'own-case'])
    expect(await refused(who('stranger', 'gufe'), '/assessments', about)).toEqual([403, 'forbidden'])
    expect(await refused(secretary, '/assessments', { ...about, subject: { kind: 'activity', id: 'none' } })).toEqual([422, 'unknown-subject'])
    expect(await refused(secretary, '/assessments', { ...about, scheme: 'none' })).toEqual([422, 'unknown-scheme'])
    const { id } = await ok(secretary, '/assessments', about)
    expect(await refused(who('organizer'), `/assessments/${id}/scores`, {})).toEqual([403, 'own-case'])
    expect((await send(who('stranger', 'gufe'), 'GET', `/assessments/${id}`)).status).toBe(403)
    expect((await send(secretary, 'GET', `/assessments/${id}/inputs/presence`)).body.code).toBe('not-scored')
  })

  it('[AS-01] shows a scheme to whoever is to adopt it, without the assessments', async () => {
    const guide = who('guide')
    const { id } = await ok(secretary, '/schemes', { unit: 'su', name, subject: 'activity', criteria: ofActivities })
    await eventually(async () => expect((await read(guide, '/schemes?status=draft')).items).toMatchObject([{ id, unit: 'su' }]))
    expect((await read(guide, `/schemes/${id}`)).state.revisions[1]).toHaveLength(4)
    expect((await read(guide, '/assessments')).items).toEqual([])
    expect((await send(who('li'), 'GET', `/schemes/${id}`)).status).toBe(403)
    expect((await read(who('li'), '/schemes')).items).toEqual([])
    await ok(guide, `/schemes/${id}/adoption`, { revision: 1 })
  })

  it('[AS-01] keeps to the revision it was opened with when the scheme is revised', async () => {
    const scheme = await adopted('activity', [criterion('presence', 'attendance', 100)])
    const about = { unit: 'study', subject: { kind: 'activity', id: 'festival' }, scheme, ...period }
    const first = await ok(secretary, '/assessments', about)
    await ok(secretary, `/schemes/${scheme}/revisions`, { criteria: [criterion('thrift', 'thrift', 100, 1, 0.5)] })
    expect(await refused(secretary, '/assessments', { ...about, revision: 2 })).toEqual([409, 'not-adopted'])
    await ok(secretary, `/schemes/${scheme}/adoption`, { revision: 2 })
    const second = await ok(secretary, '/assessments', about)
    for (const { id } of [first, second]) await ok(secretary, `/assessments/${id}/scores`, {})
    expect((await read(secretary, `/assessments/${first.id}`)).state).toMatchObject({ revision: 1, score: 80 })
    expect((await read(secretary, `/assessments/${second.id}`)).state).toMatchObject({ revision: 2, score: 40 })
    await eventually(async () =>
      expect((await read(secretary, '/schemes?status=adopted')).items.find((each: any) => each.id === scheme)).toMatchObject({ revision: 2, adopted: 2 }),
    )
  })
})

describe('the assessment of an organizer', () => {
  it('[AS-08] takes attendance, duties, hours, and what was thought and spent on their activities; it tells their standing', async () => {
    await running.feed('activity-festival', 'study', [
      { type: activityHeld.type, data: { activity: 'festival', title: name, attended: 8, organizers: ['organizer'] } },
    ])
    const criteria = [...ofActivities.slice(0, 3), criterion('thrift', 'thrift', 10, 1, 0.5), criterion('hours', 'hours', 10, 0, 20)]
    const scheme = await adopted('person', criteria)
    const { id } = await ok(secretary, '/assessments', { unit: 'su', subject: { kind: 'person', id: 'organizer' }, scheme, ...period })
    const standing = () => ask(running.client(StandingClient, 'assessment'), 'ofPerson', { person: 'organizer' })
    expect(await standing()).toEqual({ hasScore: false, latestScore: 0, assessment: '', goodStanding: true })

    Object.assign(known, { answers: 5, mean: 0.5 })
    await eventually(async () => {
      await ok(secretary, `/assessments/${id}/scores`, {})
      expect((await read(secretary, `/assessments/${id}`)).state.missing).toEqual([])
    })
    // 30 × 6/7 + 20 × 3/4 + 30 × 0.5 + 10 × 0.4 + 10 × 10/20
    const { state } = await read(secretary, `/assessments/${id}`)
    expect(state.score).toBe(64.71)
    expect(state.inputs.find((each: any) => each.criterion === 'hours')).toMatchObject({
      value: 10,
      evidence: [{ service: 'volunteers', stream: 'stint-s.o', version: 1 }],
    })
    await eventually(async () => expect(await standing()).toEqual({ hasScore: true, latestScore: 64.71, assessment: id, goodStanding: true }))

    Object.assign(known, { onTime: 0, minutes: 0 })
    await ok(secretary, `/assessments/${id}/scores`, {})
    await eventually(async () => expect(await standing()).toMatchObject({ latestScore: 44.71, goodStanding: false }))
    Object.assign(known, { onTime: 3, minutes: 600, answers: 0, mean: 0 })
  })

  it('[AS-08] is read by the person without a permission, and by no other student', async () => {
    const [own] = (await read(who('organizer'), '/assessments?kind=person')).items
    expect(own.subject).toEqual({ kind: 'person', id: 'organizer' })
    expect((await read(who('li'), '/assessments')).items).toEqual([])
    expect((await send(who('li'), 'GET', `/assessments/${own.id}/inputs/duties`)).status).toBe(403)
    expect(await refused(who('organizer'), `/assessments/${own.id}/scores`, {})).toEqual([403, 'own-case'])
  })

  it('[AS-08] opens whole for whoever is assessed: score, inputs, criteria by name, history; stays closed to others and to tokens of programs', async () => {
    const [wang, li] = [who('wang'), who('li')]
    const scheme = await adopted('person', [criterion('hours', 'hours', 100, 0, 20)])
    const { id } = await ok(secretary, '/assessments', { unit: 'su', subject: { kind: 'person', id: 'wang' }, scheme, ...period })
    await ok(secretary, `/assessments/${id}/scores`, {})
    await eventually(async () => expect((await read(wang, '/assessments')).items).toMatchObject([{ id, score: 50 }]))
    expect((await read(wang, `/assessments/${id}`)).state).toMatchObject({ status: 'scored', score: 50, inputs: [{ criterion: 'hours', value: 10 }] })
    expect((await read(wang, `/assessments/${id}/criteria`)).criteria).toMatchObject([{ id: 'hours', name, weight: 100 }])
    expect((await read(wang, `/assessments/${id}/history`)).items).toHaveLength(2)
    expect((await read(wang, `/assessments/${id}/inputs/hours`)).evidence).toHaveLength(1)
    for (const path of ['', '/criteria', '/history', '/inputs/hours']) {
      expect((await send(li, 'GET', `/assessments/${id}${path}`)).body).toMatchObject({
        code: 'forbidden',
        params: { permission: 'assessments:read', unit: 'su' },
      })
      expect((await send({ ...wang, scope: ['directory:read'] }, 'GET', `/assessments/${id}${path}`)).status).toBe(403)
    }
    expect((await send(wang, 'GET', '/assessments/nothing/criteria')).status).toBe(404)
    expect(await refused(wang, `/assessments/${id}/scores`, {})).toEqual([403, 'forbidden'])
  })
})
