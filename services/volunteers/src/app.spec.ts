import { activityCancelled } from '@collegium/activities/events'
import { type AttendanceOfActivityRequest, AttendanceOfActivityResponse, AttendanceService } from '@collegium/proto/collegium/activities/v1/attendance.ts'
import { HoursClient } from '@collegium/proto/collegium/volunteers/v1/hours.ts'
import { answer } from '@collegium/shared/grpc/answer.ts'
import { ask } from '@collegium/shared/grpc/client.ts'
import { idFrom } from '@collegium/shared/ids.ts'
import { asking } from '@collegium/shared/testing/asking.ts'
import { eventually } from '@collegium/shared/testing/eventually.ts'
import { organization } from '@collegium/shared/testing/organization.ts'
import { type As, type RunningServices, runServices } from '@collegium/shared/testing/running.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { volunteers } from './app.ts'

const made = organization({
  units: { fed: null, pps: 'fed', su: 'pps', young: 'su', gufe: 'fed' },
  posts: ['host head young', 'deputy vice-head young', 'president president su', 'stranger president gufe'],
  kinds: {
    student: ['volunteers:read', 'volunteers:sign-up'],
    head: ['volunteers:offer', 'volunteers:confirm', 'registrations:read'],
    'vice-head': ['volunteers:*'],
    president: ['volunteers:*', 'registrations:read'],
  },
  policies: { 'volunteer-hours.grace-minutes': 30, 'volunteer-hours.per-day.max-minutes': 240 },
})

/** Activities as far as volunteers ask it: whether one exists. */
const attendance = {
  definition: AttendanceService,
  implementation: {
    ofActivity: answer<AttendanceOfActivityRequest, AttendanceOfActivityResponse>(async ({ activity }) => ({
      ...AttendanceOfActivityResponse.decode(new Uint8Array()),
      exists: activity !== 'none',
      status: 'announced',
    })),
  },
}

const hour = 3_600_000
const inHours = (hours: number): string => new Date(Date.parse(running.now()) + hours * hour).toISOString()

let running: RunningServices
beforeAll(async () => {
  running = await runServices([volunteers], { organization: made, answers: { activities: [attendance] } })
})
afterAll(() => running?.stop())

const who = (person: string, home = 'pps'): As => ({ person, home })
const host = who('host')
const { send, ok, refused, read } = asking('volunteers', () => running)
const opened = async (fromHours: number, toHours: number, more: object = {}): Promise<string> => {
  const title = { en: 'At the door', zh: '门口引导' }
  const times = { from: inHours(fromHours), to: inHours(toHours) }
  return (await ok(host, '/shifts', { unit: 'young', title, category: 'information', place: 'Hall 2', seats: 1, ...times, ...more })).id
}
const seen = (as: As, url: string, holds: (body: any) => void) =>
  eventually(async () => {
    const body = await read(as, url)
    holds(body)
    return body
  })

