import { generateKeyPairSync, sign } from 'node:crypto'
import { AttendanceClient } from '@collegium/proto/collegium/activities/v1/attendance.ts'
import { DutiesClient } from '@collegium/proto/collegium/activities/v1/duties.ts'
import { SpendingClient } from '@collegium/proto/collegium/activities/v1/spending.ts'
import { ask } from '@collegium/shared/grpc/client.ts'
import { eventually } from '@collegium/shared/testing/eventually.ts'
import { leafOfLast, promisedIn } from '@collegium/shared/testing/evidence.ts'
import { organization } from '@collegium/shared/testing/organization.ts'
import { type RunningServices, runServices } from '@collegium/shared/testing/running.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { activities } from './app.ts'
import { signedText } from './door-scan.ts'

const made = organization({
  units: { fed: null, pps: 'fed', su: 'pps', study: 'su', gufe: 'fed' },
  posts: ['head head study', 'aide aide study', 'president president su', 'stranger president gufe'],
  kinds: {
    student: ['activities:read', 'activities:register', 'activities:attend', 'meetings:attend', 'duties:work'],
    aide: ['duties:work'],
    head: ['activities:propose', 'activities:run', 'activities:check-in', 'activities:register-others', 'registrations:read', 'duties:read'],
    president: ['activities:*', 'meetings:*', 'duties:*'],
  },
  policies: { 'check-in.opens-before.minutes': 60, 'duty.reminder.days-before': 3, 'activity-summary.due-days': 14 },
})
const hour = 3_600_000
const day = 24 * hour

let running: RunningServices
beforeAll(async () => {
  running = await runServices([activities], { organization: made })
})
afterAll(() => running?.stop())

const student =
  (person: string, home = 'pps') =>
  (method: 'GET' | 'POST', path: string, body?: object) =>
    running.send({ person, home }, 'activities', method, path, body)
const [head, president] = [student('head'), student('president')]

const from = (milliseconds: number): string => new Date(Date.parse(running.now()) + milliseconds).toISOString()
const ok = async (answer: Promise<{ status: number; body: any }>): Promise<any> => {
  const { status, body } = await answer
  expect(status, JSON.stringify(body)).toBeLessThan(300)
  return body
}

/** An activity that began ten minutes ago and takes registrations. */
const registering = async (capacity: number, more: object = {}): Promise<string> => {
  const { id } = await ok(
    head('POST', '/activities', {
      unit: 'study',
      title: { en: 'Reading festival', zh: '读书节' },
      theme: '阅读',
      plan: '展览',
      risks: '人群',
      budget: 100_000,
      major: false,
      venue: '图书馆',
      startsAt: from(-hour / 6),
      endsAt: from(4 * hour),
      capacity,
      openTo: 'campus',
      kind: 'festival',
      organizers: ['head'],
      ...more,
    }),
  )
  await ok(president('POST', `/activities/${id}/approval`, {}))
  await ok(head('POST', `/activities/${id}/announcement`, {}))
  await ok(head('POST', `/activities/${id}/registration`, { until: from(3 * hour) }))
  return id
}
const listed = async (id: string) => (await president('GET', '/activities?unit=su')).body.items.find((item: { id: string }) => item.id === id)

