import { emptySnapshot, type Snapshot, type Unit } from '@collegium/shared/directory.ts'
import { type Alone, alone, eventually } from '@collegium/shared/testing/alone.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { documents } from './app.ts'

const since = '2026-01-01T00:00:00.000Z'
const unit = (id: string, kind: Unit['kind'], parent: string | null, zh: string): Unit => ({
  id,
  kind,
  parent,
  level: null,
  name: { en: id, zh },
  timezone: 'Asia/Shanghai',
  dissolved: null,
})
const holding = (person: string, kind: string, at: string) => ({ id: person, person, kind, unit: at, from: since, until: null })
const snapshot: Snapshot = {
  ...emptySnapshot,
  version: 1,
  units: [
    unit('fed', 'federation', null, '学生联合会'),
    unit('pps', 'campus', 'fed', '综合大学'),
    unit('su', 'union', 'pps', '学生会'),
    unit('study', 'department', 'su', '学习部'),
    unit('gufe', 'campus', 'fed', '大学城校区'),
  ],
  holdings: [holding('author', 'officer', 'study'), holding('president', 'president', 'su'), holding('stranger', 'president', 'gufe')],
  postKinds: [
    { id: 'officer', name: { en: 'Officer', zh: '干部' }, permissions: ['documents:draft', 'documents:read'] },
    { id: 'president', name: { en: 'President', zh: '主席' }, permissions: ['documents:*'] },
  ],
  policies: ['notice', 'summary', 'plan'].map((kind) => ({ name: `retention.${kind}.years`, unit: 'fed', value: 10, version: 1, from: since })),
}

let service: Alone
let author: ReturnType<Alone['as']>
let president: ReturnType<Alone['as']>
let stranger: ReturnType<Alone['as']>

beforeAll(async () => {
  service = await alone(documents, snapshot)
  author = service.as({ person: 'author', home: 'pps' })
  president = service.as({ person: 'president', home: 'pps' })
  stranger = service.as({ person: 'stranger', home: 'gufe' })
})
afterAll(() => service?.drop())

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
  eventually(
    () => author('GET', `/documents/${id}`),
    (seen) => seen.body.state.status === 'filed',
  )

describe('documents on a real Postgres', () => {
  it('[DC-02] [DC-04] [DC-07] a summary goes through approval and is filed with the first number of its issuer, kind and year', async () => {
    const about = { service: 'activities', kind: 'activity', id: 'festival' }
    const id = await submitted('summary', '读书节总结', { about })
    expect((await author('POST', `/documents/${id}/approval`, {})).status).toBe(403)
    expect((await approve(id)).status).toBe(200)
    const { body } = await filed(id)
    const year = Number(service.now().slice(0, 4))
    expect(body.state.filing).toEqual({ year, number: 1, label: `学习部总〔${year}〕1号`, retention: 10 })
  })

  it('[DC-02] forty who file at the same time, and a process that ends in between, leave no hole and no number twice', async () => {
    const ids = await Promise.all(Array.from({ length: 40 }, (_, index) => submitted('notice', `通知${index}`)))
    await Promise.all(ids.slice(0, 20).map(approve))
    const approvals = ids.slice(20).map(approve)
    await service.stop()
    await Promise.all(approvals.map((each) => each.catch(() => null)))
    await service.start()
    // Who got no answer asks again.
    await Promise.all(ids.slice(20).map(approve))
    const numbers = await Promise.all(ids.map(async (id) => (await filed(id)).body.state.filing?.number))
    expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1))

    const year = Number(service.now().slice(0, 4))
    const register = await eventually(
      () => president('GET', '/registers?kind=notice'),
      (seen) => seen.body.items[0]?.last === 40,
    )
    expect(register.body.items).toMatchObject([{ register: `study.notice.${year}`, issuer: 'study', last: 40, voids: 0 }])
  })

  it('[DC-02] a void number stays in the register with its ground', async () => {
    const year = Number(service.now().slice(0, 4))
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
    for (const q of ['图书馆', 'reading week', '读书节 计划', body.state.filing.label])
      expect(
        await eventually(
          () => found(q),
          (ids) => ids.includes(id),
        ),
      ).toContain(id)
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
})
