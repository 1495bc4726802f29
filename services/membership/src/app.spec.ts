import { readFileSync } from 'node:fs'
import { type StandingServer, StandingService } from '@collegium/proto/collegium/assessment/v1/standing.ts'
import { PeopleClient } from '@collegium/proto/collegium/membership/v1/people.ts'
import { answer } from '@collegium/shared/grpc/answer.ts'
import { ask } from '@collegium/shared/grpc/client.ts'
import { eventually } from '@collegium/shared/testing/eventually.ts'
import { leafOfLast, promisedIn } from '@collegium/shared/testing/evidence.ts'
import { type As, operator, type RunningServices, runServices } from '@collegium/shared/testing/running.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { membership } from './app.ts'

const sample = readFileSync(new URL('../../../infra/sample/semester.yaml', import.meta.url), 'utf8')
const campuses = ['ctbu', 'pps', 'gufe']
const people = Array.from(
  { length: 6_300 },
  (_, n) => `  - {id: p-${n}, name: 学生${n}, number: "2026${String(n).padStart(6, '0')}", campus: ${campuses[n % 3]}}`,
)
const offices = [
  '  - {person: p-1, post: head, unit: pps-ppa-study, from: 2026-09-01}',
  '  - {person: p-4, post: guidance, unit: pps, from: 2026-09-01}',
  '  - {person: p-7, post: guidance, unit: pps, from: 2026-09-01}',
  '  - {person: p-2, post: guidance, unit: gufe, from: 2026-09-01}',
  '  - {person: p-10, post: president, unit: pps-su, from: 2026-09-01, until: 2027-01-15, citation: 学生会〔2026〕1号}',
]
const file = `${sample}\npeople:\n${people.join('\n')}\noffices:\n${offices.join('\n')}\n`
const yaml = { 'content-type': 'application/yaml' }

/** The neighbour that membership asks: assessment's question, answered from a table. */
const standings = new Map<string, number>()
const standing: StandingServer = {
  ofPerson: answer(async ({ person }) => {
    const score = standings.get(person)
    return {
      hasScore: score !== undefined,
      latestScore: score ?? 0,
      assessment: score === undefined ? '' : 'a',
      goodStanding: score === undefined || score >= 40,
    }
  }),
  openOfPerson: answer(async () => ({ assessments: [] })),
}

let running: RunningServices
let receipt = ''
const days = (count: number) => count * 24 * 3_600_000
const send = (as: As, method: 'GET' | 'POST' | 'PUT', url: string, body?: object | string, headers?: Record<string, string>) =>
  running.send(as, 'membership', method, url, body, headers)
const at = (campus: string, person: string): As => ({ person, home: campus })
const [head, guide, guide2, sibling] = [at('pps', 'p-1'), at('pps', 'p-4'), at('pps', 'p-7'), at('gufe', 'p-2')]
const heads = async () => [...(await running.store('membership').heads()).values()].reduce((sum, each) => sum + each, 0)

beforeAll(async () => {
  running = await runServices([membership], { answers: { assessment: [{ definition: StandingService, implementation: standing }] } })
}, 60_000)
afterAll(() => running?.stop())

