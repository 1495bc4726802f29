import { statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openedActivity } from '../journeys/opened.ts'
import { eventually, factsOf, ok, sceneOf } from '../journeys/scene.ts'
import type { Client } from '../kit/client.ts'
import { axeFaults } from './axe.ts'
import { lookFaults } from './looks.ts'
import { enter, openReader, openStage, type Reader, type Stage } from './scene.ts'

const dist = fileURLToPath(new URL('../../services/console/dist/', import.meta.url))
const sizeLimit = 60 * 1_024
const expected = 200

/** The door: two devices of two people, a network that goes and comes, two hundred students. */
describe('The door', () => {
  let stage: Stage
  let as: (account: string) => Promise<Client>
  let activity: string
  const students = Array.from({ length: expected }, (_, index) => `guest-${String(index).padStart(3, '0')}`)
  const devices = new Map<string, Reader>()

  beforeAll(async () => {
    stage = await openStage()
    const scene = sceneOf({ ...stage.collegium, form: 'embedded', restart: async () => {} })
    as = scene.as
    const title = { en: 'Tea for all campuses', zh: '全联合会茶会' }
    activity = await openedActivity(scene, { title, venue: '礼堂 · Great hall', capacity: 400, openTo: 'federation' })
    const officer = await as('officer')
    for (let from = 0; from < students.length; from += 20)
      await Promise.all(students.slice(from, from + 20).map(async (person) => ok(await officer.post('/registrations/desk', { activity, person }))))
    await listed(expected)
  })
  afterAll(async () => stage?.stop())

  const address = () => `/door.html?activity=${activity}`
  const net = (page: Page) => page.locator('.door-net')
  const scan = async (page: Page, person: string): Promise<string> => {
    await page.locator('#door-search').fill(person)
    await page.locator('#door-search').press('Enter')
    await page.locator('.verdict-name', { hasText: person }).waitFor()
    return (await page.locator('.verdict').getAttribute('data-kind')) as string
  }
  /** A device in somebody's hands, with the list on it. */
  const device = async (account: string): Promise<Page> => {
    const reader = await openReader(stage, { locale: 'en', viewport: { width: 360, height: 740 } })
    devices.set(account, reader)
    const { page } = reader
    page.setDefaultTimeout(15_000)
    await page.goto(`/sign-in?to=${encodeURIComponent('/activities')}`)
    await enter(page, account, stage.collegium.password)
    await page.locator('.frame').waitFor()
    await page.goto(address())
    await page.locator('.door-net[data-net=online]').waitFor()
    await page.getByText(`${expected} shown. 0 of ${expected} are here.`).waitFor()
    const worker = await page.evaluate(
      'Promise.race([navigator.serviceWorker.ready.then(() => "ready"), new Promise((r) => setTimeout(() => navigator.serviceWorker.getRegistrations().then((all) => r(JSON.stringify(all.map((a) => [a.scope, a.installing?.state, a.waiting?.state, a.active?.state])))), 8000))])',
    )
    expect([worker, reader.complaints]).toEqual(['ready', []])
    return page
  }

  it('[AC-02] takes two hundred scans of two devices without a network, and counts each student once when it is back', async () => {
    const [first, second] = [await device('officer'), await device('head')]
    for (const { context } of devices.values()) await context.setOffline(true)

    // The page opens without a network, with the list and the key that it kept.
    await first.reload()
    await first.locator('.door-net[data-net=offline]').waitFor()
    const begun = Date.now()
    for (const person of students.slice(0, 120)) expect(await scan(first, person)).toBe('kept')
    for (const person of students.slice(80)) expect(await scan(second, person)).toBe('kept')
    const ended = Date.now()
    expect(await scan(first, students[0] as string)).toBe('again')
    expect(await scan(first, 'nobody-invited')).toBe('unlisted')
    await expect.poll(() => net(first).getAttribute('data-waiting')).toBe('120')
    await first.getByRole('button', { name: 'To send 120' }).click()
    await first.getByRole('heading', { name: '120 not sent yet' }).waitFor()
    await faultless(first, 'door-waiting')
    await first.reload()
    await first.locator('.door-net[data-waiting="120"]').waitFor()
    expect(await attended()).toBe(0)

    for (const { context } of devices.values()) await context.setOffline(false)
    for (const page of [first, second]) await expect.poll(() => net(page).getAttribute('data-waiting'), { timeout: 30_000 }).toBe('0')
    await expect.poll(attended, { timeout: 20_000 }).toBe(expected)
    for (const page of [first, second]) expect(await net(page).textContent()).not.toContain('refused')

    const client = await as('officer')
    for (const person of [students[0], students[100], students[199]] as string[]) {
      const facts = await factsOf(client, `/attendances/${activity}.${person}`)
      expect(facts).toHaveLength(1)
      const [fact] = facts as unknown as [{ type: string; occurred: string; recorded: string; data: { grade: string } }]
      expect([fact.type, fact.data.grade]).toEqual(['activities.checked-in.v2', 'staff-scan-offline'])
      expect(Date.parse(fact.occurred)).toBeGreaterThan(begun - 2_000)
      expect(Date.parse(fact.occurred)).toBeLessThan(ended + 2_000)
      expect(fact.recorded > fact.occurred).toBe(true)
    }
  }, 240_000)

  it('[AC-02] counts at once while there is a network, refuses in the server’s words, and shows the code that changes', async () => {
    const page = devices.get('officer')?.page as Page
    const officer = await as('officer')
    ok(await officer.post('/registrations/desk', { activity, person: 'student-1' }))
    await listed(expected + 1)
    await page.reload()
    await page.locator('.door-net[data-net=online]').waitFor()
    await page.getByText(`${expected + 1} shown.`).waitFor()
    expect(await scan(page, 'student-1')).toBe('counted')
    const [fact] = (await factsOf(officer, `/attendances/${activity}.student-1`)) as unknown as [{ data: { grade: string } }]
    expect(fact.data.grade).toBe('staff-scan')
    expect(await scan(page, 'officer')).toBe('self')
    expect(await scan(page, 'stranger')).toBe('unlisted')
    await page.getByRole('button', { name: 'Keep the scan anyway' }).click()
    await page.locator('.verdict[data-kind=refused]', { hasText: 'Only those who hold a place' }).waitFor()
    await page.getByRole('button', { name: 'Code', exact: true }).click()
    await page.getByRole('img', { name: 'The code as a QR picture' }).waitFor()
    expect(await page.locator('.door-letters').textContent()).toMatch(/^[0-9A-Z]{8}$/)
    await faultless(page, 'door-code')
  })

  it('[AC-02] says that somebody else must sign in to send what they scanned, and what lapsed is not lost', async () => {
    const { page, context } = devices.get('head') as Reader
    await context.setOffline(true)
    ok(await (await as('officer')).post('/registrations/desk', { activity, person: 'student-2' }))
    expect(await scan(page, 'student-2')).toBe('unlisted')
    await page.getByRole('button', { name: 'Keep the scan anyway' }).click()
    await page.locator('.verdict[data-kind=kept]').waitFor()
    await context.clearCookies()
    await context.setOffline(false)
    await page.locator('.door-net[data-net=signed-out]').waitFor()
    await expect.poll(() => net(page).getAttribute('data-waiting')).toBe('1')
    await page.getByRole('link', { name: 'Sign in to send' }).click()
    await enter(page, 'head', stage.collegium.password)
    await expect.poll(() => net(page).getAttribute('data-waiting'), { timeout: 20_000 }).toBe('0')
    await expect.poll(attended).toBe(expected + 2)
  })

  it('loads within 60 KB, compressed, and tells how soon a slow phone shows its list', async () => {
    const { page, context } = await openReader(stage, { locale: 'zh-CN', viewport: { width: 360, height: 740 }, serviceWorkers: 'block' })
    await page.goto('/sign-in')
    await enter(page, 'officer', stage.collegium.password)
    await page.waitForURL((url) => url.pathname !== '/sign-in')
    await page.goto(address())
    await page.locator('.door-net[data-net=online]').waitFor()
    const names = new Set<string>()
    page.on('response', (response) => {
      const { pathname } = new URL(response.url())
      if (pathname.startsWith('/assets/') || pathname === '/door.html') names.add(pathname)
    })
    const session = await context.newCDPSession(page)
    await session.send('Network.enable')
    await session.send('Network.setCacheDisabled', { cacheDisabled: true })
    await session.send('Network.emulateNetworkConditions', { offline: false, latency: 40, downloadThroughput: 200_000, uploadThroughput: 94_000 })
    await session.send('Emulation.setCPUThrottlingRate', { rate: 4 })
    await page.reload({ waitUntil: 'commit' })
    await page.locator('.door-rows li').first().waitFor()
    const took = (await page.evaluate('performance.now()')) as number
    const bytes = [...names].reduce((sum, name) => sum + statSync(`${dist}${name}.gz`).size, 0)
    console.log(`door: ${bytes} bytes compressed, list after ${Math.round(took)} ms`)
    expect(names.size).toBeGreaterThan(2)
    expect(bytes).toBeLessThan(sizeLimit)
    await context.close()
  })

  for (const locale of ['zh-CN', 'en'])
    it(`[PL-10] [PL-17] gives axe nothing to complain about, and keeps within the edge, in ${locale}`, async () => {
      const { page, context, complaints } = await openReader(stage, { locale, viewport: { width: 1440, height: 900 } })
      await page.goto('/sign-in')
      await enter(page, 'officer', stage.collegium.password)
      await page.waitForURL((url) => url.pathname !== '/sign-in')
      await page.goto(address())
      await page.locator('.door-rows li').first().waitFor()
      await page.locator('#door-search').fill('guest-00')
      expect(await lookFaults(page, 'the door')).toEqual([])
      expect(complaints).toEqual([])
      await context.close()
    })

  const attended = async (): Promise<number> => ok(await (await as('officer')).get(`/activities/${activity}/overview`)).attended
  /** The list that a device takes along holds so many by now. */
  const listed = async (count: number): Promise<void> => {
    const officer = await as('officer')
    await eventually(
      () => officer.get(`/activities/${activity}/door`),
      (answer) => expect(ok(answer).people).toHaveLength(count),
    )
  }
  const faultless = async (page: Page, name: string): Promise<void> => {
    expect(await axeFaults(page, name)).toEqual([])
  }
})
