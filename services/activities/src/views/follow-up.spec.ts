import { eventually } from '@collegium/shared/testing/eventually.ts'
import { organization } from '@collegium/shared/testing/organization.ts'
import { type RunningServices, runServices } from '@collegium/shared/testing/running.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { activities } from '../app.ts'

const made = organization({
  units: { fed: null, pps: 'fed', su: 'pps', study: 'su', sport: 'su' },
  posts: ['head head study', 'coach head sport', 'president president su'],
  kinds: { student: ['meetings:attend', 'duties:work'], head: ['duties:read'], president: ['meetings:*', 'duties:*'] },
  policies: { 'duty.reminder.days-before': 3 },
})
const day = 86_400_000

let running: RunningServices
beforeAll(async () => {
  running = await runServices([activities], { organization: made })
})
afterAll(() => running?.stop())

const as = (person: string) => (method: 'GET' | 'POST' | 'PUT', path: string, body?: object) =>
  running.send({ person, home: 'pps' }, 'activities', method, path, body)
const [head, coach, president, guest] = [as('head'), as('coach'), as('president'), as('guest')]
const from = (milliseconds: number): string => new Date(Date.parse(running.now()) + milliseconds).toISOString()
const ok = async (answer: Promise<{ status: number; body: any }>): Promise<any> => {
  const { status, body } = await answer
  expect(status, JSON.stringify(body)).toBeLessThan(300)
  return body
}
const ids = (answer: { items: { id: string }[] }): string[] => answer.items.map(({ id }) => id)

describe('follow-up on a real Postgres', () => {
  it('[PL-03] [AC-04] tells who assigned what, what comes up to whom, and how old the duties of each unit are', async () => {
    const assigned = async (unit: string, owner: string, days: number) =>
      (await ok(president('POST', '/duties', { unit, title: `duty of ${owner}`, owner, due: from(days * day) }))).id as string
    const [late, early, other] = [await assigned('study', 'head', 1), await assigned('study', 'head', 20), await assigned('sport', 'coach', 20)]
    const since = running.now()
    running.advance(2 * day)
    await eventually(async () => expect(ids(await ok(president('GET', '/duties?escalatedTo=me')))).toEqual([late]))
    expect(ids(await ok(president('GET', '/duties?assigner=me&state=unfulfilled')))).toEqual([late, early, other].toSorted())
    expect((await ok(president('GET', '/duties?assigner=me'))).items[0]).toMatchObject({ id: late, assigner: 'president', state: 'overdue' })
    await ok(head('POST', `/duties/${early}/fulfilment`, {}))
    await eventually(async () => expect(ids(await ok(president('GET', '/duties?state=unfulfilled')))).toEqual([late, other]))
    expect((await ok(president('GET', '/duties/by-unit?unit=su'))).items).toMatchObject([
      { unit: 'sport', open: 1, overdue: 0 },
      { unit: 'study', open: 1, overdue: 1 },
    ])
    const [own, ...others] = (await ok(coach('GET', '/duties/by-unit'))).items
    expect([own.unit, others]).toEqual(['sport', []])
    expect(own.oldest <= since).toBe(true)
    expect(ids(await ok(guest('GET', '/duties')))).toEqual([])
  })

  it('[AC-03] [DC-05] shows a meeting whole to everyone invited, never why somebody asked for leave, and to nobody else', async () => {
    const title = { en: 'Heads', zh: '部长会议' }
    const called = { unit: 'su', title, kind: 'department', at: from(0), agenda: ['计划', '预算'], invited: ['head', 'coach'], chair: 'president' }
    const { id } = await ok(president('POST', '/meetings', called))
    await ok(coach('POST', `/meetings/${id}/leave`, { reason: '看病' }))
    await ok(head('POST', `/meetings/${id}/sign-in`, {}))
    await eventually(async () => expect((await ok(president('GET', '/meetings?chair=me'))).items).toMatchObject([{ id, leaves: 1, present: 1 }]))
    expect((await ok(head('GET', '/meetings?chair=me'))).items).toEqual([])
    await ok(president('POST', `/meetings/${id}/opening`, {}))
    await ok(president('POST', `/meetings/${id}/resolutions`, { text: '办读书节', duties: [{ title: '写方案', owner: 'head', due: from(day) }] }))
    const seen = await ok(coach('GET', `/meetings/${id}/overview`))
    expect(seen).toMatchObject({
      agenda: ['计划', '预算'],
      attendees: [
        { person: 'president', state: 'invited' },
        { person: 'head', state: 'present' },
        { person: 'coach', state: 'leave-requested' },
      ],
      resolutions: [{ text: '办读书节', duties: [{ duty: `${id}.r1.d1`, owner: 'head', state: 'open' }] }],
    })
    expect(JSON.stringify(seen)).not.toContain('看病')
    await eventually(async () => ok(head('POST', `/duties/${id}.r1.d1/fulfilment`, {})))
    await eventually(async () => expect((await ok(head('GET', `/meetings/${id}/overview`))).resolutions).toMatchObject([{ duties: [{ state: 'fulfilled' }] }]))
    expect((await guest('GET', `/meetings/${id}/overview`)).body).toMatchObject({ code: 'forbidden' })
    expect((await head('GET', '/meetings/nowhere/overview')).body).toMatchObject({ status: 404, code: 'meeting-not-there' })
  })
})
