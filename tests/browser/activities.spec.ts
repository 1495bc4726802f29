import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dayOf, inHours, ok, sceneOf } from '../journeys/scene.ts'
import type { Client } from '../kit/client.ts'
import { comes, enter, openReader, openStage, type Reader, type Stage } from './scene.ts'

/** An activity from its proposal to its closing, on pages, by those whose turn it is. */
describe('Activities in the console', () => {
  let stage: Stage
  let as: (account: string) => Promise<Client>
  const readers = new Map<string, Reader>()
  let address = ''
  beforeAll(async () => {
    stage = await openStage()
    as = sceneOf({ ...stage.collegium, form: 'embedded', restart: async () => {} }).as
  })
  afterAll(async () => stage?.stop())

  /** Somebody's browser, signed in once, at an address. */
  const at = async (account: string, path: string): Promise<Page> => {
    const known = readers.get(account)
    const reader = known ?? (await openReader(stage, { locale: 'en', viewport: { width: 1440, height: 900 }, timezoneId: 'America/New_York' }))
    readers.set(account, reader)
    reader.page.setDefaultTimeout(15_000)
    await reader.page.goto(path)
    if (!known) await enter(reader.page, account, stage.collegium.password)
    return reader.page
  }
  const stageNow = (page: Page) => page.locator('.way [aria-current=step]')
  const wall = (hours: number): string =>
    new Date(Date.now() + hours * 3_600_000).toLocaleString('sv-SE', { timeZone: 'Asia/Shanghai' }).replace(' ', 'T').slice(0, 16)

  it('[AC-01] is proposed by a form whose draft outlives a reload; its proposer sees beforehand that somebody else decides', async () => {
    const page = await at('officer', '/activities/new')
    const fill = (name: string, value: string) => page.locator(`[name="${name}"]`).fill(value)
    await fill('title.en', 'Lantern walk')
    await fill('title.zh', '提灯夜行')
    await page.reload()
    await page.getByText('What you typed is kept on this device').waitFor()
    await expect.poll(() => page.locator('[name="title.en"]').inputValue()).toBe('Lantern walk')
    await fill('theme', 'Light')
    await fill('plan', 'Walk around the lake')
    await fill('risks', 'Candles')
    await fill('budget', '500')
    await fill('venue', 'The lake')
    await fill('startsAt', wall(-1))
    await fill('endsAt', wall(3))
    await fill('capacity', '20')
    await fill('kind', 'festival')
    await page.locator('[name=unit]').selectOption('north-su-tea')
    await page.getByRole('button', { name: 'Send the proposal' }).click()
    await page.getByRole('heading', { level: 1, name: 'Lantern walk' }).waitFor()
    address = new URL(page.url()).pathname
    expect(await stageNow(page).textContent()).toBe('proposed')
    await page.getByText('Waits for approval.').waitFor()
    await page.getByText(/Whose turn: .*President/).waitFor()
    await page.getByRole('button', { name: 'Approve', exact: true }).click({ force: true })
    await page
      .getByText(/somebody else decides|You hold no post/)
      .first()
      .waitFor()
    expect(await stageNow(page).textContent()).toBe('proposed')
  })

  it('[AC-01] is approved, announced and opened by those whose turn it is; each effect shows without a reload', async () => {
    const president = await at('president', address)
    await president.getByRole('button', { name: 'Approve', exact: true }).click()
    await expect.poll(() => stageNow(president).textContent()).toBe('approved')

    const officer = await at('officer', address)
    await officer.getByRole('button', { name: 'Announce' }).click()
    await expect.poll(() => stageNow(officer).textContent()).toBe('announced')
    await officer.getByRole('button', { name: 'Open registration' }).click()
    const dialog = officer.getByRole('dialog', { name: 'Lantern walk' })
    await dialog.locator('[name=until]').fill(wall(2))
    await dialog.locator('[name=capacity]').fill('2')
    await dialog.getByRole('button', { name: 'Open registration' }).click()
    await dialog.waitFor({ state: 'detached' })
    await expect.poll(() => stageNow(officer).textContent()).toBe('registration')
    await officer.getByText('2 of 2 places free').waitFor()
  })

  it('[AC-02] shows those who run it who registered and who waits; a higher capacity seats those who wait', async () => {
    const id = address.split('/').at(-1) as string
    for (const person of ['student-1', 'student-2', 'student-3']) ok(await (await as(person)).post('/registrations', { activity: id }))
    const page = await at('officer', address)
    await page.getByRole('button', { name: 'Registered 2' }).waitFor()
    await expect.poll(() => page.locator('.people-rows li').count()).toBe(2)
    await page.getByRole('button', { name: 'Waiting 1' }).click()
    await page.locator('.people-rows li', { hasText: 'student-3' }).getByRole('button', { name: 'Take off the waitlist' }).waitFor()
    await page.getByRole('button', { name: 'Change places or end' }).click()
    await page.getByRole('dialog').locator('[name=capacity]').fill('5')
    await page.getByRole('dialog').getByRole('button', { name: 'Change places or end' }).click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await comes(page, page.getByRole('button', { name: 'Registered 3' }))
  })

  it('[AC-01] keeps money against its budget, is held and closed, and says that the summary is owed', async () => {
    const page = await at('officer', address)
    await page.getByRole('button', { name: 'Record a receipt' }).click()
    await page.getByRole('dialog').locator('[name=amount]').fill('900')
    await page.getByRole('dialog').locator('[name=receipt]').fill('R-1')
    await page.getByRole('dialog').getByRole('button', { name: 'Record a receipt' }).click()
    await page
      .getByRole('dialog')
      .getByText(/need a decision to raise it/)
      .waitFor()
    await page.getByRole('dialog').locator('[name=amount]').fill('120.50')
    await page.getByRole('dialog').getByRole('button', { name: 'Record a receipt' }).click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.getByText('¥120.50 of ¥500.00 spent, ¥379.50 left').waitFor()
    await page.getByRole('button', { name: 'Mark as held' }).click()
    await expect.poll(() => stageNow(page).textContent()).toBe('held')
    await page.getByRole('button', { name: 'Close', exact: true }).click()
    await expect.poll(() => stageNow(page).textContent()).toBe('closed')
    await comes(page, page.getByText('The summary is owed.'))
  })

  it('[AC-01] is rejected with a ground, by a form that asks for it', async () => {
    const { id } = ok(await (await as('officer')).post('/activities', { ...proposal, title: { en: 'Fireworks', zh: '烟花' } }))
    const page = await at('president', `/activities/${id}`)
    await page.getByRole('button', { name: 'Reject' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Reject' }).click()
    await page
      .getByRole('dialog')
      .getByText(/ground is missing/)
      .waitFor()
    await page.getByRole('dialog').locator('[name=ground]').fill('Too near the dormitories')
    await page.getByRole('dialog').getByRole('button', { name: 'Reject' }).click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await expect.poll(() => stageNow(page).textContent()).toBe('rejected')
    await page.getByText('Reason: Too near the dormitories').waitFor()
  })

  it('[AC-13] stands on the board by its status, and on the calendar on the day of its campus', async () => {
    const late = `${dayOf(inHours(48))}T16:30:00.000Z`
    const { id } = ok(
      await (await as('officer')).post('/activities', {
        ...proposal,
        title: { en: 'Night tea', zh: '夜茶' },
        startsAt: late,
        endsAt: late.replace('16:30', '17:30'),
      }),
    )
    const page = await at('officer', '/activities?look=board')
    await page.locator('[data-column=proposed]').getByRole('link', { name: 'Night tea' }).waitFor()
    await page.locator('[data-column=closed]').getByRole('link', { name: 'Lantern walk' }).waitFor()
    await page.locator('[data-column=rejected]').getByRole('link', { name: 'Fireworks' }).waitFor()
    await page.getByRole('button', { name: 'Calendar' }).click()
    await page.goto(`/activities?look=calendar&span=week&day=${dayOf(late)}`)
    await page
      .locator(`[data-day="${dayOf(late)}"]`)
      .getByRole('link', { name: '12:30 AM Night tea' })
      .click()
    await page.getByRole('heading', { level: 1, name: 'Night tea' }).waitFor()
    expect(new URL(page.url()).pathname).toBe(`/activities/${id}`)
    // The palette says the same day, wherever the browser is.
    await page.keyboard.press('Control+k')
    await page.getByRole('dialog', { name: 'Find' }).getByRole('combobox').fill('Night tea')
    const day = new Date(`${dayOf(late)}T00:00:00Z`).toLocaleDateString('en', { dateStyle: 'medium', timeZone: 'UTC' })
    await page.getByRole('option', { name: /^Night tea/ }).waitFor()
    expect(await page.getByRole('option', { name: /^Night tea/ }).textContent()).toContain(day)
  })

  it('[DC-01] begins a document about it in the name of whoever organizes it, and keeps what is typed apart from that about another', async () => {
    const { items } = ok(await (await as('secretary')).get('/activities?limit=50'))
    const idOf = (name: string): string => items.find(({ title }: { title: { en: string } }) => title.en === name).id
    const page = await at('secretary', `/documents/draft?kind=summary&activity=${idOf('Lantern walk')}`)
    expect(await page.getByLabel('Title').inputValue()).toContain('Lantern walk')
    // They may draft for all of the union.
    expect(await page.locator('[name=unit] option').count()).toBeGreaterThan(3)
    expect(await page.locator('[name=unit]').inputValue()).toBe('north-su-tea')
    await page.getByLabel('Text').fill('Forty lanterns')
    await page.goto(`/documents/draft?kind=summary&activity=${idOf('Fireworks')}`)
    await expect.poll(() => page.getByLabel('Title').inputValue()).toContain('Fireworks')
    expect(await page.getByLabel('Text').inputValue()).toBe('')
    await page.goto(`/documents/draft?kind=summary&activity=${idOf('Lantern walk')}`)
    await expect.poll(() => page.getByLabel('Text').inputValue()).toBe('Forty lanterns')
  })

  it('[PL-10] complained about nothing to anybody', () => {
    expect([...readers.values()].flatMap(({ complaints }) => complaints)).toEqual([])
  })
})

const proposal = {
  unit: 'north-su-tea',
  theme: '夜',
  plan: 'As every year',
  risks: 'None to speak of',
  budget: 10_000,
  major: false,
  venue: '茶室 · The tea house',
  startsAt: inHours(30),
  endsAt: inHours(33),
  capacity: 30,
  openTo: 'campus',
  kind: 'festival',
  organizers: ['officer'],
}
