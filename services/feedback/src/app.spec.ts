import { activityHeld, checkedIn } from '@collegium/activities/events'
import {
  type AttendanceOfActivityRequest,
  AttendanceOfActivityResponse,
  AttendanceService,
  type AttendedRequest,
  type AttendedResponse,
} from '@collegium/proto/collegium/activities/v1/attendance.ts'
import { SatisfactionClient } from '@collegium/proto/collegium/feedback/v1/satisfaction.ts'
import { answer } from '@collegium/shared/grpc/answer.ts'
import { ask } from '@collegium/shared/grpc/client.ts'
import { newId } from '@collegium/shared/ids.ts'
import { asking } from '@collegium/shared/testing/asking.ts'
import { eventually } from '@collegium/shared/testing/eventually.ts'
import { leafOfLast, promisedIn } from '@collegium/shared/testing/evidence.ts'
import { organization } from '@collegium/shared/testing/organization.ts'
import { type As, type RunningServices, runServices } from '@collegium/shared/testing/running.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { feedback } from './app.ts'

const made = organization({
  units: { fed: null, pps: 'fed', su: 'pps', study: 'su', gufe: 'fed' },
  posts: ['head head study', 'stranger head gufe'],
  kinds: { student: ['surveys:answer'], head: ['surveys:open', 'surveys:read'] },
  policies: { 'survey.open-days': 7, 'survey.min-answers': 3 },
})

/** Activities as far as feedback knows it: what was held, and who came. */
const came = new Map<string, Set<string>>()
const attendance = {
  definition: AttendanceService,
  implementation: {
    attended: answer<AttendedRequest, AttendedResponse>(async ({ activity, person }) => ({ attended: came.get(activity)?.has(person) ?? false })),
    ofActivity: answer<AttendanceOfActivityRequest, AttendanceOfActivityResponse>(async ({ activity }) => ({
      ...AttendanceOfActivityResponse.decode(new Uint8Array()),
      exists: came.has(activity),
      status: 'held',
    })),
  },
}

const day = 86_400_000
let running: RunningServices
beforeAll(async () => {
  running = await runServices([feedback], { organization: made, answers: { activities: [attendance] } })
})
afterAll(() => running?.stop())

const who = (person: string, home = 'pps'): As => ({ person, home })
const head = who('head')
const { send } = asking('feedback', () => running)
const title = { en: 'Reading festival', zh: '读书节' }
const scores = { overall: 5, content: 4, organisation: 3 }
const reply = (person: string, survey: string, body: object = { scores }, key: string = newId(), home = 'pps') =>
  send(who(person, home), 'POST', `/surveys/${survey}/answers`, body, { 'idempotency-key': key })

/** An activity with these people is held; the survey that opens by itself. */
const held = async (activity: string, people: readonly string[]): Promise<any> => {
  came.set(activity, new Set(people))
  await running.feed(`activity-${activity}`, 'study', [
    ...people.map((person) => ({ type: checkedIn.type, data: { activity, person, grade: 'staff-scan' } })),
    { type: activityHeld.type, data: { activity, title, attended: people.length, organizers: ['head'] } },
  ])
  return eventually(async () => {
    const { body } = await send(head, 'GET', '/surveys?status=open')
    const found = body.items.find((each: any) => each.subject.id === activity)
    expect(found).toBeDefined()
    return found
  })
}
const allFacts = async (): Promise<any[]> => {
  const { rows } = await running.pool('feedback').query('select distinct stream from events')
  return (await Promise.all(rows.map((row) => running.facts('feedback', row.stream)))).flat()
}
const answersOf = async (survey: string) => (await allFacts()).filter((fact) => fact.type === 'feedback.answer-given.v1' && fact.data.survey === survey)

