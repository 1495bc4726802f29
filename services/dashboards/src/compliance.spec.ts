import type { Snapshot } from '@collegium/shared/directory.ts'
import { eventually } from '@collegium/shared/testing/eventually.ts'
import { organization } from '@collegium/shared/testing/organization.ts'
import { type RunningServices, runServices } from '@collegium/shared/testing/running.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dashboards } from './app.ts'
import { erasures, evaluations, exchanges, reports, summaries } from './rules.ts'

const dayMs = 86_400_000
const inDays = (days: number): string => new Date(Date.now() + days * dayMs).toISOString()
const day = (days: number): string => inDays(days).slice(0, 10)

const made: Snapshot = {
  ...organization({
    units: { fed: null, pps: 'fed', su: 'pps', law: 'pps', study: 'su', ctbu: 'fed' },
    posts: ['li head study', 'wu head law', 'guo guidance fed', 'cai head ctbu'],
    kinds: { head: ['duties:read'], guidance: ['dashboards:read'], overseer: ['dashboards:read'] },
    policies: { [summaries]: 14, [exchanges]: 14, [erasures]: 24, [evaluations]: 1, [reports]: 1, 'public-notice.days': 5, 'trial.semesters': 1 },
  }),
  terms: [{ id: 'term', name: { en: 'Term', zh: '学期' }, from: day(-60), to: day(30), timezone: 'Asia/Shanghai' }],
}
const guo = { person: 'guo', home: 'pps' }

let running: RunningServices
beforeAll(async () => {
  running = await runServices([dashboards], { organization: made })
})
afterAll(() => running?.stop())

const duty = (id: string, due: string, about: string) => ({
  type: 'activities.duty-assigned.v1',
  data: {
    duty: id,
    title: 'Summary',
    owner: 'li',
    since: inDays(-10),
    due,
    remindAt: due,
    source: { kind: 'activity', id: `of-${id}` },
    fulfilledBy: { event: 'documents.document-filed.v1', about },
  },
})
const meeting = (id: string, days: number) => [
  {
    type: 'activities.meeting-called.v1',
    data: { meeting: id, title: { en: 'Exchange', zh: '交流' }, kind: 'department-exchange', at: inDays(days), agenda: [], invited: ['li'], chair: 'li' },
  },
  { type: 'activities.meeting-closed.v1', data: { meeting: id, absent: [], present: ['li'], excused: [] } },
]
const get = (url: string, as = guo) => running.send(as, 'dashboards', 'GET', url)
const told = async (policy: string) => (await get('/compliance')).body.items.find((each: { policy: string }) => each.policy === policy)
const counted = (policy: string, expected: object) =>
  eventually(
    async () => (await told(policy)).campuses.find(({ unit }: { unit: string }) => unit === 'pps'),
    (counts) => expect(counts).toMatchObject(expected),
  )