describe('volunteering', () => {
  it('[VL-03][VL-04] goes from a shift over a waitlist to hours that a host has confirmed, with the fact behind them', async () => {
    const shift = await opened(1, 3, { activity: 'act' })
    await ok(who('li'), '/sign-ups', { shift })
    await ok(who('wang'), '/sign-ups', { shift })
    await seen(who('zhao'), '/shifts?activity=act', ({ items }) => expect(items).toMatchObject([{ id: shift, taken: 1, waiting: 1, seats: 1, status: 'open' }]))
    await ok(who('qian'), '/sign-ups', { shift })
    await seen(who('qian'), '/sign-ups', ({ items }) => expect(items).toMatchObject([{ id: shift, seat: 'waiting', line: 2 }]))
    await seen(who('wang'), '/sign-ups', ({ items }) => expect(items).toMatchObject([{ id: shift, seat: 'waiting', line: 1 }]))
    await ok(who('qian'), '/sign-ups/withdrawal', { shift })
    await ok(who('li'), '/sign-ups/withdrawal', { shift })
    await seen(host, `/shifts/${shift}/sign-ups`, ({ items }) =>
      expect(items.map((each: any) => [each.person, each.status])).toEqual(
        expect.arrayContaining([
          ['li', 'left'],
          ['wang', 'seated'],
        ]),
      ),
    )
    await seen(who('wang'), '/sign-ups', ({ items }) => expect(items).toMatchObject([{ id: shift, seat: 'seated', line: null }]))

    expect(await refused(who('wang'), '/stints/check-in', { shift })).toEqual([409, 'outside-shift'])
    running.advance(hour)
    expect(await refused(who('li'), '/stints/check-in', { shift })).toEqual([409, 'not-on-roster'])
    const { id } = await ok(who('wang'), '/stints/check-in', { shift })
    expect(id).toBe(`${shift}.wang`)
    running.advance(hour)
    await ok(who('wang'), '/stints/check-out', { shift })
    await seen(host, `/stints?status=out&shift=${shift}`, ({ items }) => expect(items).toMatchObject([{ id, person: 'wang', minutes: 60 }]))
    expect(await refused(who('wang'), `/stints/${id}/confirmation`, {})).toEqual([403, 'forbidden'])
    expect(await refused(who('stranger', 'gufe'), `/stints/${id}/confirmation`, {})).toEqual([403, 'forbidden'])
    await ok(host, `/stints/${id}/confirmation`, {})

    await seen(who('wang'), '/volunteers/wang/hours', (body) =>
      expect(body).toMatchObject({ minutes: 60, items: [{ shift, status: 'confirmed', activity: 'act' }] }),
    )
    const hours = running.client(HoursClient, 'volunteers')
    const answered = await ask(hours, 'ofPerson', { person: 'wang', from: '2020-01-01T00:00:00.000Z', to: inHours(1) })
    expect(answered).toEqual({ minutes: 60, shifts: 1, evidence: [{ service: 'volunteers', stream: `stint-${id}`, version: 3 }] })
    const facts = await running.facts('volunteers', `stint-${id}`)
    expect(facts[2]).toMatchObject({ type: 'volunteers.hours-confirmed.v1', unit: 'young', actor: { person: 'host', post: { kind: 'head', unit: 'young' } } })
    expect(facts[2]?.policies).toMatchObject({ 'volunteer-hours.per-day.max-minutes': { value: 240, version: 1 } })
  })

  it('[VL-03][VL-04] refuses shifts of one time for one person, when signing up and when confirming', async () => {
    const one = await opened(0.2, 2)
    const other = await opened(0.3, 2)
    await ok(who('sun'), '/sign-ups', { shift: one })
    await seen(who('sun'), '/sign-ups', ({ items }) => expect(items).toHaveLength(1))
    expect(await refused(who('sun'), '/sign-ups', { shift: other })).toEqual([409, 'overlapping-shift'])

    await ok(who('sun'), '/stints/check-in', { shift: one })
    running.advance(2 * hour)
    await ok(who('sun'), '/stints/check-out', { shift: one })
    const entry = { person: 'sun', from: inHours(-1), to: inHours(-0.5), reason: 'No phone.', evidence: ['A photo.'] }
    await ok(host, '/stints', { ...entry, shift: other })
    await ok(host, `/stints/${one}.sun/confirmation`, {})
    await seen(who('sun'), '/volunteers/sun/hours', ({ items }) => expect(items).toContainEqual(expect.objectContaining({ shift: one, status: 'confirmed' })))
    expect(await refused(who('president'), `/stints/${other}.sun/countersignature`, {})).toEqual([409, 'overlapping-hours'])
  })

  it('[VL-04] confirms one of two overlapping stints, though both are confirmed at the same moment', async () => {
    const shifts = await Promise.all([opened(0, 1), opened(0, 1), opened(0, 1)])
    running.advance(hour)
    for (const shift of shifts)
      await ok(host, '/stints', { shift, person: 'qian', from: inHours(-0.9), to: inHours(-0.1), reason: 'No phone.', evidence: ['A photo.'] })
    const answers = await Promise.all(shifts.map((shift) => send(who('president'), 'POST', `/stints/${shift}.qian/countersignature`, {})))
    expect(answers.map(({ status, body }) => [status, body.code]).sort()).toEqual([
      [200, undefined],
      [409, 'overlapping-hours'],
      [409, 'overlapping-hours'],
    ])
  })

  it('[VL-04] counts hours entered by hand only after a countersignature from outside the unit, and keeps the reason sealed', async () => {
    const shift = await opened(0, 1)
    running.advance(hour)
    await ok(host, '/stints', { shift, person: 'zhou', from: inHours(-0.9), to: inHours(-0.1), reason: 'The phone was dead.', evidence: ['A photo.'] })
    expect(await refused(host, `/stints/${shift}.zhou/confirmation`, {})).toEqual([409, 'second-confirmer'])
    expect(await refused(who('deputy'), `/stints/${shift}.zhou/countersignature`, {})).toEqual([403, 'confirmer-inside'])
    await ok(who('president'), `/stints/${shift}.zhou/countersignature`, {})
    await seen(who('zhou'), '/volunteers/zhou/hours', (body) => expect(body.minutes).toBe(48))
    const [entered] = await running.facts('volunteers', `stint-${shift}.zhou`)
    expect(entered?.data.reason).toBe('The phone was dead.')
    expect(entered?.bytes).not.toContain('The phone was dead.')
  })

  it("[VL-04] shows others' hours only to those who may read them", async () => {
    expect((await send(who('li'), 'GET', '/volunteers/zhou/hours')).status).toBe(403)
    expect((await send(who('stranger', 'gufe'), 'GET', '/volunteers/zhou/hours')).body).toMatchObject({ minutes: 0, items: [] })
    expect((await send(who('president'), 'GET', '/volunteers/zhou/hours')).body.minutes).toBe(48)
    // Whoever confirms or countersigns sees what is to be confirmed, without the registrations; a volunteer their own.
    const [seen] = (await send(who('deputy'), 'GET', '/stints')).body.items
    expect((await send(who('deputy'), 'GET', `/stints/${seen.id}`)).body.state).toMatchObject({ person: seen.person })
    expect((await send(who(seen.person), 'GET', `/stints/${seen.id}/history`)).body.items.length).toBeGreaterThan(0)
    expect((await send(who('nobody-else'), 'GET', `/stints/${seen.id}`)).status).toBe(403)
    expect((await send(who('li'), 'GET', '/stints')).body).toEqual({ items: [], nextCursor: null })
    expect((await send(null, 'GET', '/shifts')).status).toBe(401)
  })

  it('[VL-03] closes shifts with their activity, and when their time is over', async () => {
    const cancelled = await opened(4, 5, { activity: 'gone' })
    const short = await opened(0, 0.0003)
    await seen(host, '/shifts?activity=gone', ({ items }) => expect(items).toHaveLength(1))
    const command = idFrom('cancel', cancelled)
    await running.feed('activity-gone', 'young', [{ type: activityCancelled.type, data: { activity: 'gone', ground: 'Rain.' } }], command)
    await seen(host, '/shifts?status=closed', ({ items }) => expect(items.map((each: any) => each.id)).toEqual(expect.arrayContaining([cancelled, short])))
    const facts = await running.facts('volunteers', `shift-${cancelled}`)
    expect(facts[1]).toMatchObject({ correlation: command, actor: { system: 'volunteers.shifts-end-with-activity' } })
    expect(await refused(who('li'), '/sign-ups', { shift: cancelled })).toEqual([409, 'shift-closed'])
  })

  it('[VL-03] pages its lists', async () => {
    const { items, nextCursor } = (await send(host, 'GET', '/shifts?limit=2')).body
    const rest = (await send(host, 'GET', `/shifts?limit=200&cursor=${nextCursor}`)).body
    const all = (await send(host, 'GET', '/shifts?limit=200')).body
    expect([...items, ...rest.items]).toEqual(all.items)
    expect(rest.nextCursor).toBeNull()
    expect((await send(host, 'GET', '/shifts?cursor=nonsense')).body.code).toBe('bad-cursor')
  })

  it('[VL-03] answers bad input with what was wrong', async () => {
    expect(await refused(who('li'), '/sign-ups', { shift: 'unknown' })).toEqual([404, 'unknown-shift'])
    expect(await refused(who('li'), '/sign-ups', { shift: 'x', more: 1 })).toEqual([400, 'invalid-input'])
    const shift = { unit: 'young', title: { en: 'x', zh: '某' }, category: 'information', place: 'x', seats: 1, from: inHours(1), to: inHours(2) }
    expect(await refused(who('li'), '/shifts', shift)).toEqual([403, 'forbidden'])
    expect(await refused(host, '/shifts', { ...shift, activity: 'none' })).toEqual([422, 'unknown-activity'])
    expect(await refused(host, '/shifts', { ...shift, seats: 0 })).toEqual([400, 'invalid-input'])
    expect(await refused(host, '/stints/none.li/confirmation', {})).toEqual([404, 'unknown-id'])
  })
})