describe('the import', () => {
  it('[PL-09] writes nothing when the file has a fault, and tells every one', async () => {
    const faulty = file
      .replace('on: 2026-09-18', 'on: 2027-09-18')
      .replace('{ public-notice.days: 7 }', '{ public-notice.days: 3 }')
      .replace('{id: p-5,', '{id: p-3,')
    const before = await heads()
    const told = await send(operator, 'POST', '/imports', faulty, yaml)
    expect(told.status).toBe(422)
    expect(told.body.errors.map((error: { code: string }) => error.code)).toEqual(['policy-loosened', 'outside-terms', 'duplicate-id'])
    expect(told.body.errors[1]).toMatchObject({ row: 1, pointer: '/activities/0/on', line: expect.any(Number) })
    expect(await heads()).toBe(before)
    expect((await send(operator, 'GET', '/units')).body.items).toEqual([])
  })

  it('[PL-09] is let in by permission only', async () => {
    expect((await send(null, 'POST', '/imports', file, yaml)).status).toBe(401)
    expect((await send(at('pps', 'p-1'), 'POST', '/imports', file, yaml)).status).toBe(404)
    expect((await send(operator, 'POST', '/imports', '', yaml)).status).toBe(400)
    expect((await send(operator, 'POST', '/imports', 'a,b', { 'content-type': 'text/csv' })).status).toBe(415)
  })

  it('[MB-01] [PL-09] checks without writing when asked to', async () => {
    const checked = await send(operator, 'POST', '/imports?dryRun=true', file, yaml)
    expect(checked.body).toMatchObject({ status: 'checked', counts: { units: 72, people: 6_300, offices: 5 }, checkedOnly: { activities: 16, plan: 7 } })
    const rows = checked.body.rows as { section: string; id: string; text: unknown; unit: string | null; isNew: boolean | null }[]
    expect(rows.filter(({ section }) => section === 'people')).toHaveLength(200)
    expect(rows.find(({ id }) => id === 'p-0')).toEqual({ section: 'people', id: 'p-0', unit: 'ctbu', text: '学生0', isNew: true })
    expect(rows.find(({ section }) => section === 'offices')).toMatchObject({ id: 'p-1', unit: 'pps-ppa-study', text: 'head', isNew: null })
    expect(await heads()).toBe(0)
  })

  it('[MB-01] [PL-01] [PL-02] [PL-09] brings a federation of three campuses and 6,300 people', async () => {
    const began = performance.now()
    const done = await send(operator, 'POST', '/imports', file, yaml)
    const took = performance.now() - began
    expect(done.status, JSON.stringify(done.body)).toBe(201)
    expect(took).toBeLessThan(30_000)
    expect(promisedIn(done.body.receipt, running.evidence.receipts.vkey)).toBe(leafOfLast(await running.facts('membership', `import-${done.body.import}`)))
    receipt = done.body.receipt
    const progress = await send(operator, 'GET', `/imports/${done.body.import}`)
    expect(progress.body.state).toMatchObject({ status: 'finished', done: { people: 6_300 } })

    const tree = (await send(head, 'GET', '/units')).body.items
    expect(tree).toHaveLength(72)
    expect(tree.find((unit: { id: string }) => unit.id === 'pps-ppa-study')).toMatchObject({
      kind: 'department',
      parent: 'pps-ppa',
      name: { zh: '学习部' },
      duties: expect.arrayContaining(['学风建设']),
    })
    expect((await send(head, 'GET', '/units?on=2026-10-01')).body.items.some((unit: { id: string }) => unit.id.endsWith('labour-security'))).toBe(false)
    expect((await send(head, 'GET', '/units?on=2026-10-20')).body.items).toHaveLength(72)
    const inForce = async (unit: string) =>
      (await send(head, 'GET', `/policies?unit=${unit}`)).body.items.find((each: { name: string }) => each.name === 'public-notice.days')
    expect(await inForce('gufe-su-study')).toMatchObject({ value: 7, unit: 'gufe' })
    expect(await inForce('pps-su-study')).toMatchObject({ value: 5, unit: 'fed' })
    expect((await send(head, 'GET', '/terms')).body.items).toMatchObject([{ id: '2026-autumn', from: '2026-09-01' }])
  })

  it('[PL-09] of the same file again doubles nothing', async () => {
    const before = await heads()
    const again = await send(operator, 'POST', '/imports', file, yaml)
    expect([again.status, again.body.repeated, again.body.receipt]).toEqual([200, true, receipt])
    const checked = (await send(operator, 'POST', '/imports?dryRun=true', file, yaml)).body.rows as { section: string; isNew: boolean | null }[]
    expect(checked.filter(({ section, isNew }) => section === 'people' && isNew)).toEqual([])
    expect(await heads()).toBe(before)
  })

  it('[PL-01] leaves no way for a campus to loosen a policy afterwards', async () => {
    const body = { name: 'public-notice.days', unit: 'gufe' }
    expect((await send(sibling, 'POST', '/policies', { ...body, value: 3 })).body).toMatchObject({ status: 422, code: 'policy-loosened' })
    expect((await send(sibling, 'POST', '/policies', { ...body, value: 8 })).status).toBe(200)
    expect((await send(sibling, 'POST', '/policies', { ...body, unit: 'pps', value: 8 })).status).toBe(403)
    expect((await send(operator, 'POST', '/policies', { ...body, unit: 'fed', value: 10 })).status).toBe(200)
    await eventually(async () => {
      const [own] = (await send(head, 'GET', '/policies?unit=gufe')).body.items.filter((each: { name: string }) => each.name === 'public-notice.days')
      expect(own).toMatchObject({ unit: 'gufe', value: 10, version: 3 })
    })
    await send(operator, 'POST', '/policies', { ...body, unit: 'fed', value: 5 })
  })
})