describe('a survey', () => {
  it('[FB-03] opens by itself when an activity was held, and waits for exactly those who attended', async () => {
    const survey = await held('festival', ['li', 'wang'])
    expect(survey).toMatchObject({ unit: 'study', title, eligible: 'attended', subject: { service: 'activities', kind: 'activity', id: 'festival' } })
    const mine = async (person: string) => (await send(who(person), 'GET', '/surveys?mine=true')).body.items.map((each: any) => each.id)
    await eventually(async () => expect(await mine('li')).toEqual([survey.id]))
    expect(await mine('zhao')).toEqual([])
    expect((await reply('li', survey.id)).status).toBe(201)
    await eventually(async () => expect(await mine('li')).toEqual([]))
    expect((await reply('zhao', survey.id)).body.code).toBe('not-eligible')
  })

  it('[FB-03] stores the answer without the person: no id, actor, correlation or exact time of it leads back', async () => {
    const survey = await held('lecture', ['li', 'guest'])
    const key = newId()
    const told = (await reply('li', survey.id, { scores, comment: 'More of it.' }, key)).body
    expect(told).toEqual({
      survey: survey.id,
      answered: true,
      position: expect.stringMatching(/^feedback\/\d+\/\d+$/),
      receipt: expect.any(String),
    })
    expect((await reply('guest', survey.id, { scores }, newId(), 'gufe')).status).toBe(201)
    const [answered] = await running.facts('feedback', `roll-${survey.id}.li`)
    const given = (await answersOf(survey.id)).find((fact) => fact.data.comment !== null)
    expect(answered).toMatchObject({ data: { survey: survey.id, person: 'li' }, unit: 'pps', actor: { person: 'li' } })
    expect(given).toMatchObject({ data: { scores, comment: 'More of it.' }, unit: 'study', actor: { person: null, post: null, system: 'feedback.answers' } })
    expect(given.occurred).toMatch(/:00:00\.000Z$/)
    const words = new Set([answered?.id, answered?.command, answered?.correlation, answered?.causation, key, 'li'])
    for (const each of [given.id, given.command, given.correlation, given.causation, given.stream]) expect(words.has(each)).toBe(false)
    expect(given.bytes).not.toContain('"li"')
    // The receipt is that of the roll, also when it is asked for again: whoever sees it learns nothing of what was said.
    expect(promisedIn(told.receipt, running.evidence.receipts.vkey)).toBe(leafOfLast(await running.facts('feedback', `roll-${survey.id}.li`)))
    expect((await reply('li', survey.id, { scores, comment: 'More of it.' }, key)).body.receipt).toBe(told.receipt)
    expect(given.bytes).not.toContain(key)
  })

  it('[FB-03] takes one answer of each, also from many at once, and never a second', async () => {
    const survey = await held('contest', ['sun'])
    const all = await Promise.all(Array.from({ length: 10 }, () => reply('sun', survey.id)))
    expect(all.map((each) => each.status).sort()).toEqual([201, ...Array(9).fill(409)])
    expect(all.filter((each) => each.status === 409).map((each) => each.body.code)).toEqual(Array(9).fill('already-answered'))
    expect(await answersOf(survey.id)).toHaveLength(1)
  })

  it('[FB-03] completes exactly once an answer that was cut off after the roll, when it is repeated with its key', async () => {
    const survey = await held('show', ['zhou'])
    const key = newId()
    // What a process that dies in between leaves: the database refuses the second step.
    const table = (change: string) => running.pool('feedback').query(`alter table events ${change}`)
    await table(`add constraint cut_off check (type <> 'feedback.answer-given.v1') not valid`)
    const cutOff = await reply('zhou', survey.id, { scores }, key).finally(() => table('drop constraint cut_off'))
    expect(cutOff.status).toBe(500)
    expect(await running.facts('feedback', `roll-${survey.id}.zhou`)).toHaveLength(1)
    expect(await answersOf(survey.id)).toHaveLength(0)

    expect((await reply('zhou', survey.id, { scores }, newId())).body.code).toBe('already-answered')
    expect((await reply('zhou', survey.id, { scores }, key)).status).toBe(201)
    expect((await reply('zhou', survey.id, { scores }, key)).status).toBe(201)
    expect(await answersOf(survey.id)).toHaveLength(1)
    expect((await reply('zhou', survey.id, { scores: { ...scores, overall: 1 } }, key)).body.code).toBe('idempotency-key-reused')
  })

  it('[FB-03] refuses wrong scores before anyone is ticked off', async () => {
    const survey = await held('debate', ['wu'])
    expect((await reply('wu', survey.id, { scores: { overall: 5 } })).body.code).toBe('wrong-questions')
    expect((await reply('wu', survey.id, { scores: { ...scores, overall: 6 } })).status).toBe(400)
    expect((await reply('wu', survey.id, { scores, person: 'wu' })).status).toBe(400)
    expect((await reply('wu', 'unknown')).body.code).toBe('unknown-survey')
    expect((await send(null, 'POST', `/surveys/${survey.id}/answers`, { scores })).status).toBe(401)
    expect((await reply('wu', survey.id)).status).toBe(201)
  })
})

