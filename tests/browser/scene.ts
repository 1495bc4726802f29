import { fileURLToPath } from 'node:url'
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Locator, type Page } from 'playwright-core'
import { expect } from 'vitest'
import { buildConsole } from '../../infra/console.ts'
import { findChromium } from '../../infra/engines/chromium.ts'
import { daysAgo, eventually, federation, occurred, ok, openAccounts, sceneOf, yaml } from '../journeys/scene.ts'
import { type EmbeddedCollegium, startCollegium } from '../kit/collegium.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

export type Stage = {
  readonly collegium: EmbeddedCollegium
  readonly browser: Browser
  /** Proposes an activity at the tea department, `days` ago. Returns its id, once the trail has it. */
  readonly propose: (days: number) => Promise<string>
  readonly stop: () => Promise<void>
}

/** The console as it is built, a small federation behind it, and a real browser before it; with a file of its own nothing has happened yet. */
export const openStage = async (file?: string): Promise<Stage> => {
  await buildConsole(root, () => {})
  const collegium = await startCollegium()
  const scene = sceneOf({ ...collegium, form: 'embedded' })
  ok(await (await scene.as('operator')).post('/imports', file ?? federation, yaml))
  await openAccounts(scene, file)
  const [officer, president] = [await scene.as('officer'), await scene.as('president')]

  const propose = async (days: number): Promise<string> => {
    const past = { ...occurred(daysAgo(days)), 'collegium-correlation': `reading-${days}`, 'collegium-reason': encodeURIComponent('按学期计划 · as planned') }
    const { id } = ok(await officer.post('/activities', proposal(), past))
    ok(await president.post(`/activities/${id}/approval`, {}, past))
    const auditor = await scene.as('auditor')
    await eventually(
      () => auditor.get(`/trail/activities/activity-${id}/2`),
      (answer) => ok(answer),
    )
    return id
  }
  if (file === undefined) await propose(10)
  const browser = await chromium.launch({ executablePath: findChromium().address, args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'] })
  return {
    collegium,
    browser,
    propose,
    stop: async () => {
      await browser.close()
      await collegium.stop()
    },
  }
}

const dayMs = 86_400_000
const inDays = (days: number): string => new Date(Date.now() + days * dayMs).toISOString()

const proposal = () => ({
  unit: 'north-su-tea',
  title: { en: 'Tea and reading', zh: '茶与读书' },
  theme: '一杯茶，一本书',
  plan: 'Readings, then tea',
  risks: 'Hot water',
  budget: 120_000,
  major: false,
  venue: 'The tea house',
  startsAt: inDays(5),
  endsAt: inDays(5.1),
  capacity: 40,
  openTo: 'campus',
  kind: 'lecture',
  organizers: ['officer'],
})

/** Somebody before the console; what the browser complains about is collected in `complaints`. */
export type Reader = { readonly page: Page; readonly context: BrowserContext; readonly complaints: readonly string[] }

export const openReader = async ({ browser, collegium }: Stage, options: BrowserContextOptions): Promise<Reader> => {
  const context = await browser.newContext({ baseURL: collegium.address, reducedMotion: 'reduce', ...options })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (/Content Security Policy|Warning:|missingKey/.test(message.text())) complaints.push(message.text())
  })
  return { page, context, complaints }
}

/** Fills the sign-in form that is open. */
export const enter = async (page: Page, account: string, password: string): Promise<void> => {
  await page.locator('[name=account]').fill(account)
  await page.locator('[name=password]').fill(password)
  await page.locator('[type=submit]').click()
}

/** What was typed is kept on the device: from now on it outlives a reload. */
export const isKept = (page: Page, text: string): Promise<void> =>
  expect.poll(() => page.evaluate<string>('Object.values(localStorage).join()'), { message: `${text} is kept` }).toContain(text)

/** What a reaction brings about, or another service's list shows, is there after some time. */
export const comes = (page: Page, what: Locator): Promise<void> =>
  expect
    .poll(async () => {
      await page.reload()
      return what.waitFor({ timeout: 3_000 }).then(
        () => true,
        () => false,
      )
    })
    .toBe(true)

/** A figure of the dashboard that is open, as `activities.proposed`. */
export const figure = (page: Page, name: string) => page.locator(`[data-figure="${name}"]`)

/** Nothing stands beyond the right edge, once what the width decides has been drawn. */
export const nothingBeyond = (page: Page, what: string): Promise<void> =>
  expect.poll(() => page.evaluate('document.documentElement.scrollWidth - innerWidth'), { message: what }).toBeLessThanOrEqual(0)