describe('registration on a real Postgres', () => {
  it('[AC-02] a hundred callers at once fill the places exactly; the rest wait in line', async () => {
    const id = await registering(30)
    const callers = Array.from({ length: 100 }, (_, index) => `p-${index}`)
    const answers = await Promise.all(callers.map((person) => student(person)('POST', '/registrations', { activity: id })))
    expect(answers.filter(({ status }) => status >= 300)).toEqual([])
    const { body } = await head('GET', `/registrations/${id}`)
    expect(body.state.taken).toBe(30)
    expect(Object.keys(body.state.places)).toHaveLength(30)
    expect(new Set([...Object.keys(body.state.places), ...body.state.waiting])).toEqual(new Set(callers))
    await eventually(async () => expect(await listed(id)).toMatchObject({ registered: 30, waiting: 70 }))

    const first = body.state.waiting[0]
    const [leaving] = Object.keys(body.state.places) as [string]
    await ok(student(leaving)('POST', '/registrations/cancellations', { activity: id }))
    expect((await head('GET', `/registrations/${id}`)).body.state).toMatchObject({ taken: 30, places: { [first]: true } })

    await ok(head('POST', `/activities/${id}/registration`, { until: from(3 * hour), capacity: 40 }))
    await eventually(async () => expect(await listed(id)).toMatchObject({ registered: 40, waiting: 59 }))
  })

  it('[AC-02] [PL-08] a sibling campus is refused, and an activity that is not there', async () => {
    const id = await registering(5)
    expect((await student('p-1', 'gufe')('POST', '/registrations', { activity: id })).body).toMatchObject({ status: 403, code: 'not-eligible' })
    expect((await student('p-1', 'gufe')('GET', `/activities/${id}`)).body).toMatchObject({ code: 'forbidden' })
    expect((await student('p-1')('POST', '/registrations', { activity: 'nowhere' })).body).toMatchObject({ status: 404, code: 'activity-not-there' })
    expect((await student('p-1')('POST', '/registrations/desk', { activity: id, person: 'p-2' })).status).toBe(403)
  })

  it('[AC-02] what is open to the federation is found, registered for and attended from a sibling campus', async () => {
    const [id, own] = [await registering(5, { openTo: 'federation' }), await registering(5)]
    const visitor = student('p-visitor', 'gufe')
    const { items } = await ok(visitor('GET', '/activities'))
    expect(items.map((item: { id: string }) => item.id)).toContain(id)
    expect(items.map((item: { id: string }) => item.id)).not.toContain(own)
    const called = async (q: string) => (await ok(visitor('GET', `/activities?q=${encodeURIComponent(q)}`))).items.map((item: { id: string }) => item.id)
    expect([await called('读书'), await called('READING'), await called('100%'), await called('tea')]).toEqual([[id], [id], [], []])
    await ok(visitor('POST', '/registrations', { activity: id }))
    const { code } = await ok(head('GET', `/activities/${id}/code`))
    await ok(visitor('POST', '/attendances', { activity: id, code }))
    expect((await head('GET', `/attendances/${id}.p-visitor`)).body.state).toMatchObject({ status: 'present', grade: 'rotating-code' })
  })

  it('[AC-02] somebody sees what is open to them, where they stand in the line, and moves up in it', async () => {
    const id = await registering(1)
    const elsewhere = await registering(5, { openTo: 'federation' })
    const [first, second, third] = ['ann', 'ben', 'cai'].map((person) => student(person)) as [
      ReturnType<typeof student>,
      ReturnType<typeof student>,
      ReturnType<typeof student>,
    ]
    const stranger = student('dan', 'gufe')
    for (const each of [first, second, third]) await ok(each('POST', '/registrations', { activity: id }))
    const own = async (who: typeof first) => (await ok(who('GET', `/registrations?activity=${id}`))).items[0]
    expect((await ok(second('GET', `/registrations?activity=${elsewhere}`))).items).toEqual([])
    expect([(await own(first)).registration, (await own(second)).line, (await own(third)).line]).toEqual(['registered', 1, 2])
    await ok(first('POST', '/registrations/cancellations', { activity: id }))
    expect([await own(first), (await own(second)).registration, (await own(third)).line]).toEqual([undefined, 'registered', 1])
    const offered = async (who: typeof first): Promise<Record<string, string | null>> =>
      Object.fromEntries((await ok(who('GET', '/activities/open?limit=200'))).items.map((row: { id: string; mine: string | null }) => [row.id, row.mine]))
    expect(await offered(third)).toMatchObject({ [id]: 'waiting', [elsewhere]: null })
    const there = await offered(stranger)
    expect([there[elsewhere], id in there]).toEqual([null, false])
  })
})

describe('[AC-01] the page of an activity on a real Postgres', () => {
  it('gets everything at once: counts, money by receipt, the summary that it owes; not from another campus', async () => {
    const id = await registering(5)
    await ok(student('p-1')('POST', '/registrations', { activity: id }))
    await ok(head('POST', `/activities/${id}/spendings`, { amount: 2_000, receipt: 'R-7' }))
    const before = await eventually(async () => {
      const seen = await ok(head('GET', `/activities/${id}/overview`))
      expect(seen).toMatchObject({ registered: 1, spendings: [{ receipt: 'R-7', amount: 2_000 }] })
      return seen
    })
    expect(before).toMatchObject({ unit: 'study', status: 'registering', theme: '阅读', proposer: 'head', spent: 2_000, summary: null, version: 5 })
    await ok(head('POST', `/activities/${id}/holding`, {}))
    await eventually(async () =>
      expect(await ok(head('GET', `/activities/${id}/overview`))).toMatchObject({ status: 'held', summary: { owner: 'head', status: 'open' } }),
    )
    expect((await student('p-1', 'gufe')('GET', `/activities/${id}/overview`)).body).toMatchObject({ code: 'forbidden' })
    expect((await head('GET', '/activities/nowhere/overview')).body).toMatchObject({ code: 'activity-not-there' })
  })
})