describe('results', () => {
  it('[FB-03] are shown when enough have answered, by question, subject and unit, and then answer for the subject', async () => {
    const survey = await held('fair', ['a', 'b', 'c'])
    const satisfaction = () => ask(running.client(SatisfactionClient, 'feedback'), 'ofSubject', { service: 'activities', kind: 'activity', id: 'fair' })
    const results = async (holds: (body: any) => void) => eventually(async () => holds((await send(head, 'GET', `/surveys/${survey.id}/results`)).body))

    await reply('a', survey.id, { scores: { overall: 5, content: 5, organisation: 5 }, comment: 'Fine.' })
    await reply('b', survey.id, { scores: { overall: 4, content: 5, organisation: 5 } })
    await results((body) => expect(body).toMatchObject({ shown: false, answers: 2, missing: 1, questions: [], comments: [] }))
    expect(await satisfaction()).toEqual({ answers: 0, mean: 0, evidence: [] })

    await reply('c', survey.id, { scores: { overall: 4, content: 5, organisation: 5 } })
    await results((body) => expect(body).toMatchObject({ shown: true, answers: 3, missing: 0, comments: ['Fine.'] }))
    await results((body) => expect(body.questions[0]).toMatchObject({ id: 'overall', mean: 4.33, counts: [0, 0, 0, 2, 1] }))
    const known = await satisfaction()
    expect(known).toMatchObject({ answers: 3 })
    expect(known.mean).toBeCloseTo((43 / 9 - 1) / 4)
    const first = known.evidence[0]
    expect((await running.facts('feedback', first?.stream ?? ''))[(first?.version ?? 0) - 1]).toMatchObject({ type: 'feedback.answer-given.v1' })
    expect((await send(head, 'GET', '/satisfaction?subject=fair')).body).toMatchObject({ answers: 3, surveys: 1, hidden: 0 })
    expect((await send(head, 'GET', '/satisfaction?unit=su')).body.hidden).toBeGreaterThan(0)

    expect((await send(who('a'), 'GET', `/surveys/${survey.id}/results`)).status).toBe(403)
    expect((await send(who('stranger', 'gufe'), 'GET', `/surveys/${survey.id}/results`)).status).toBe(403)
    expect((await send(head, 'GET', '/surveys/unknown/results')).status).toBe(404)
  })
})

describe('the end of a survey', () => {
  it('[FB-03] is opened by an officer for everyone there, and closes by itself after the days of the policy', async () => {
    const opened = await send(head, 'POST', '/surveys', { unit: 'study', subject: { service: 'membership', kind: 'unit', id: 'study' }, title })
    expect(opened.status).toBe(201)
    expect((await send(who('li'), 'POST', '/surveys', { unit: 'study', subject: { service: 'x', kind: 'y', id: 'z' }, title })).status).toBe(403)
    expect((await reply('elsewhere', opened.body.id, { scores }, newId(), 'gufe')).body.code).toBe('not-eligible')
    expect((await reply('anyone', opened.body.id)).status).toBe(201)
    running.advance(7 * day)
    expect((await reply('late', opened.body.id)).body.code).toBe('survey-closed')
    await eventually(async () => {
      const { body } = await send(head, 'GET', '/surveys?limit=200')
      expect(body.items.map((each: any) => each.status)).toEqual(body.items.map(() => 'closed'))
    })
    const page = (await send(head, 'GET', '/surveys?limit=2')).body
    const rest = (await send(head, 'GET', `/surveys?limit=200&cursor=${page.nextCursor}`)).body
    expect([...page.items, ...rest.items]).toEqual((await send(head, 'GET', '/surveys?limit=200')).body.items)
  })
})
