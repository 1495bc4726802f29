import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { federation, inHours, ok, type Scene, sceneOf } from '../journeys/scene.ts'
import { enter, openReader, openStage, type Reader, type Stage } from './scene.ts'

/** Texts of the page that are nothing but an id. Each text node counts, those of options too. */
const bareIds = async (page: Page, known: readonly string[]): Promise<string[]> => {
  const texts: string[] = await page.evaluate(`(() => {
    const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT)
    const texts = []
    while (walker.nextNode()) texts.push(walker.currentNode.textContent.trim())
    return texts
  })()`)
  return texts.filter((text) => known.includes(text) || /^[0-9a-f]{8}-[0-9a-f]{4}-/.test(text))
}

/** Names instead of ids, and finding what they belong to, for somebody who may not read everybody's card. */
describe('Names in the console', () => {
  let stage: Stage
  let scene: Scene
  let activity: string
  let meeting: string
  const readers: Reader[] = []
  const as = async (account: string, address: string): Promise<Page> => {
    const reader = await openReader(stage, { locale: 'en', viewport: { width: 1440, height: 900 } })
    reader.page.setDefaultTimeout(15_000)
    readers.push(reader)
    await reader.page.goto(address)
    await enter(reader.page, account, stage.collegium.password)
    await reader.page.locator('.navigation').waitFor()
    return reader.page
  }
  beforeAll(async () => {
    stage = await openStage()
    scene = sceneOf({ ...stage.collegium, form: 'embedded', restart: async () => {} })
    activity = await stage.propose(1)
    const [officer, secretary] = [await scene.as('officer'), await scene.as('secretary')]
    ok(await officer.post(`/activities/${activity}/announcement`, {}))
    ok(await officer.post(`/activities/${activity}/registration`, { until: inHours(2) }))
    ok(await (await scene.as('student-1')).post('/registrations', { activity }))
    const called = {
      unit: 'north-su-tea',
      title: { en: 'Tea council', zh: '茶会' },
      kind: 'department-exchange',
      at: inHours(5),
      agenda: ['Tea'],
      chair: 'secretary',
    }
    meeting = ok(await secretary.post('/meetings', { ...called, invited: ['officer', 'head', 'student-2'] })).id
  })
  afterAll(async () => stage?.stop())

  it('[MB-02] [PL-13] shows post holders by name to whom may not read cards, others as members, and no id alone', async () => {
    const page = await as('officer', '/directory')
    const { people, campuses } = parse(federation) as { people: { id: string }[]; campuses: { unions: { id: string; departments?: { id: string }[] }[] }[] }
    const units = campuses.flatMap(({ unions }) => unions.flatMap(({ id, departments = [] }) => [id, ...departments.map((each) => `${id}-${each.id}`)]))
    const ids = [...people.map(({ id }) => id), ...units, 'fed', 'north', 'south', 'department-exchange']
    const pages = {
      '/directory': '.dir-rows li',
      [`/activities/${activity}`]: '[data-state=registered], .people, .rows',
      [`/meetings/${meeting}`]: '.attendees li, [data-state=invited]',
      '/dashboards/north-su-tea': '.people li',
      '/dashboards/officers/head': '.headline',
      '/people/head': '.dir-rows li',
      '/people/student-1': 'h1',
      '/duties': 'h1',
      '/documents': 'h1',
      '/organization?unit=north-su-tea': '.org-posts li',
    }
    for (const [address, loaded] of Object.entries(pages)) {
      await page.goto(address)
      await page.locator(loaded).first().waitFor()
      await expect.poll(() => page.getByText('…', { exact: true }).count(), { message: `${address} is still waiting for names` }).toBe(0)
      await expect.poll(() => bareIds(page, ids), { message: address }).toEqual([])
    }
    await page.goto('/people/head')
    await page.getByRole('heading', { level: 1, name: '李四光' }).waitFor()
    await page.goto(`/meetings/${meeting}`)
    await page.getByText('exchange between departments').first().waitFor()
    await page.getByText('Member student-2').first().waitFor()
    await page.locator('main').getByText('李四光').first().waitFor()
  })

  it('[MB-02] asks for the names of a page at once, not one by one', async () => {
    const page = await as('student-1', '/organization?unit=north-su-tea')
    const asked: string[] = []
    page.on('request', (request) => asked.push(new URL(request.url()).pathname))
    await page.goto(`/meetings/${meeting}`)
    await page.goto('/directory')
    await page.locator('.dir-rows li').first().waitFor()
    await page.getByRole('link', { name: '李四光' }).waitFor()
    const lists = ['/api/v1/people/names', '/api/v1/people/exports']
    expect(asked.filter((path) => path.startsWith('/api/v1/people/') && !lists.includes(path))).toEqual([])
  })

  it('[PL-14] finds post holders by name and pinyin in a form, with their post, for an officer', async () => {
    const page = await as('secretary', '/meetings/call')
    const field = page.getByPlaceholder('Name or number').first()
    for (const text of ['sunsan', '三思']) {
      await field.fill(text)
      await page.getByRole('option', { name: /孙三思.*Secretary-general/ }).waitFor()
    }
    await page.keyboard.press('Enter')
    await page.locator('.chip').getByText('孙三思').waitFor()
  })

  it('[PL-17] ⌘K finds pages, people, activities and documents, in the language of the reader', async () => {
    const officer = await scene.as('officer')
    const document = ok(await officer.post('/documents', { unit: 'north-su-tea', kind: 'plan', title: '采茶与品茗计划', text: '九月采茶' })).id
    await expect.poll(async () => ok(await officer.get(`/documents?q=${encodeURIComponent('品茗')}`)).items.length).toBe(1)
    const page = await as('officer', '/directory')
    const find = async (text: string, option: RegExp): Promise<void> => {
      await page.keyboard.press('Control+k')
      await page.getByRole('dialog', { name: 'Find' }).getByRole('combobox').fill(text)
      await page.getByRole('option', { name: option }).first().click()
    }
    await find('and reading', /^Tea and reading/)
    await page.waitForURL(/\/activities\/.+/)
    await page.getByRole('heading', { level: 1, name: 'Tea and reading' }).waitFor()
    await find('lisiguang', /李四光/)
    await page.waitForURL('**/people/head')
    await find('茶与读书', /^Tea and reading/)
    await page.waitForURL(/\/activities\/.+/)
    await find('品茗', /采茶与品茗计划/)
    await page.waitForURL(`**/documents/${document}`)
    await find('meeti', /^Meetings/)
    await page.waitForURL('**/meetings')
  })

  it('[PL-17] keeps what was typed about one record out of the form of another', async () => {
    const page = await as('operator', '/policies?unit=north')
    const open = async (policy: string) => {
      await page.locator('.policy-rows > li', { hasText: policy }).getByRole('button', { name: 'Tighten' }).click()
      return page.getByRole('dialog').getByLabel('Value')
    }
    const value = await open('Public notice, days')
    await value.fill('77')
    await page.getByRole('dialog').getByRole('button', { name: 'Not now' }).click()
    expect(await (await open('Reminder of a duty')).inputValue()).not.toBe('77')
    await page.getByRole('dialog').getByRole('button', { name: 'Not now' }).click()
    const again = await open('Public notice, days')
    await expect.poll(() => again.inputValue()).toBe('77')
  })

  it('[PL-10] complained about nothing to anybody', () => {
    expect(readers.flatMap(({ complaints }) => complaints)).toEqual([])
  })
})