describe('check-in on a real Postgres', () => {
  it('[AC-02] takes the code that is shown, once, and says why another is not taken', async () => {
    const [id, other] = [await registering(5), await registering(5)]
    for (const person of ['p-1', 'p-2', 'p-3']) await ok(student(person)('POST', '/registrations', { activity: id }))
    expect((await student('p-1')('GET', `/activities/${id}/code`)).status).toBe(403)
    const shown = await ok(head('GET', `/activities/${id}/code`))
    const foreign = await ok(head('GET', `/activities/${other}/code`))
    const refused = async (person: string, code: string) => (await student(person)('POST', '/attendances', { activity: id, code })).body.code
    await eventually(async () => expect(await refused('p-1', foreign.code)).toBe('code-of-another-activity'))
    expect(await refused('p-1', foreign.payload)).toBe('code-of-another-activity')
    expect(await refused('p-1', 'ZZZZZZZZ')).toBe('code-wrong')
    expect(await refused('p-9', shown.code)).toBe('not-registered')

    const twice = await Promise.all([1, 2].map(() => ok(student('p-1')('POST', '/attendances', { activity: id, code: shown.payload }))))
    expect(twice.map((each) => each.events).sort()).toEqual([0, 1])
    await ok(head('POST', '/attendances/scans', { activity: id, person: 'p-2' }))
    running.advance(61_000)
    expect(await refused('p-3', shown.code)).toBe('code-expired')

    await eventually(async () =>
      expect((await head('GET', `/activities/${id}/attendees?state=attended`)).body.items).toMatchObject([
        { person: 'p-1', registration: 'registered', grade: 'rotating-code' },
        { person: 'p-2', grade: 'staff-scan' },
      ]),
    )
    await ok(head('POST', `/activities/${id}/holding`, {}))
    expect((await head('GET', `/activities/${id}`)).body.state).toMatchObject({ status: 'held', attended: 2 })
    await ok(head('POST', `/activities/${id}/closing`, {}))
    expect(await refused('p-3', 'ZZZZZZZZ')).toBe('check-in-closed')
    expect((await head('GET', `/activities/${id}/code`)).body.code).toBe('check-in-closed')
    // The trail, the feed and the topics tell what history holds: how somebody checked in, and of no code which it was.
    const { rows } = await running.pool('activities').query<{ bytes: string }>('select bytes from events')
    const history = rows.map(({ bytes }) => bytes).join()
    expect(history).toContain('rotating-code')
    for (const each of [shown, foreign]) expect(history).not.toContain(each.code)
  })
})

