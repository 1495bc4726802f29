import { eventually } from '@collegium/shared/testing/eventually.ts'
import { organization } from '@collegium/shared/testing/organization.ts'
import { type RunningServices, runServices } from '@collegium/shared/testing/running.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { documents } from './app.ts'

const made = organization({
  units: { fed: null, pps: 'fed', su: 'pps', study: 'su', gufe: 'fed' },
  names: { fed: '学生联合会', pps: '综合大学', su: '学生会', study: '学习部', gufe: '大学城校区' },
  posts: ['author officer study', 'president president su', 'stranger president gufe'],
  kinds: { officer: ['documents:draft', 'documents:read'], president: ['documents:*'] },
  policies: { 'retention.notice.years': 10, 'retention.summary.years': 10, 'retention.plan.years': 10 },
})

let running: RunningServices
beforeAll(async () => {
  running = await runServices([documents], { organization: made })
})
afterAll(() => running?.stop())

const as =
  (person: string, home = 'pps') =>
  (method: 'GET' | 'POST', path: string, body?: object) =>
    running.send({ person, home }, 'documents', method, path, body)
const [author, president, stranger] = [as('author'), as('president'), as('stranger', 'gufe')]

const drafted = async (kind: string, title: string, more: object = {}): Promise<string> => {
  const { status, body } = await author('POST', '/documents', { unit: 'study', kind, title, text: '关于读书节的正文', ...more })
  expect(status, JSON.stringify(body)).toBe(201)
  return body.id
}
const submitted = async (kind: string, title: string, more: object = {}): Promise<string> => {
  const id = await drafted(kind, title, more)
  const { status, body } = await author('POST', `/documents/${id}/submission`, { approvers: ['president'] })
  expect(status, JSON.stringify(body)).toBe(200)
  return id
}
const approve = (id: string) => president('POST', `/documents/${id}/approval`, {})
const filed = async (id: string) =>
  eventually(async () => {
    const seen = await author('GET', `/documents/${id}`)
    expect(seen.body.state.status).toBe('filed')
    return seen
  })

describe('documents on a real Postgres', () => {
  it('[DC-02] [DC-04] [DC-07] a summary goes through approval and is filed with the first number of its issuer, kind and year', async () => {
    const about = { service: 'activities', kind: 'activity', id: 'festival' }
    const id = await submitted('summary', '读书节总结', { about })
    expect((await author('POST', `/documents/${id}/approval`, {})).status).toBe(403)
    expect((await approve(id)).status).toBe(200)
    const { body } = await filed(id)
    const year = Number(running.now().slice(0, 4))
    expect(body.state.filing).toEqual({ year, number: 1, label: `学习部总〔${year}〕1号`, retention: 10 })
  })

  it('[DC-02] forty who file at the same time, and a process that ends in between, leave no hole and no number twice', async () => {
    const ids = await Promise.all(Array.from({ length: 40 }, (_, index) => submitted('notice', `通知${index}`)))
    await Promise.all(ids.slice(0, 20).map(approve))
    const approvals = ids.slice(20).map(approve)
    await running.restart()
    await Promise.all(approvals.map((each) => each.catch(() => null)))
    // Who got no answer asks again.
    await Promise.all(ids.slice(20).map(approve))
    const numbers = await Promise.all(ids.map(async (id) => (await filed(id)).body.state.filing?.number))
    expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1))

    const year = Number(running.now().slice(0, 4))
    await eventually(async () =>
      expect((await president('GET', '/registers?kind=notice')).body.items).toMatchObject([
        { register: `study.notice.${year}`, issuer: 'study', last: 40, voids: 0 },
      ]),
    )
  })

  it('[DC-02] a void number stays in the register with its ground', async () => {
    const year = Number(running.now().slice(0, 4))
    expect((await author('POST', `/registers/study.notice.${year}/voids`, { number: 7, ground: '重复' })).status).toBe(403)
    expect((await president('POST', `/registers/study.notice.${year}/voids`, { number: 7, ground: '重复' })).status).toBe(200)
    expect((await president('POST', `/registers/study.notice.${year}/voids`, { number: 41, ground: '无' })).body).toMatchObject({ code: 'number-not-assigned' })
    const { body } = await president('GET', `/registers/study.notice.${year}`)
    expect(body.state).toMatchObject({ last: 40, voids: { 7: '重复' } })
  })

  it('[DC-04] finds documents by words of any script, and by number', async () => {
    const id = await submitted('plan', '图书馆 Reading Week 计划')
    await approve(id)
    const { body } = await filed(id)
    const found = async (q: string) => (await author('GET', `/documents?q=${encodeURIComponent(q)}`)).body.items.map((item: { id: string }) => item.id)
    for (const q of ['图书馆', 'reading week', '读书节 计划', body.state.filing.label]) await eventually(async () => expect(await found(q)).toContain(id))
    expect(await found('运动会')).toEqual([])
  })

  it('[DC-04] lists page by page, and only where the reader may read', async () => {
    const first = await author('GET', '/documents?kind=notice&status=filed&limit=30')
    const second = await author('GET', `/documents?kind=notice&status=filed&limit=30&cursor=${first.body.nextCursor}`)
    expect(new Set([...first.body.items, ...second.body.items].map((item) => item.id)).size).toBe(40)
    expect(second.body.nextCursor).toBeNull()
    expect((await stranger('GET', '/documents')).body.items).toEqual([])
    expect((await stranger('GET', `/documents/${first.body.items[0].id}`)).status).toBe(403)
    expect((await author('GET', '/documents?cursor=AAAA')).body).toMatchObject({ code: 'bad-cursor' })
  })

  it('[DC-01] [PL-15] tells who it still waits for, and shows every revision with its approval line to whoever is asked', async () => {
    const id = await submitted('notice', '借书通知', {})
    const waiting = async (): Promise<string[]> =>
      (await president('GET', '/documents?waiting=true&limit=200')).body.items.map((item: { id: string }) => item.id)
    await eventually(async () => expect(await waiting()).toContain(id))
    expect((await author('GET', '/documents?waiting=true')).body.items).toEqual([])
    await president('POST', `/documents/${id}/return`, { ground: '日期不对' })
    await eventually(async () => expect(await waiting()).not.toContain(id))
    expect((await author('GET', `/documents/${id}/overview`)).body).toMatchObject({ status: 'returned', ground: '日期不对', returnedBy: 'president' })
    await running.send({ person: 'author', home: 'pps' }, 'documents', 'PUT', `/documents/${id}`, { title: '借书通知', text: '改过的正文' })
    await author('POST', `/documents/${id}/submission`, { approvers: ['guest', 'president'] })
    await approve(id)
    const asked = as('guest')
    await eventually(async () => expect((await asked('GET', '/documents?waiting=true')).body.items).toMatchObject([{ id, approvedBy: ['president'] }]))
    expect((await asked('GET', `/documents/${id}/overview`)).body).toMatchObject({
      revisions: [
        { revision: 1, text: '关于读书节的正文', by: 'author' },
        { revision: 2, text: '改过的正文' },
      ],
      line: [
        { person: 'guest', approvedAt: null },
        { person: 'president', approvedAt: expect.any(String) },
      ],
      filing: null,
    })
    expect((await stranger('GET', `/documents/${id}/overview`)).body).toMatchObject({ code: 'forbidden' })
    expect((await author('GET', '/documents/nowhere/overview')).body).toMatchObject({ status: 404, code: 'document-not-there' })
    const mine = (await author('GET', '/documents?author=me&status=submitted')).body.items
    expect(mine.map((item: { id: string }) => item.id)).toContain(id)
  })
})
