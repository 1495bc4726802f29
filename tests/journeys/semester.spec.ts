import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { calendarOf } from '../../infra/sample/calendar.ts'
import { readSemester } from '../../infra/sample/file.ts'
import { liveSample } from '../../infra/sample/live.ts'
import { ends } from '../../infra/sample/live-activities.ts'
import { services } from '../../infra/services.ts'
import { eventually } from '../../shared/src/testing/eventually.ts'
import type { Client } from '../kit/client.ts'
import { type EmbeddedCollegium, startCollegium } from '../kit/collegium.ts'

/** The sample's semester, cut off in the middle and begun again, seen through the public door. */
let collegium: EmbeddedCollegium
let president: Client
const semester = readSemester()
/** Activities that had ended when the semester was lived; on its last day that depends on the hour. */
let over: NonNullable<typeof semester.activities>

const live = async (cutAfter: number) => {
  const { address, password } = collegium
  const progress = ({ done }: { done: number }) => {
    if (done >= cutAfter) throw new Error('cut off')
  }
  return liveSample({ address, gatewayPool: collegium.gatewayPool(), password, operator: { account: 'operator', password }, progress })
}

beforeAll(async () => {
  collegium = await startCollegium()
  await expect(live(1_500)).rejects.toThrow('cut off')
  const { at, isPast } = calendarOf('Asia/Shanghai', '2026-09-01')
  over = (semester.activities ?? []).filter((row) => isPast(at(row.to ?? row.on, ends)))
  await live(Number.POSITIVE_INFINITY)
  president = await collegium.signIn('president')
})
afterAll(() => collegium?.stop())

/** What lists and figures show follows the sample's last facts, and its last facts follow from others, in their own time. */
const follows = (title: string, look: () => Promise<void>) => it(title, () => eventually(look, undefined, 30_000))

describe('the sample federation', () => {
  follows('[PL-02] has three campuses, 6,000 people and 300 officers after its import', async () => {
    const operator = await collegium.signIn('operator')
    const units = (await operator.get('/units')).body.items as { kind: string }[]
    expect(units.filter((unit) => unit.kind === 'campus').length).toBe(3)
    const { figures } = (await operator.get('/dashboards/fed?on=2026-09-01')).body
    expect(figures.posts.held).toBe(300)
  })

  follows('[AC-01] has lived each activity once, with about as many guests as the file says', async () => {
    const items = (await president.get('/activities?unit=pps-ppa&limit=100')).body.items as { title: { en: string }; status: string; attended: number }[]
    expect(items.length).toBe(semester.activities?.length)
    for (const row of over) {
      const found = items.filter((each) => each.title.en === row.title.en)
      expect(found.map((each) => ['held', 'closed'].includes(each.status))).toEqual([true])
      expect(Math.abs((found[0]?.attended ?? 0) / (row.attendance ?? 1) - 1)).toBeLessThan(0.05)
    }
    expect(items.filter((each) => each.status === 'registering').length).toBe(items.length - over.length)
  })

  follows('[DC-04] has filed minutes and summaries once each, with numbers without holes', async () => {
    const items = (await president.get('/documents?limit=200')).body.items as { kind: string; title: string; label: string; status: string }[]
    const numbers = items.filter((each) => each.kind === 'minutes').map((each) => Number(/(\d+)号$/.exec(each.label)?.[1]))
    expect(numbers.sort((a, b) => a - b)).toEqual(numbers.map((_, index) => index + 1))
    expect(new Set(items.map((each) => each.title)).size).toBe(items.length)
    expect(items.filter((each) => each.status !== 'filed')).toEqual([])
  })

  follows('[VL-04] [FB-03] [AS-01] has confirmed hours, answered surveys and scored what was closed', async () => {
    const { figures } = (await president.get('/dashboards/pps-ppa')).body
    expect(figures.volunteering.minutes).toBeGreaterThan(1_000)
    expect(figures.satisfaction.answers).toBeGreaterThan(over.length)
    expect(figures.assessment.scored).toBeGreaterThan(0)
  })

  follows('[PL-05] shows on a past day what had happened by then', async () => {
    const before = (await president.get('/dashboards/pps-ppa?on=2026-10-15')).body.figures
    const held = over.filter((row) => (row.to ?? row.on) <= '2026-10-15').length
    expect(before.activities.held).toBe(Math.min(held, over.length))
    expect(before.satisfaction.answers).toBeGreaterThan(0)
  })

  follows('escalates, after the moment that is left to those who enter the past, what nobody has done', async () => {
    expect((await president.get('/dashboards/pps-ppa')).body.figures.duties.escalated).toBeGreaterThan(0)
  })

  it('[PL-08] lets nobody but few date back when the introduction is over', async () => {
    const head = await collegium.signIn('study-head')
    const { id } = (await head.get('/activities?unit=pps-ppa-study&limit=1')).body.items[0]
    const answer = await head.post(`/activities/${id}/spendings`, { amount: 1, receipt: 'later' }, { 'collegium-occurred': '2026-09-20T00:00:00.000Z' })
    expect([answer.status, answer.body.params?.permission]).toEqual([403, 'records:backdate'])
  })

  it('has left nothing parked in any service', async () => {
    const operator = await collegium.signIn('operator')
    for (const { name } of services) expect([name, (await operator.get(`/${name}-consumers/parked`)).body]).toEqual([name, { items: [] }])
  })
})