describe('people', () => {
  it('[PL-08] are read at the units where a post allows it, and by themselves', async () => {
    const mine = (await send(guide, 'GET', '/people?q=学生100&limit=200')).body.items
    expect(mine.map((person: { id: string }) => person.id)).toContain('p-100')
    expect(mine.every((person: { campus: string }) => person.campus === 'pps')).toBe(true)
    expect((await send(guide, 'GET', '/people/p-100')).body).toMatchObject({ name: '学生100', number: '2026000100', posts: [] })
    expect((await send(guide, 'GET', '/people/p-2')).body).toMatchObject({ status: 403, params: { permission: 'people:read', unit: 'gufe' } })
    expect((await send(at('gufe', 'p-11'), 'GET', '/people/p-2')).status).toBe(403)
    expect((await send(at('gufe', 'p-11'), 'GET', '/people/p-11')).status).toBe(200)
    expect((await send(guide, 'GET', '/people/p-none')).status).toBe(404)
  })

  it('[MB-02] [PL-08] tells members who the post holders are, by name too, and nobody else’s', async () => {
    const student = at('pps', 'p-103')
    const named = async (as: As, ids: string) =>
      (await send(as, 'GET', `/people/names?ids=${ids}`)).body.items.map(({ id, name }: Record<string, string>) => `${id} ${name}`).toSorted()
    expect(await named(student, 'p-1,p-10,p-2,p-100,p-103,p-none')).toEqual(['p-1 学生1', 'p-10 学生10', 'p-103 学生103'])
    expect(await named(guide, 'p-100,p-2,p-5')).toEqual(['p-100 学生100'])
    // A head knows the students of the campus by name, as at a door, and nothing else of them.
    expect(await named(head, 'p-100,p-5')).toEqual(['p-100 学生100'])
    expect((await send(head, 'GET', '/people/p-100')).status).toBe(403)
    expect((await send(student, 'GET', `/people/names?ids=${Array.from({ length: 101 }, (_, n) => `p-${n}`).join(',')}`)).status).toBe(400)
    const holders = async (as: As, q: string) => (await send(as, 'GET', `/directory?q=${encodeURIComponent(q)}`)).body.items
    expect(await holders(student, 'xuesheng10')).toMatchObject([{ person: 'p-10', name: '学生10', kind: 'president' }])
    expect(await holders(student, '生100')).toEqual([])
    expect(await holders(student, '2026000010')).toEqual([])
    expect(await holders(student, ' ')).toEqual([])
    expect((await holders(sibling, '学生')).map((each: { unit: string }) => each.unit)).toEqual(['gufe'])
  })

  it('[PL-14] finds them by pinyin, initials, a character of the name and a part of the number, among those the reader may read', async () => {
    const found = async (as: As, q: string): Promise<string[]> =>
      (await send(as, 'GET', `/people?limit=200&q=${encodeURIComponent(q)}`)).body.items.map((each: { id: string }) => each.id)
    expect(await found(guide, '2026000103')).toEqual(['p-103'])
    expect(await found(guide, 'xuesheng103')).toContain('p-103')
    expect(await found(guide, 'xs')).toHaveLength(200)
    expect(await found(guide, '生100')).toContain('p-100')
    expect(await found(sibling, '2026000103')).toEqual([])
    expect(await found(guide, '%')).toEqual([])
    expect(await found(guide, 'p-103')).toEqual(['p-103'])
  })

  it('[PL-14] [MB-02] leave as a list only on record: ordered, streamed, taken up again where it broke off, finished', async () => {
    const registrar: As = { operator: true, person: 'p-1' }
    expect((await send(guide, 'POST', '/people/exports', { unit: 'pps', format: 'csv' })).body).toMatchObject({
      status: 403,
      params: { permission: 'people:export' },
    })
    const { body: ordered } = await send(registrar, 'POST', '/people/exports', { unit: 'pps', format: 'csv' })
    const whole = await send(registrar, 'GET', `/people/exports/${ordered.id}/file`)
    expect(whole.headers).toMatchObject({ 'content-type': 'text/csv; charset=utf-8', 'collegium-rows': '2100' })
    const lines = (whole.body as string).split('\r\n')
    expect(lines[0]).toBe('\ufeffid,name,number,campus,college')
    expect(lines).toHaveLength(2_102)
    expect(new Set(lines.slice(1, -1).map((line) => line.split(',')[3]))).toEqual(new Set(['pps']))
    expect(new Set(lines).size).toBe(lines.length)

    const last = lines[1_000]?.split(',')[0] as string
    const rest = await send(registrar, 'GET', `/people/exports/${ordered.id}/file?after=${last}`)
    expect(rest.headers['collegium-rows']).toBe('1100')
    expect(lines.slice(0, 1_001).concat((rest.body as string).split('\r\n'))).toEqual(lines)

    // As JSON too, for who makes a workbook of it.
    const json = async (after: string) =>
      (await send(registrar, 'GET', `/people/exports/${ordered.id}/file?rows=json${after}`)).body
        .split('\n')
        .slice(0, -1)
        .map((line: string) => JSON.parse(line))
    const all = await json('')
    expect([all.length, all[0]]).toEqual([2_101, ['id', 'name', 'number', 'campus', 'college']])
    expect(all.slice(0, 1_001).concat(await json(`&after=${all[1_000][0]}`))).toEqual(all)

    const facts = await running.facts('membership', `people-export-${ordered.id}`)
    expect(facts.map((fact) => [fact.type, fact.actor.person])).toEqual([
      ['membership.people-export-ordered.v1', 'p-1'],
      ['membership.people-export-advanced.v1', null],
      ['membership.people-export-finished.v1', null],
    ])
    expect(facts.slice(1).map(({ data }) => data)).toMatchObject([{ left: 2_100 }, { rows: 2_100 }])
    expect((await send(guide, 'GET', `/people/exports/${ordered.id}/file`)).status).toBe(403)
    expect((await send(registrar, 'GET', '/people/exports/nothing/file')).status).toBe(404)
  })

  it('[PL-14] a list that was ordered is found again by whoever ordered it, from anywhere, and is fetched until it has arrived, once', async () => {
    const registrar: As = { operator: true, person: 'p-1' }
    const mine = async (as: As = registrar) => (await send(as, 'GET', '/people/exports')).body.items
    const { body: ordered } = await send(registrar, 'POST', '/people/exports', { unit: 'pps', format: 'csv' })
    await eventually(async () =>
      expect((await mine())[0]).toEqual(expect.objectContaining({ id: ordered.id, unit: 'pps', format: 'csv', status: 'ordered', left: null })),
    )
    expect((await send(registrar, 'POST', `/people/exports/${ordered.id}/arrival`, {})).body).toMatchObject({ status: 409, code: 'export-not-sent' })
    const fetched = () => send(registrar, 'GET', `/people/exports/${ordered.id}/file`)
    const first = (await fetched()).body
    await eventually(async () => expect((await mine())[0]).toMatchObject({ id: ordered.id, status: 'finished', rows: 2_100, left: 0 }))
    // It was sent, and did not arrive: it is fetched again.
    expect((await fetched()).body).toBe(first)
    await send(registrar, 'POST', `/people/exports/${ordered.id}/arrival`, {})
    expect((await fetched()).body ?? {}).toMatchObject({ status: 409, code: 'export-taken' })
    await eventually(async () => expect((await mine())[0]).toMatchObject({ id: ordered.id, status: 'taken' }))
    expect((await mine({ operator: true, person: 'p-2' })).map(({ id }: { id: string }) => id)).not.toContain(ordered.id)
  })

  it('are listed page by page', async () => {
    const seen = new Set<string>()
    let cursor: string | null = null
    for (let page = 0; page < 20; page++) {
      const { items, nextCursor }: { items: { id: string }[]; nextCursor: string | null } = (
        await send(guide, 'GET', `/people?limit=200${cursor === null ? '' : `&cursor=${cursor}`}`)
      ).body
      for (const person of items) seen.add(person.id)
      cursor = nextCursor
      if (cursor === null) break
    }
    expect(seen.size).toBe(2_100)
    expect((await send(guide, 'GET', '/people?limit=many&colour=red')).status).toBe(400)
    expect((await send(guide, 'GET', '/people?cursor=nonsense')).body).toMatchObject({ code: 'bad-cursor' })
  })

  it('are shown to other services under the reader’s own permission; for itself a service learns where somebody belongs, not who they are', async () => {
    const client = running.client(PeopleClient, 'membership')
    const asked = { persons: ['p-1', 'p-2', 'p-none'] }
    const { cards } = await ask(client, 'cards', { ...asked, fields: ['campus'] })
    expect(cards.toSorted((a, b) => a.person.localeCompare(b.person))).toEqual([
      { person: 'p-1', name: undefined, number: undefined, campus: 'pps', college: undefined },
      { person: 'p-2', name: undefined, number: undefined, campus: 'gufe', college: undefined },
    ])
    for (const fields of [['name'], ['campus', 'number'], []])
      await expect(ask(client, 'cards', { ...asked, fields })).rejects.toMatchObject({ code: 'forbidden' })
    const named = async (as: object) =>
      (await ask(client, 'cards', { ...asked, fields: ['name'] }, { actor: running.token(as) })).cards.map(({ person, name }) => `${person} ${name}`)
    expect((await named(operator as object)).sort()).toEqual(['p-1 学生1', 'p-2 学生2'])
    expect(await named({ person: 'p-1', home: 'pps' })).toEqual(['p-1 学生1'])
    // A head works with the students of the campus: their names, not their numbers.
    const ofCampus = await ask(client, 'cards', { persons: ['p-100', 'p-2'], fields: ['name', 'number'] }, { actor: running.token(head as object) })
    expect(ofCampus.cards).toMatchObject([{ person: 'p-100', name: '学生100', number: undefined }])
  })

  it('keeps names sealed in history', async () => {
    const [event] = (await running.pool('membership').query("select bytes from events where stream = 'person-p-100'")).rows
    expect(event.bytes).not.toContain('学生100')
  })

  it('[PL-13] tells everyone who they are and what they may do where', async () => {
    const { body } = await send(head, 'GET', '/me')
    expect(body).toMatchObject({ operator: false, person: { id: 'p-1', name: '学生1', posts: [{ kind: 'head', unit: 'pps-ppa-study' }] } })
    expect(body.permissions['pps-ppa-study']).toContain('activities:propose')
    expect(body.permissions.pps).toContain('activities:register')
    expect((await send(operator, 'GET', '/me')).body).toMatchObject({ operator: true, person: null, permissions: { fed: ['*'] } })
  })
})

