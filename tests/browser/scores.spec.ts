import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { daysAgo, eventually, inHours, occurred, ok, sceneOf } from '../journeys/scene.ts'
import type { Client } from '../kit/client.ts'
import { enter, openReader, openStage, type Reader, type Stage } from './scene.ts'

const criterion = (id: string, weight: number) => ({ id, source: id, name: { en: `By ${id}`, zh: `按${id}` }, weight, scale: { from: 0, to: 1 } })

/** Assessments, schemes and the results of surveys; and what of it waits on somebody's own page. */
describe('Scores, results and what waits', () => {
  let stage: Stage
  let as: (account: string) => Promise<Client>
  let scheme: string
  let survey: string
  const readers = new Map<string, Reader>()
  const page = async (account: string): Promise<Page> => {
    const known = readers.get(account)
    if (known) return known.page
    const reader = await openReader(stage, { locale: 'en', viewport: { width: 1440, height: 900 } })
    reader.page.setDefaultTimeout(20_000)
    await reader.page.goto('/settings')
    await enter(reader.page, account, stage.collegium.password)
    await reader.page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor()
    readers.set(account, reader)
    return reader.page
  }
  beforeAll(async () => {
    stage = await openStage()
    as = sceneOf({ ...stage.collegium, form: 'embedded', restart: async () => {} }).as
    const [president, officer, secretary, guide, host] = await Promise.all(['president', 'officer', 'secretary', 'guide', 'host'].map(as))
    if (!president || !officer || !secretary || !guide || !host) throw new Error('Somebody could not sign in')
    const duty = ok(await president.post('/duties', { unit: 'north-su-tea', title: '布置茶室', owner: 'officer', due: inHours(30) })).id
    ok(await officer.post(`/duties/${duty}/fulfilment`, {}))
    ok(await president.post('/duties', { unit: 'north-su-tea', title: '清点茶具', owner: 'head', due: daysAgo(2) }, occurred(daysAgo(5))))
    const criteria = [criterion('duties', 60), criterion('attendance', 40)]
    scheme = ok(await secretary.post('/schemes', { unit: 'north-su', subject: 'person', name: { en: 'Officers', zh: '干事' }, criteria })).id
    ok(await guide.post(`/schemes/${scheme}/adoption`, { revision: 1 }))
    const period = { from: daysAgo(30), to: inHours(24 * 30) }
    ok(await secretary.post('/assessments', { unit: 'north-su', subject: { kind: 'person', id: 'officer' }, scheme, ...period }))
    ok(
      await secretary.post('/schemes', { unit: 'north-su', subject: 'activity', name: { en: 'Activities', zh: '活动' }, criteria: [criterion('thrift', 100)] }),
    )
    const questions = [{ id: 'worth', text: { en: 'It was worth it', zh: '很值得' } }]
    const asked = { unit: 'north', subject: { service: 'membership', kind: 'unit', id: 'north' }, title: { en: 'The semester', zh: '这个学期' }, questions }
    survey = ok(await (await as('operator')).post('/surveys', asked)).id
    const shift = ok(await host.post('/shifts', { ...pouring, from: inHours(-5), to: inHours(-1) }, occurred(daysAgo(1)))).id
    const served = { shift, person: 'vol-1', from: inHours(-4), to: inHours(-2), reason: 'The reader was broken', evidence: ['a signed list'] }
    ok(await host.post('/stints', served))
    const proposed = ok(await president.post('/appointments', { person: 'candidate-2', kind: 'officer', unit: 'north-su-tea' })).id
    ok(await guide.post(`/appointments/${proposed}/recommendation`, {}))
    const student = await as('student-1')
    await eventually(
      () => guide.get(`/appointments/${proposed}`),
      ({ body }) => expect(body.state.status).toBe('notice'),
    )
    ok(await student.post(`/appointments/${proposed}/objections`, { ground: '茶节当天缺席' }))
  }, 240_000)
  afterAll(async () => stage?.stop())

  it('[AS-08] [AS-01] scores on the page; the score opens down to how it was made and to the facts, by name', async () => {
    const secretary = await page('secretary')
    await secretary.goto('/assessments')
    await secretary.getByRole('link', { name: '周五行' }).click()
    await secretary.getByText('Not scored yet').waitFor()
    await secretary.getByRole('button', { name: 'Score', exact: true }).click()
    await secretary.locator('.headline .score').waitFor()
    await expect.poll(() => secretary.locator('.headline').textContent()).toContain('round 1')
    const duties = secretary.locator('.criteria details', { hasText: 'By duties' })
    await duties.locator('summary').click()
    await duties.getByText('One fact behind it').waitFor()
    await expect.poll(() => duties.locator('.evidence li').textContent()).toBe('布置茶室')
    // Whoever reads the trail comes to the fact itself.
    const auditor = await page('auditor')
    await auditor.goto(new URL(secretary.url()).pathname)
    await auditor.locator('.criteria details', { hasText: 'By duties' }).locator('summary').click()
    const behind = auditor.locator('.criteria details', { hasText: 'By duties' }).locator('.evidence li')
    await expect.poll(() => behind.textContent()).toMatch(/^布置茶室 · Duty done · .*2\d{3}/)
    await behind.locator('a').click()
    await auditor.waitForURL('**/trail/activities/duty-*/*')
    await secretary.locator('.criteria li', { hasText: 'By attendance' }).getByText('Nothing was recorded for it.').waitFor()
  })

  it('[AS-08] [PL-13] opens one’s own score without a permission, criteria and facts by name; somebody else’s is refused, and says who may', async () => {
    const officer = await page('officer')
    await officer.goto('/assessments')
    await officer.getByRole('link', { name: '周五行' }).click()
    await officer.locator('.headline .score').waitFor()
    const own = new URL(officer.url()).pathname
    await expect.poll(() => officer.getByRole('button', { name: 'Score again' }).getAttribute('aria-disabled')).toBe('true')
    const duties = officer.locator('.criteria details', { hasText: 'By duties' })
    await duties.locator('summary').click()
    await duties.locator('.evidence').getByText('布置茶室').waitFor()
    // The trail is not theirs to read: nothing leads there.
    expect(await duties.locator('.evidence a').count()).toBe(0)
    expect(await officer.getByRole('link', { name: 'Officers' }).count()).toBe(0)

    const head = await page('head')
    await head.goto(own)
    await head.getByText('assessments:read').first().waitFor()
    await head.getByText('secretary').first().waitFor()
    expect(await head.locator('.score, .criteria').count()).toBe(0)
    await head.goto('/assessments')
    await head.getByText('Nothing has been assessed yet').waitFor()
  })

  it('[PL-15] [AS-01] brings a draft scheme to whoever may adopt it, who reads no assessments; read and adopted without leaving the list', async () => {
    const guide = await page('guide')
    await guide.goto('/')
    const waiting = guide.locator('article', { has: guide.getByRole('heading', { level: 3, name: 'Activities', exact: true }) })
    await waiting.getByText('Look at the scheme').click()
    await waiting.getByText('By thrift').waitFor()
    await waiting.getByRole('button', { name: 'Adopt this revision' }).click()
    await waiting.waitFor({ state: 'detached' })
    expect(new URL(guide.url()).pathname).toBe('/')
    const client = await as('secretary')
    await expect.poll(async () => ok(await client.get('/schemes?subject=activity')).items).toMatchObject([{ status: 'adopted', adopted: 1 }])
  })

  it('[PL-15] [VL-04] brings hours that were entered by hand to be countersigned, by somebody outside the unit, in place', async () => {
    const guide = await page('guide')
    await guide.goto('/')
    const entered = guide.locator('article', { has: guide.getByRole('button', { name: 'Countersign' }) })
    await entered.getByText('Read it').click()
    await entered.getByText('The reader was broken').waitFor()
    await entered.getByText('a signed list').waitFor()
    await entered.getByRole('button', { name: 'Countersign' }).click()
    await entered.waitFor({ state: 'detached' })
    const host = await as('host')
    await expect.poll(async () => ok(await host.get('/stints?unit=north-su-tea')).items).toMatchObject([{ person: 'vol-1', status: 'confirmed' }])
  })

  it('[PL-15] [MB-06] brings an objection to whoever settles it; read and settled without leaving the list', async () => {
    const guide = await page('guide')
    await guide.goto('/')
    const notice = guide.locator('article', { has: guide.getByText('1 open objection') })
    await notice.getByText('See the objections').click()
    await notice.getByText('茶节当天缺席').waitFor()
    await notice.getByRole('button', { name: 'Settle the objection' }).click()
    await guide.getByRole('dialog').getByLabel('Ground').fill('当天请了假')
    await guide.getByRole('dialog').getByRole('button', { name: 'Settle the objection' }).click()
    await notice.waitFor({ state: 'detached' })
    expect(new URL(guide.url()).pathname).toBe('/')
  })

  it('[AS-01] shows a scheme that is frozen, and what a next revision would have made of last term’s scores, before it is kept', async () => {
    const secretary = await page('secretary')
    await secretary.goto(`/schemes/${scheme}`)
    await secretary.getByText('Adopted and frozen').waitFor()
    await secretary.getByRole('button', { name: 'Write the next revision' }).click()
    await secretary.getByText('Weights: 100 of 100').waitFor()
    await secretary.locator('[name="criteria.0.weight"]').fill('50')
    await secretary.getByText('Weights: 90 of 100').waitFor()
    await secretary.locator('[name="criteria.1.weight"]').fill('50')
    await secretary.getByText('Weights: 100 of 100').waitFor()
    await secretary.getByText('周五行').first().waitFor()
    // Until last term is known and something of it was scored, the latest scores serve.
    const whatIf = secretary.getByRole('complementary', { name: 'What if' })
    await whatIf.getByText('The last scores').waitFor()
    const spring = { term: '2026-spring', unit: 'fed', name: { en: 'Spring semester 2026', zh: '2026年春季学期' }, from: '2026-02-20', to: '2026-08-31' }
    ok(await (await as('operator')).post('/terms', { ...spring, timezone: 'Asia/Shanghai' }))
    const period = { from: '2026-08-01T00:00:00.000Z', to: inHours(24 * 30) }
    const client = await as('secretary')
    const { id } = ok(await client.post('/assessments', { unit: 'north-su', subject: { kind: 'person', id: 'officer' }, scheme, ...period }))
    ok(await client.post(`/assessments/${id}/scores`, {}))
    await secretary.reload()
    await secretary.getByRole('button', { name: 'Write the next revision' }).click()
    await whatIf.getByText('The scores of last term (Spring semester 2026)').waitFor()
    await expect.poll(() => whatIf.getByRole('listitem').count()).toBe(1)
    await expect.poll(() => secretary.locator('[name="criteria.0.weight"]').inputValue()).toBe('50')
    await secretary.getByRole('button', { name: 'Keep the draft' }).click()
    await secretary.getByRole('heading', { name: 'Draft: revision 2' }).waitFor()
    await expect.poll(() => secretary.getByRole('button', { name: 'Adopt this revision' }).getAttribute('aria-disabled')).toBe('true')
  })

  it('[PL-15] brings an overdue duty to whoever gave it, to confirm', async () => {
    const president = await page('president')
    await president.goto('/')
    const waiting = president.locator('article', { has: president.getByRole('heading', { level: 3, name: '清点茶具' }) })
    await waiting.getByText('overdue').first().waitFor()
    await waiting.getByRole('button', { name: 'Confirm' }).first().click()
    await waiting.waitFor({ state: 'detached' })
  })

  it('[PL-15] says that more waits than is shown, and shows it', async () => {
    const officer = await as('officer')
    for (let at = 0; at < 104; at += 8)
      await Promise.all(
        Array.from({ length: 8 }, async (_, each) =>
          ok(await officer.post('/documents', { unit: 'north-su-tea', kind: 'report', title: `Report ${at + each}`, text: 'Tea' })),
        ),
      )
    const reading = await page('officer')
    await reading.goto('/')
    await reading.getByText(/^10\d things, and more$/).waitFor()
    await reading.getByText('There is more than is shown here.').waitFor()
    await reading
      .locator('section', { has: reading.getByText('There is more than is shown here.') })
      .getByRole('button', { name: 'Show more' })
      .click()
    await expect.poll(() => reading.getByRole('heading', { level: 3, name: /^Report \d+$/ }).count()).toBe(104)
    await reading.getByText('There is more than is shown here.').waitFor({ state: 'detached' })
  }, 240_000)

  it('[FB-01] shows the results of a survey once enough have answered, and until then how many are missing', async () => {
    const answer = async (person: string, worth: number): Promise<void> =>
      void ok(await (await as(person)).post(`/surveys/${survey}/answers`, { scores: { worth }, ...(worth === 5 ? { comment: 'More tea' } : {}) }))
    for (const person of ['student-1', 'student-2', 'student-3', 'student-4']) await answer(person, 4)
    const reading = await page('operator')
    await reading.goto('/surveys')
    await reading.getByRole('link', { name: 'The semester' }).click()
    await reading.getByText('One more answer is needed').waitFor()
    expect(await reading.locator('meter').count()).toBe(0)
    // The fifth arrives while somebody looks.
    await answer('student-5', 5)
    await reading.getByText('mean 4.2 of 5').waitFor()
    await expect.poll(() => reading.locator('.counts dd').allTextContents()).toEqual([' 0', ' 0', ' 0', ' 4', ' 1'])
    await reading.getByText('More tea').waitFor()
  })

  it('[PL-10] complained about nothing to anybody', () => {
    expect([...readers].flatMap(([account, { complaints }]) => complaints.map((complaint) => `${account}: ${complaint}`))).toEqual([])
  })
})

const pouring = { unit: 'north-su-tea', title: { en: 'Pouring tea', zh: '倒茶' }, category: 'community', place: '茶室', seats: 3 }