describe('[AC-02] the door without a network on a real Postgres', () => {
  /** A device of somebody: its key, registered at the door, and how it signs. */
  const device = async (as: typeof head, activity: string) => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const { x, y } = publicKey.export({ format: 'jwk' }) as { x: string; y: string }
    const key = Buffer.concat([Buffer.from([4]), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]).toString('base64url')
    const registered = await ok(as('POST', '/door-keys', { activity, key }))
    const scan = (number: string, person: string, at: string) => {
      const text = signedText({ activity, person, at, scan: number })
      return { scan: number, person, at, signature: sign('sha256', Buffer.from(text), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url') }
    }
    const send = async (scans: readonly object[]) => (await ok(as('POST', '/attendances/offline-scans/batches', { activity, key: registered.id, scans }))).items
    return { id: registered.id as string, scan, send }
  }

  it('takes what two devices signed: each person once, by the device’s clock and the server’s, each refusal with its reason', async () => {
    const id = await registering(10)
    for (const person of ['p-1', 'p-2', 'p-3', 'p-4']) await ok(student(person)('POST', '/registrations', { activity: id }))
    const { people, now } = await eventually(async () => {
      const list = await ok(head('GET', `/activities/${id}/door`))
      expect(list.people.map(({ person, state }: { person: string; state: string }) => [person, state])).toEqual(
        ['p-1', 'p-2', 'p-3', 'p-4'].map((each) => [each, 'registered']),
      )
      return list
    })
    expect(people[0]).toMatchObject({ name: null, grade: null })
    const [first, second] = [await device(head, id), await device(president, id)]
    running.advance(600_000)
    const at = from(-300_000)
    const scans = [
      first.scan('a-1', 'p-1', at),
      first.scan('a-2', 'p-2', at),
      { ...first.scan('a-3', 'p-3', at), person: 'p-4' },
      first.scan('a-4', 'p-3', '2026-01-01T00:00:00.000Z'),
      first.scan('a-5', 'p-9', at),
      first.scan('a-6', 'p-3', from(60_000)),
    ]
    const outcomes = (items: { outcome: string; code: string | null }[]) => items.map(({ outcome, code }) => code ?? outcome)
    expect(now < at).toBe(true)
    const judged = await first.send(scans)
    expect(promisedIn(judged[0].receipt, running.evidence.receipts.vkey)).toBe(leafOfLast(await running.facts('activities', `attendance-${id}.p-1`)))
    expect(judged.map((each: { receipt: string | null }) => each.receipt === null)).toEqual([false, false, true, true, true, true])
    expect(outcomes(judged)).toEqual(['counted', 'counted', 'scan-forged', 'scan-before-key', 'not-registered', 'occurred-ahead'])
    expect(outcomes(await first.send(scans.slice(0, 2)))).toEqual(['known', 'known'])
    expect(outcomes(await second.send([second.scan('b-1', 'p-2', at), second.scan('b-2', 'p-4', at)]))).toEqual(['known', 'counted'])
    expect(
      outcomes(
        (await ok(president('POST', '/attendances/offline-scans/batches', { activity: id, key: first.id, scans: [first.scan('a-7', 'p-3', at)] }))).items,
      ),
    ).toEqual(['door-key-of-another'])
    expect((await student('p-1')('POST', '/attendances/offline-scans/batches', { activity: id, key: first.id, scans })).status).toBe(403)

    const [fact, ...more] = await running.facts('activities', `attendance-${id}.p-2`)
    expect(more).toEqual([])
    expect(fact).toMatchObject({
      type: 'activities.checked-in.v2',
      occurred: at,
      actor: { person: 'head', post: { kind: 'head' } },
      data: { grade: 'staff-scan-offline' },
    })
    expect(Date.parse(fact?.recorded as string)).toBeGreaterThan(Date.parse(at))
    await eventually(async () => expect(await listed(id)).toMatchObject({ attended: 3 }))
  })
})

describe('follow-up on a real Postgres', () => {
  it('[PL-03] [AC-04] a duty that the union owes is said done by its owner, under a post in a department below; by nobody else', async () => {
    const owed = async (owner: string): Promise<string> =>
      (await ok(president('POST', '/duties', { unit: 'su', title: '提交方案', owner, due: from(400 * day) }))).id
    // None of them is a student here: what they may do comes from a post.
    const by = (person: string) => (method: 'GET' | 'POST', path: string, body?: object) => running.send({ person }, 'activities', method, path, body)
    const id = await owed('aide')
    expect((await by('aide')('GET', `/duties/${id}`)).body.state).toMatchObject({ owner: 'aide' })
    await ok(by('aide')('POST', `/duties/${id}/progress`, { note: '写了一半' }))
    expect((await by('head')('POST', `/duties/${id}/fulfilment`, {})).body).toMatchObject({
      status: 403,
      code: 'forbidden',
      params: { permission: 'duties:work', unit: 'su' },
    })
    expect((await president('POST', `/duties/${id}/fulfilment`, {})).body).toMatchObject({ status: 403, code: 'not-the-owner' })
    expect((await by('aide')('POST', `/duties/${id}/confirmation`, {})).body).toMatchObject({ status: 403, code: 'forbidden' })
    await ok(by('aide')('POST', `/duties/${id}/fulfilment`, {}))
    const fulfilled = (await running.facts('activities', `duty-${id}`)).at(-1)
    expect(fulfilled).toMatchObject({
      type: 'activities.duty-fulfilled.v1',
      data: { by: 'owner' },
      actor: { person: 'aide', post: { kind: 'aide', unit: 'study' } },
    })

    // Whoever owes it and follows it up as well says it done; they never confirm it.
    const own = await owed('president')
    expect((await president('POST', `/duties/${own}/confirmation`, {})).body).toMatchObject({ status: 403, code: 'own-duty' })
    // Without a post that works on duties, being the owner is not enough.
    const lost = await owed('nobody')
    expect((await by('nobody')('POST', `/duties/${lost}/fulfilment`, {})).body).toMatchObject({ status: 403, code: 'forbidden' })
  })

  const factsOf = async (id: string): Promise<string[]> => (await running.facts('activities', `duty-${id}`)).map((fact) => fact.type.split('.')[1] as string)

  it('[AC-04] [PL-03] a resolution becomes a duty: reminded once, escalated once to the post above, across restarts', async () => {
    const title = { en: 'Presidium', zh: '主席团会议' }
    const called = { unit: 'study', title, kind: 'presidium', at: from(hour), agenda: ['计划'], invited: ['head'], chair: 'president' }
    const { id } = await ok(president('POST', '/meetings', called))
    await ok(student('head')('POST', `/meetings/${id}/sign-in`, {}))
    await ok(president('POST', `/meetings/${id}/opening`, {}))
    const duties = [
      { title: '提交方案', owner: 'head', due: from(10 * day) },
      { title: '邀请嘉宾', owner: 'head', due: from(10 * day) },
    ]
    await ok(president('POST', `/meetings/${id}/resolutions`, { text: '举办读书节', duties }))
    const [late, done] = [`${id}.r1.d1`, `${id}.r1.d2`]
    await eventually(async () => expect(await factsOf(done)).toEqual(['duty-assigned']))
    await eventually(async () => expect(await factsOf(late)).toEqual(['duty-assigned']))
    await ok(student('head')('POST', `/duties/${done}/fulfilment`, {}))

    running.advance(8 * day)
    await eventually(async () => expect(await factsOf(late)).toEqual(['duty-assigned', 'duty-reminded']))
    await running.restart()
    running.advance(3 * day)
    await eventually(async () => expect(await factsOf(late)).toEqual(['duty-assigned', 'duty-reminded', 'duty-escalated']))
    await running.restart()
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    expect(await factsOf(late)).toEqual(['duty-assigned', 'duty-reminded', 'duty-escalated'])
    expect(await factsOf(done)).toEqual(['duty-assigned', 'duty-fulfilled'])
    expect((await head('GET', `/duties/${late}`)).body.state).toMatchObject({ escalatedTo: 'president' })

    await eventually(async () =>
      expect((await president('GET', '/duties?state=overdue&unit=su')).body.items).toMatchObject([
        { id: late, owner: 'head', state: 'overdue', escalatedTo: 'president', sourceId: id },
      ]),
    )
    expect((await student('p-1')('GET', '/duties')).body.items).toEqual([])
    expect((await student('head')('GET', '/duties?owner=me')).body.items.map((item: { id: string }) => item.id)).toContain(late)
  })

  it('[PL-03] [DC-07] a held activity owes its summary; a duty that waits for a fact of this service ends with it', async () => {
    const id = await registering(5)
    const waiting = { unit: 'study', title: '举办活动', owner: 'head', due: from(10 * day), fulfilledBy: { event: 'activities.activity-held.v1', about: id } }
    const assigned = await ok(president('POST', '/duties', waiting))
    await ok(head('POST', `/activities/${id}/holding`, {}))
    await eventually(async () => expect(await factsOf(assigned.id)).toEqual(['duty-assigned', 'duty-fulfilled']))
    const [, ended] = await running.facts('activities', `duty-${assigned.id}`)
    expect(ended?.data).toMatchObject({ by: 'activities.activity-held.v1', onTime: true, evidence: { service: 'activities', stream: `activity-${id}` } })
    await eventually(async () => expect(await factsOf(`summary.${id}`)).toEqual(['duty-assigned']))
    const named = async () => new Map((await president('GET', '/duties?unit=study&limit=200')).body.items.map((row: any) => [row.id, row.name]))
    await eventually(async () =>
      expect((await named()).get(`summary.${id}`)).toEqual({ en: expect.stringMatching(/^Summary: /), zh: expect.stringMatching(/^总结：/) }),
    )
    expect((await named()).get(assigned.id)).toBeNull()
  })
})

describe('meetings on a real Postgres', () => {
  it('[AC-03] keep who came, and the reason for leave only for those who may read the meeting', async () => {
    const title = { en: 'Heads', zh: '部长会议' }
    const called = { unit: 'study', title, kind: 'department', at: running.now(), agenda: ['计划'], invited: ['head', 'p-1', 'p-2'], chair: 'president' }
    const { id } = await ok(president('POST', '/meetings', called))
    await ok(student('p-1')('POST', `/meetings/${id}/leave`, { reason: '考试' }))
    expect((await student('p-1')('POST', `/meetings/${id}/leave-grants`, { person: 'p-1' })).status).toBe(403)
    await ok(president('POST', `/meetings/${id}/leave-grants`, { person: 'p-1' }))
    await ok(president('POST', `/meetings/${id}/sign-in-sheet`, { persons: ['head', 'president'] }))
    await ok(president('POST', `/meetings/${id}/opening`, {}))
    await ok(president('POST', `/meetings/${id}/closing`, {}))
    const mine = async () => (await student('p-2')('GET', '/meetings')).body.items
    await eventually(async () => expect(await mine()).toMatchObject([{ id, invited: 4, present: 2, mine: 'absent', status: 'closed' }]))
    expect(
      (await president('GET', `/meetings/${id}/history`)).body.items.find((fact: { type: string }) => fact.type.includes('leave-requested')).data.reason,
    ).toBe('考试')
    expect((await student('p-2')('GET', `/meetings/${id}/history`)).status).toBe(403)
  })
})

describe('answers to other services', () => {
  it('[AS-08] carry numbers and the facts behind them', async () => {
    const [start, end] = [from(-day), from(30 * day)]
    const id = await registering(5)
    for (const person of ['a-1', 'a-2']) await ok(student(person)('POST', '/registrations', { activity: id }))
    await ok(head('POST', '/attendances/scans', { activity: id, person: 'a-1' }))
    await ok(head('POST', `/activities/${id}/spendings`, { amount: 30_000, receipt: 'R-1' }))
    await ok(head('POST', `/activities/${id}/holding`, {}))
    await eventually(async () => expect(await listed(id)).toMatchObject({ status: 'held', attended: 1, spent: 30_000 }))

    const attendance = running.client(AttendanceClient, 'activities')
    expect(await ask(attendance, 'ofActivity', { activity: id })).toMatchObject({
      exists: true,
      status: 'held',
      registered: 2,
      attended: 1,
      organizers: ['head'],
    })
    expect(await ask(attendance, 'attended', { activity: id, person: 'a-1' })).toEqual({ attended: true })
    expect(await ask(attendance, 'attended', { activity: id, person: 'a-2' })).toEqual({ attended: false })
    const came = await ask(attendance, 'ofPerson', { person: 'a-1', from: start, to: end })
    expect(came).toMatchObject({
      activities: { registered: 1, attended: 1, absent: 0 },
      evidence: [{ service: 'activities', stream: `attendance-${id}.a-1`, version: 1 }],
    })
    expect(await ask(attendance, 'ofPerson', { person: 'a-2', from: start, to: end })).toMatchObject({
      activities: { registered: 1, attended: 0, absent: 1 },
    })
    const spending = await ask(running.client(SpendingClient, 'activities'), 'ofActivity', { activity: id })
    expect(spending).toMatchObject({ exists: true, budget: 100_000, spent: 30_000 })
    const behind = (await running.facts('activities', `activity-${id}`)).filter((fact) => spending.evidence.some((each) => each.version === fact.version))
    expect(behind.map((fact) => fact.type)).toEqual(['activities.activity-proposed.v1', 'activities.spending-recorded.v1'])

    const duties = running.client(DutiesClient, 'activities')
    const owed = await eventually(async () => {
      const owing = await ask(duties, 'ofPerson', { person: 'head', from: start, to: end })
      expect(owing.evidence.map((each) => each.stream)).toContain(`duty-summary.${id}`)
      return owing
    })
    expect(owed.assigned).toBe(owed.evidence.length)
    expect(await ask(duties, 'ofUnit', { unit: 'su', from: start, to: end })).toMatchObject({ assigned: owed.assigned })
    expect(await ask(running.client(SpendingClient, 'activities'), 'ofActivity', { activity: 'nowhere' })).toMatchObject({ exists: false })
  })
})