describe('an appointment', () => {
  const student = at('pps', 'p-100')
  const proposal = { person: 'p-100', kind: 'officer', unit: 'pps-ppa-study', citation: '学生会〔2026〕12号' }
  const stateOf = async (id: string) => (await send(guide, 'GET', `/appointments/${id}`)).body.state
  const noticed = async (person: string): Promise<string> => {
    const { body } = await send(head, 'POST', '/appointments', { ...proposal, person })
    expect((await send(guide, 'POST', `/appointments/${body.id}/recommendation`, {})).status).toBe(200)
    await eventually(async () => expect((await stateOf(body.id)).status).not.toBe('recommended'))
    return body.id
  }

  it('[MB-06] [MB-17] [PL-08] takes effect when its notice is over; the permission follows the post, and ends with it', async () => {
    expect((await send(student, 'GET', '/people/p-103')).status).toBe(403)
    const id = await noticed('p-100')
    expect(await stateOf(id)).toMatchObject({ status: 'notice' })
    const notices = (await send(at('pps', 'p-103'), 'GET', '/appointments?status=notice&unit=pps-ppa')).body.items
    expect(notices).toMatchObject([{ id, person: 'p-100', name: '学生100', citation: proposal.citation }])
    expect((await send(student, 'GET', '/people/p-103')).status).toBe(403)

    running.advance(days(5) + 1_000)
    await eventually(async () => expect((await stateOf(id)).status).toBe('held'))
    // The post is at the study department of the college: it reaches nobody's card, but proposes there and not elsewhere.
    await eventually(async () => expect((await send(student, 'GET', '/me')).body.permissions['pps-ppa-study']).toContain('activities:propose'))
    expect(
      running
        .directory()
        .grant({ person: 'p-100', home: 'pps', operator: false, scope: null, system: null }, 'activities:propose', 'pps-ppa-arts', running.now()),
    ).toBeNull()
    const [held] = (await send(guide, 'GET', '/directory?unit=pps-ppa-study&kind=officer')).body.items
    expect(held).toMatchObject({ holding: id, person: 'p-100', name: '学生100', citation: proposal.citation })

    running.advance(days(3))
    const known = running.now().slice(0, 10)
    running.advance(days(3))
    expect((await send(guide, 'POST', `/appointments/${id}/removal`, { reason: 'moved away' })).status).toBe(200)
    await eventually(async () => expect((await send(student, 'GET', '/me')).body.permissions['pps-ppa-study']).toBeUndefined())
    const held2 = async (query: string) => (await send(guide, 'GET', `/directory?unit=pps-ppa-study&kind=officer&${query}`)).body.items
    const later = new Date(Date.parse(running.now()) + days(2)).toISOString().slice(0, 10)
    expect(await held2(`on=${known}`)).toHaveLength(1)
    expect(await held2(`on=${later}`)).toHaveLength(0)
    expect(await held2(`on=${later}&known=${known}`)).toMatchObject([{ person: 'p-100', until: null }])
    expect(await held2('on=2026-09-02')).toHaveLength(0)
  })

  it('[MB-06] nobody decides on their own case, and nobody in two roles', async () => {
    expect((await send(guide, 'POST', '/appointments', { ...proposal, person: 'p-4', kind: 'officer' })).status).toBe(403)
    expect((await send(head, 'POST', '/appointments', { ...proposal, person: 'p-1' })).body).toMatchObject({ code: 'own-case' })
    expect((await send(head, 'POST', '/appointments', { ...proposal, unit: 'pps-su-study' })).body).toMatchObject({ status: 403, code: 'forbidden' })
    expect((await send(head, 'POST', '/appointments', { ...proposal, person: 'p-none' })).body).toMatchObject({ status: 422, code: 'unknown-person' })
    const { body } = await send(head, 'POST', '/appointments', { ...proposal, person: 'p-7' })
    expect((await send(guide2, 'POST', `/appointments/${body.id}/recommendation`, {})).body).toMatchObject({ status: 403, code: 'own-case' })
    expect((await send(sibling, 'POST', `/appointments/${body.id}/recommendation`, {})).body).toMatchObject({ status: 403, code: 'forbidden' })
    expect((await send(head, 'POST', `/appointments/${body.id}/recommendation`, {})).body).toMatchObject({ status: 403, code: 'forbidden' })
  })

  it('[MB-06] waits for an objection to be settled, and ends when it is upheld', async () => {
    const [overruled, upheld] = [await noticed('p-106'), await noticed('p-109')]
    for (const id of [overruled, upheld]) expect((await send(student, 'POST', `/appointments/${id}/objections`, { ground: 'was absent' })).status).toBe(200)
    await eventually(async () => expect((await send(guide, 'GET', '/appointments?status=notice')).body.items).toHaveLength(2))
    const owed = async () => (await send(student, 'GET', '/objections')).body.items.map((each: { answer: unknown }) => each.answer)
    expect((await send(student, 'GET', '/objections?limit=1')).body).toMatchObject({
      items: [{ status: 'notice', noticeDays: 5, noticeUntil: expect.any(String), settledAt: null, upheld: null, name: expect.any(String) }],
      nextCursor: expect.any(String),
    })
    expect((await send(guide, 'GET', '/objections')).body.items).toEqual([])
    running.advance(days(5) + 1_000)
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    expect((await stateOf(overruled)).status).toBe('notice')
    const verdict = { objection: 'objection-1', ground: 'was excused' }
    expect((await send(student, 'POST', `/appointments/${overruled}/settlement`, { ...verdict, upheld: false })).status).toBe(403)
    expect((await send(guide, 'POST', `/appointments/${overruled}/settlement`, { ...verdict, upheld: false })).status).toBe(200)
    expect((await send(guide, 'POST', `/appointments/${upheld}/settlement`, { ...verdict, upheld: true })).status).toBe(200)
    await eventually(async () => expect((await stateOf(overruled)).status).toBe('held'))
    expect((await stateOf(upheld)).status).toBe('withdrawn')
    await eventually(async () => expect(await owed()).toEqual(['was excused', 'was excused']))
    expect((await send(student, 'POST', `/appointments/${overruled}/objections`, { ground: 'late' })).body).toMatchObject({
      status: 409,
      code: 'appointment-status',
    })
  })

  it('[MB-06] asks assessment for the standing, and records the policies it went by', async () => {
    standings.set('p-112', 30)
    standings.set('p-115', 88)
    const [poor, good] = [await noticed('p-112'), await noticed('p-115')]
    expect((await stateOf(poor)).status).toBe('ineligible')
    await eventually(async () => {
      const [row] = (await send(guide, 'GET', '/appointments?status=ineligible')).body.items
      expect(row).toMatchObject({ id: poor, standing: 30, grounds: ['standing', 'appointment.standing.min'] })
    })
    const { items } = (await send(guide, 'GET', `/appointments/${good}/history`)).body
    const opened = items.find((event: { type: string }) => event.type === 'membership.notice-opened.v1')
    expect(opened.policies).toMatchObject({ 'public-notice.days': { value: 5 }, 'appointment.standing.min': { value: 60, version: 1 } })
    expect(opened.actor).toMatchObject({ system: 'membership.eligibility-after-recommendation' })
  })

  it('[MB-06] [PL-01] tells what would be found while a proposal is written, and of a score only to who may read the person', async () => {
    standings.set('p-118', 50)
    const asked = (person: string) => `/candidacies?person=${person}&kind=officer&unit=pps-ppa-study`
    const checksFor = async (as: As, person: string) =>
      Object.fromEntries((await send(as, 'GET', asked(person))).body.checks.map((each: { check: string; kept: unknown }) => [each.check, each.kept]))
    const { notice, checks } = (await send(operator, 'GET', asked('p-118'))).body
    expect(notice).toMatchObject({ days: 5, setBy: 'fed' })
    expect(Math.round((Date.parse(notice.until) - Date.parse(running.now())) / days(1))).toBe(5)
    expect(checks).toContainEqual({ check: 'appointment.standing.min', kept: false, limit: 60, setBy: 'fed' })
    expect(await checksFor(operator, 'p-118')).toMatchObject({ 'own-case': true, standing: true, 'appointment.posts.max': true })
    expect(await checksFor(head, 'p-118')).toMatchObject({ 'appointment.standing.min': null, standing: null, 'already-held': true })
    expect(await checksFor(head, 'p-1')).toMatchObject({ 'own-case': false })
    expect(await checksFor(head, 'p-none')).toEqual({ 'unknown-person': false })
    expect((await send(student, 'GET', asked('p-118'))).body).toMatchObject({ status: 403, code: 'forbidden' })
  })

  it('[MB-06] lists the cases of one person', async () => {
    const cases = (await send(guide, 'GET', '/appointments?person=p-112')).body.items
    expect(cases).toMatchObject([{ person: 'p-112', status: 'ineligible', entered: false }])
    const [office] = (await send(guide, 'GET', '/appointments?person=p-1')).body.items
    expect(office).toMatchObject({ status: 'held', entered: true })
    const open = (await send(guide, 'GET', '/appointments?status=open')).body.items.map((each: { status: string }) => each.status)
    expect(new Set(open)).toEqual(new Set(['proposed', 'ineligible', 'notice']))
  })

  it('[MB-01] ends with its unit', async () => {
    expect((await send(at('pps', 'p-10'), 'POST', '/units/pps-ppa-study/dissolution', {})).status).toBe(403)
    expect((await send(operator, 'POST', '/units/pps-ppa/dissolution', {})).body).toMatchObject({ code: 'unit-has-children' })
    expect((await send(operator, 'POST', '/units/pps-ppa-study/dissolution', {})).status).toBe(200)
    await eventually(async () => expect((await send(guide, 'GET', '/directory?unit=pps-ppa-study')).body.items).toEqual([]))
    expect((await send(guide, 'GET', '/units?under=pps-ppa')).body.items.map((unit: { id: string }) => unit.id)).not.toContain('pps-ppa-study')
    const all = (await send(guide, 'GET', '/units?under=pps-ppa&gone=true')).body.items
    expect(all.find((unit: { id: string }) => unit.id === 'pps-ppa-study')).toMatchObject({ until: expect.any(String), mergedInto: null })
    expect((await send(guide, 'GET', '/units?under=pps-ppa&on=2026-10-21')).body.items.map((unit: { id: string }) => unit.id)).toContain('pps-ppa-study')
  })
})