describe('How the campuses keep the policies', () => {
  it('[PL-01] counts summaries handed in by their day, after it, not at all and not yet; each broken one leads to its activity', async () => {
    await running.feed('duty-a', 'study', [
      duty('a', inDays(4), 'summary:of-a'),
      { type: 'activities.duty-fulfilled.v1', data: { duty: 'a', owner: 'li', by: 'documents.document-filed.v1', onTime: true, evidence: null } },
    ])
    await running.feed('duty-b', 'study', [
      duty('b', inDays(-3), 'summary:of-b'),
      { type: 'activities.duty-fulfilled.v1', data: { duty: 'b', owner: 'li', by: 'owner', onTime: false, evidence: null } },
    ])
    await running.feed('duty-c', 'study', [duty('c', inDays(-2), 'summary:of-c')])
    await running.feed('duty-d', 'study', [duty('d', inDays(9), 'summary:of-d')])
    // A duty that some other fact ends is no summary.
    await running.feed('duty-e', 'study', [duty('e', inDays(-5), 'plan:of-e')])
    await counted(summaries, { kept: 1, broken: 2, open: 1 })
    const { body } = await get(`/compliance/${summaries}/cases?unit=pps&verdict=broken&limit=1`)
    expect(body.items).toMatchObject([{ unit: 'study', about: 'of-b', verdict: 'broken', done: expect.any(String) }])
    const rest = await get(`/compliance/${summaries}/cases?unit=pps&verdict=broken&limit=1&cursor=${body.nextCursor}`)
    expect(rest.body).toMatchObject({ items: [{ about: 'of-c', done: null }], nextCursor: null })
  })

  it('[PL-01] [AC-03] finds an exchange between departments that none followed in time, and asks for none after the term', async () => {
    await running.feed('meeting-1', 'su', meeting('one', -50))
    await running.feed('meeting-2', 'su', meeting('two', -40))
    await running.feed('meeting-3', 'su', meeting('three', -20))
    await counted(exchanges, { kept: 1, broken: 2, open: 0 })
    await running.feed('meeting-4', 'su', meeting('four', -8))
    await running.feed('meeting-5', 'law', meeting('five', 20))
    await counted(exchanges, { kept: 2, broken: 1, open: 1 })
    expect((await get(`/compliance/${exchanges}/cases?unit=pps&verdict=broken`)).body.items).toMatchObject([{ about: 'two' }])
  })

  it('[PL-01] [PL-12] an erasure that services acknowledged late stays broken, one in time is kept; whose it was is not told', async () => {
    const erased = (person: string) => ({
      type: 'membership.person-erased.v1',
      data: { person, basis: 'no-longer-needed', services: ['documents'], due: inDays(1) },
    })
    const completed = (person: string) => ({ type: 'membership.erasure-completed.v1', data: { person } })
    await running.feed('erasure-x', 'pps', [erased('x'), completed('x')])
    await running.feed('erasure-y', 'pps', [
      erased('y'),
      { type: 'membership.erasure-overdue.v1', data: { person: 'y', missing: ['documents'], officers: [] } },
      completed('y'),
    ])
    await counted(erasures, { kept: 1, broken: 1, open: 0 })
    expect(JSON.stringify((await get(`/compliance/${erasures}/cases?unit=pps`)).body.items)).not.toMatch(/"[xy]"/)
  })

  it('[PL-01] [AS-02] [DC-08] so many times a term: whoever has not done it yet is open until the term is over', async () => {
    const scored = { subject: { kind: 'person', id: 'li' }, scheme: 's', revision: 1, score: 80, inputs: [], missing: [] }
    await running.feed('assessment-1', 'su', [{ type: 'assessment.assessment-scored.v1', data: { ...scored, assessment: 'one', round: 1, previous: null } }])
    const filed = { document: 'r', kind: 'report', title: 'Report', issuer: 'study', year: 2026, number: 1, label: '报1', about: null, retention: 30 }
    await running.feed('document-r', 'study', [{ type: 'documents.document-filed.v1', data: filed }])
    // Only who serves in a union is an officer; a department's report is its union's.
    await counted(evaluations, { kept: 1, broken: 0, open: 1 })
    await counted(reports, { kept: 1, broken: 0, open: 1 })
    expect((await get(`/compliance/${reports}/cases?unit=pps&verdict=open`)).body.items).toMatchObject([{ about: 'law', done: null }])
  })

  it('[PL-01] says of what cannot be broken that the system sees to it, and nothing of what is not recorded', async () => {
    expect(await told('public-notice.days')).toEqual({ policy: 'public-notice.days', how: 'enforced', campuses: [] })
    expect(await told('trial.semesters')).toBeUndefined()
    expect((await get('/compliance/trial.semesters/cases?unit=pps')).body).toMatchObject({ code: 'policy-not-recorded' })
  })

  it('[PL-08] shows a campus to those who may see its dashboards', async () => {
    expect((await get('/compliance', { person: 'wu', home: 'pps' })).body).toMatchObject({ code: 'forbidden' })
    expect((await get(`/compliance/${summaries}/cases?unit=pps`, { person: 'wu', home: 'pps' })).body).toMatchObject({ code: 'forbidden' })
    expect((await get('/compliance')).body.items[0].campuses.map(({ unit }: { unit: string }) => unit)).toEqual(['pps', 'ctbu'])
  })
})
