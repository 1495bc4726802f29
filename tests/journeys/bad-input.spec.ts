import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse, stringify } from 'yaml'
import type { Client } from '../kit/client.ts'
import { startCollegium } from '../kit/collegium.ts'
import { holesIn, publishedFacts } from './feed.ts'
import { openedActivity, proposalOf } from './opened.ts'
import { eventually, factsOf, federation, inHours, occurred, ok, openAccounts, refused, type Scene, sceneOf, yaml } from './scene.ts'

/** As many callers as rush for an activity with ten places. */
const rush = Array.from({ length: 100 }, (_, index) => `caller-${index + 1}`)
const file = (() => {
  const content = parse(federation)
  content.people.push(...rush.map((id, index) => ({ id, name: `来者${index + 1}`, number: String(5_000 + index), campus: 'north' })))
  return stringify(content)
})()

describe('what should not be sent gets a clear answer, and loses nothing', () => {
  let scene: Scene
  let officer: Client
  let student: Client
  let activity: string
  let shownEarly: { code: string; validUntil: string }

  beforeAll(async () => {
    scene = sceneOf({ ...(await startCollegium()), form: 'embedded', restart: async () => {} })
    ok(await (await scene.as('operator')).post('/imports', file, yaml))
    await openAccounts(scene, file)
    ;[officer, student] = [await scene.as('officer'), await scene.as('student-1')]
    activity = await openedActivity(scene)
    shownEarly = ok(await officer.get(`/activities/${activity}/code`))
  })
  afterAll(() => scene?.stage.stop())

  it('malformed JSON', async () => {
    for (const text of ['{"unit": "north-su-tea"', 'tea', '{"a":1}}', '{"__proto__": {"admin": true}}'])
      refused(await officer.post('/activities', text), 400, 'malformed-json')
    refused(await officer.post('/activities', '', { 'content-type': 'application/json' }), 400, 'malformed-json')
    refused(await officer.post('/activities', 'unit,title', { 'content-type': 'text/csv' }), 415, 'unsupported-media-type')
  })

  it('oversize JSON, announced by its length or not', async () => {
    const plan = 'tea '.repeat(300_000)
    refused(await officer.post('/activities', proposalOf({ plan })), 413, 'body-too-large')
    const stream = new Blob([JSON.stringify(proposalOf({ plan }))]).stream()
    const answer = await officer.raw('/api/v1/activities', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: stream,
      duplex: 'half',
    } as RequestInit)
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([413, 'body-too-large'])
  })

  it('unknown fields and wrong types, all told at once with their place', async () => {
    const { body } = await officer.post('/activities', { ...proposalOf(), surprise: 1, capacity: 'many', budget: -5, organizers: [], title: { en: 'Tea' } })
    expect(body).toMatchObject({ status: 400, code: 'invalid-input' })
    const told = JSON.stringify(body.errors)
    for (const place of ['/capacity', '/budget', '/organizers', '/title', 'surprise']) expect(told, place).toContain(place)
    refused(await officer.get('/activities?limit=lots'), 400, 'invalid-input')
    refused(await officer.get('/activities?surprise=1'), 400, 'invalid-input')
    refused(await officer.get('/activities?cursor=tea'), 400, 'bad-cursor')
    refused(await officer.post('/activities', proposalOf({ startsAt: 'tomorrow' })), 400, 'invalid-input')
    refused(await officer.post('/activities', proposalOf({ endsAt: inHours(-1) })), 422, 'ends-before-start')
    refused(await officer.post('/activities', proposalOf({ unit: '../fed' })), 400, 'invalid-input')
  })

  it('unknown ids', async () => {
    for (const path of ['/activities/nowhere', '/people/records/nobody', '/trail/activities/activity-nowhere/1'])
      expect((await (await scene.as('operator')).get(path)).status, path).toBe(404)
    refused(await officer.post('/activities/nowhere/announcement'), 404, 'unknown-id')
    refused(await officer.post('/activities', proposalOf({ unit: 'west-su' })), 404, 'unknown-unit')
    refused(await student.post('/registrations', { activity: 'nowhere' }), 404, 'activity-not-there')
    refused(await officer.get('/teapots'), 404, 'unknown-path')
    refused(await officer.delete(`/activities/${activity}`), 404, 'unknown-path')
  })

  it('a stale version', async () => {
    const { headers, body } = await officer.get(`/activities/${activity}`)
    expect(headers.get('etag')).toBe(`"${body.version}"`)
    const spend = (receipt: string, version: string) => officer.post(`/activities/${activity}/spendings`, { amount: 1, receipt }, { 'if-match': version })
    refused(await spend('S-1', `"${body.version - 1}"`), 412, 'stale-version')
    refused(await spend('S-1', 'any'), 400, 'invalid-input')
    ok(await spend('S-1', `"${body.version}"`))
    refused(await spend('S-2', `"${body.version}"`), 412, 'stale-version')
    // Of those who saw the same version one decides.
    const seen = `"${body.version + 1}"`
    const together = await Promise.all(['T-1', 'T-2', 'T-3', 'T-4'].map((receipt) => spend(receipt, seen)))
    expect(together.map((answer) => answer.status).sort()).toEqual([200, 412, 412, 412])
    expect((await officer.get(`/activities/${activity}`, { 'if-none-match': `"${body.version + 2}"` })).status).toBe(304)
  })

  it('the same idempotency key again: the same answer for the same body, none for another', async () => {
    const key = { 'idempotency-key': randomUUID() }
    const together = await Promise.all(
      Array.from({ length: 5 }, () =>
        officer.post('/activities', proposalOf({ venue: 'The roof', startsAt: '2026-10-01T08:00:00.000Z', endsAt: '2027-10-01T08:00:00.000Z' }), key),
      ),
    )
    const [first] = together.map(ok)
    for (const answer of together) expect(ok(answer)).toMatchObject({ id: first.id, version: 1, position: first.position })
    refused(await officer.post('/activities', proposalOf({ venue: 'The cellar' }), key), 422, 'idempotency-key-reused')
    refused(await officer.post(`/activities/${activity}/spendings`, { amount: 1, receipt: 'K' }, key), 422, 'idempotency-key-reused')
    expect(await factsOf(officer, `/activities/${first.id}`)).toHaveLength(1)
    // The key is the caller's own: another's is another.
    expect(ok(await (await scene.as('head')).post('/activities', proposalOf(), key)).id).not.toBe(first.id)
  })

  it('no session', async () => {
    const stranger = scene.stage.signedOut()
    for (const answer of [
      await stranger.get(`/activities/${activity}`),
      await stranger.post('/activities', proposalOf()),
      await stranger.get('/dashboards/fed/live'),
      await stranger.get('/events'),
      await stranger.get('/trail'),
    ])
      refused(answer, 401, 'signed-out')
    const forged = await stranger.raw('/api/v1/activities', { headers: { cookie: 'collegium=made-up' } })
    expect(forged.status).toBe(401)
    expect((await stranger.raw('/api/v1/activities', { headers: { authorization: 'Bearer made-up' } })).status).toBe(401)
    const elsewhere = await officer.raw(`/api/v1/activities/${activity}/announcement`, { method: 'POST', headers: { 'sec-fetch-site': 'cross-site' } })
    expect(elsewhere.status, 'a change from a page of somebody else').toBe(403)
  })

  it('[PL-13] the wrong unit and the sibling campus', async () => {
    const wrong = refused(await officer.post('/activities', proposalOf({ unit: 'north-su-robots' })), 403, 'forbidden')
    expect(wrong.params).toMatchObject({ permission: 'activities:propose', unit: 'north-su-robots' })
    expect(wrong.detail).toContain('head')
    const neighbour = await scene.as('south-president')
    refused(await neighbour.post(`/activities/${activity}/approval`), 403, 'forbidden')
    refused(await neighbour.get(`/activities/${activity}/attendees`), 403, 'forbidden')
    refused(await neighbour.get('/dashboards/north-su-tea'), 403, 'forbidden')
    expect(ok(await neighbour.get('/activities')).items.map((each: { id: string }) => each.id)).not.toContain(activity)
    refused(await (await scene.as('south-student')).post('/registrations', { activity }), 403, 'not-eligible')
  })

  it('dates: back only with the permission, ahead with none', async () => {
    refused(await student.post('/registrations', { activity }, occurred(inHours(-1))), 403, 'forbidden')
    refused(await officer.post('/activities', proposalOf(), occurred(inHours(1))), 422, 'occurred-ahead')
    refused(await officer.post('/activities', proposalOf(), occurred('yesterday')), 400, 'invalid-input')
  })

  it('files that cannot be a federation', async () => {
    const operator = await scene.as('operator')
    const since = new Date().toISOString()
    refused(await operator.post('/imports', 'a: [1', yaml), 422, 'import-faulty')
    refused(await operator.post('/imports', '', yaml), 400, 'import-empty')
    refused(await operator.post('/imports', 'a,b', { 'content-type': 'text/csv' }), 415, 'unsupported-media-type')
    refused(await operator.post('/imports', federation.replace('id: fed,', 'id: other,'), yaml), 422, 'import-faulty')
    refused(await student.post('/imports', federation, yaml), 403, 'forbidden')
    // Of what was published late, as the accounts' people, nothing was recorded since; what is ordered after it has come, so a refused file's facts would have, too.
    const { position } = ok(await operator.post('/people', { person: 'later', name: '来晚', number: '9999', campus: 'north' }))
    const added = await eventually(
      async () => (await publishedFacts(operator, 'service=membership')).filter(({ data }) => data.recorded >= since),
      (facts) => expect(facts.map(({ data }) => `membership/${data.shard}/${data.position}`)).toContain(position),
    )
    expect(added.map(({ type }) => type)).toEqual(['membership.person-registered.v1'])
  })

  it('a registration beyond capacity from a hundred callers at once', async () => {
    const crowded = await openedActivity(scene)
    const callers: Client[] = []
    for (let at = 0; at < rush.length; at += 10) callers.push(...(await Promise.all(rush.slice(at, at + 10).map((id) => scene.as(id)))))
    const answers = await Promise.all(callers.map((caller) => caller.post('/registrations', { activity: crowded })))
    expect(answers.map((answer) => ok(answer).events)).toEqual(rush.map(() => 1))
    const { state, version } = ok(await officer.get(`/registrations/${crowded}`))
    expect([state.taken, Object.keys(state.places).length, state.waiting.length, version]).toEqual([10, 10, 90, 100])
    expect(new Set([...Object.keys(state.places), ...state.waiting]).size, 'everyone once').toBe(100)
    const again = await Promise.all(callers.slice(0, 20).map((caller) => caller.post('/registrations', { activity: crowded })))
    expect(again.map((answer) => ok(answer).events)).toEqual(Array(20).fill(0))
    // Ten leave at once; the first ten of those who wait move up.
    const seated = callers.filter((caller) => state.places[caller.person ?? ''])
    await Promise.all(seated.map(async (caller) => ok(await caller.post('/registrations/cancellations', { activity: crowded }))))
    const after = ok(await officer.get(`/registrations/${crowded}`)).state
    expect(after).toMatchObject({ taken: 10, waiting: state.waiting.slice(10) })
    expect(Object.keys(after.places).sort()).toEqual(state.waiting.slice(0, 10).sort())
  })

  it('a code that is wrong, of another activity, or expired; and a check-in after the close', async () => {
    const other = await openedActivity(scene, { venue: 'The library' })
    const ahead = await openedActivity(scene, { startsAt: inHours(5), endsAt: inHours(6) })
    for (const each of [activity, ahead]) ok(await student.post('/registrations', { activity: each }))
    const codeOf = async (id: string) => ok(await officer.get(`/activities/${id}/code`))
    const enter = (id: string, code: string) => student.post('/attendances', { activity: id, code })

    refused(await enter(activity, '00000000'), 409, 'code-wrong')
    refused(await enter(activity, (await codeOf(other)).payload), 409, 'code-of-another-activity')
    await eventually(
      async () => enter(activity, (await codeOf(other)).code),
      (answer) => refused(answer, 409, 'code-of-another-activity'),
    )
    refused(await enter(ahead, (await codeOf(ahead)).code), 409, 'check-in-not-open')

    // The code and the one before it are taken; so the first one shown is dead half a minute after it was replaced.
    const dead = Date.parse(shownEarly.validUntil) + 30_000
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, dead - Date.now() + 200)))
    refused(await enter(activity, shownEarly.code), 409, 'code-expired')
    ok(await enter(activity, (await codeOf(activity)).code))

    const { code } = await codeOf(other)
    ok(await officer.post(`/activities/${other}/holding`))
    ok(await officer.post(`/activities/${other}/closing`))
    refused(await enter(other, code), 409, 'check-in-closed')
    refused(await officer.post('/attendances/scans', { activity: other, person: 'student-2' }), 409, 'check-in-closed')
    refused(await officer.get(`/activities/${other}/code`), 409, 'check-in-closed')
  })

  it('after all of it, history has no hole', async () => {
    const auditor = await scene.as('auditor')
    const facts = await eventually(
      () => publishedFacts(auditor),
      (seen) => expect(holesIn(seen)).toEqual([]),
    )
    expect(facts.filter((fact) => fact.type === 'activities.registered.v1').length).toBeGreaterThanOrEqual(10)
  })
})
