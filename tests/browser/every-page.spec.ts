import { fileURLToPath } from 'node:url'
import { type Browser, type BrowserContext, type ConsoleMessage, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildConsole } from '../../infra/console.ts'
import { findChromium } from '../../infra/engines/chromium.ts'
import { readExamples, type Shown } from '../../infra/gallery/examples.ts'
import { eyesOf, settle } from '../../infra/gallery/eyes.ts'
import { inParallel } from '../../infra/sample/door.ts'
import { liveSample } from '../../infra/sample/live.ts'
import { eventually } from '../../shared/src/testing/eventually.ts'
import { type EmbeddedCollegium, startCollegium } from '../kit/collegium.ts'
import { axeFaults } from './axe.ts'

/** So many pages are open at once: one waits for its data while another is looked at. */
const together = 4
const quietMs = 300
const [desk, phone] = [
  { width: 1440, height: 900 },
  { width: 360, height: 740 },
]

/** Every page of the gallery, by the sample with a small crowd. */
describe('Every page', async () => {
  const examples = await readExamples()
  const found = new Map(examples.map(({ name }) => [name, Promise.withResolvers<string[]>()]))
  let collegium: EmbeddedCollegium
  let browser: Browser

  beforeAll(async () => {
    await buildConsole(fileURLToPath(new URL('../../', import.meta.url)), () => {})
    collegium = await startCollegium()
    const { address, password } = collegium
    await liveSample({ address, gatewayPool: collegium.gatewayPool(), password, operator: { account: 'operator', password }, crowd: 0.1 })
    browser = await chromium.launch({ executablePath: findChromium().address, args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'] })
    const look = lookerOf(browser, collegium)
    // The tests wait for what they are about, in the same order.
    void inParallel(examples, together, async (example) => found.get(example.name)?.resolve(await look(example).catch((error: Error) => [error.message])))
  })
  afterAll(async () => {
    await browser?.close()
    await collegium?.stop()
  })

  for (const [feature, pages] of Map.groupBy(examples, (each) => each.feature))
    it(`[PL-10] [PL-17] of ${feature} keeps WCAG 2.1 AA and the edge of a phone in both languages and themes, and shows no failure`, async () => {
      const faults = pages.map(async ({ name }) => (await found.get(name)?.promise)?.map((fault) => `${name} ${fault}`) ?? [])
      expect((await Promise.all(faults)).flat()).toEqual([])
    })
})

/** Looks at a page with the eyes of its example; says what is wrong, a line each. Somebody's pages share what is kept of the console. */
const lookerOf = (browser: Browser, collegium: EmbeddedCollegium) => {
  const eyes = eyesOf(browser, collegium)
  const contexts = new Map<string | null, Promise<BrowserContext>>()
  const enter = async (as: string | null): Promise<BrowserContext> => {
    const context = await eyes.open(as, { locale: 'zh-CN', theme: 'light' }, { viewport: desk })
    // Each page begins in Chinese; what the device keeps is shared by all that are open, and each is to be in its own language.
    await context.addInitScript(`
      const language = sessionStorage.getItem('language') ?? 'zh-CN'
      const read = Storage.prototype.getItem
      Storage.prototype.getItem = function (name) {
        return name === 'collegium.language' ? language : read.call(this, name)
      }`)
    return context
  }
  const contextOf = (as: string | null): Promise<BrowserContext> => {
    const known = contexts.get(as) ?? enter(as)
    contexts.set(as, known)
    return known
  }
  const idle = new Map<string | null, Page[]>()
  return async ({ as, to }: Shown): Promise<string[]> => {
    const read = await eyes.readerOf(as)
    // What follows from the sample's last facts comes in its own time.
    const address = await eventually(() => (typeof to === 'string' ? to : to(read)))
    const page = idle.get(as)?.pop() ?? (await (await contextOf(as)).newPage())
    const said: string[] = []
    const onError = (error: Error): unknown => said.push(error.message)
    const onConsole = (message: ConsoleMessage): unknown => /Content Security Policy|missingKey/.test(message.text()) && said.push(message.text())
    page.on('pageerror', onError).on('console', onConsole)
    await page.setViewportSize(desk)
    await page.emulateMedia({ colorScheme: 'light' })
    await page.goto(address)
    const faults = await faultsOf(page)
    page.off('pageerror', onError).off('console', onConsole)
    idle.set(as, [...(idle.get(as) ?? []), page])
    return [...said, ...faults]
  }
}

/**
 * All that axe knows of WCAG 2.1 AA in Chinese at a desk in the light, then in English on a phone in the dark, without a reload where the page offers
 * that; the edge of a phone in both. Every combination is looked at by the gallery.
 */
const faultsOf = async (page: Page): Promise<string[]> => {
  const faults: string[] = []
  const wait = async (what: string): Promise<void> => void ((await settle(page, quietMs)) || faults.push(`${what} was still loading`))
  await wait('in Chinese')
  faults.push(...(await axeFaults(page, 'in Chinese', { by: 'aa' })))
  await page.emulateMedia({ colorScheme: 'dark' })
  faults.push(...(await beyondPhone(page, 'in Chinese')))
  await page.setViewportSize(desk)
  const languages = page.locator('.preferences select').first()
  if ((await languages.count()) > 0) await languages.selectOption('en')
  else {
    await page.evaluate("sessionStorage.setItem('language', 'en')")
    await page.reload()
    await page.evaluate("sessionStorage.removeItem('language')")
  }
  await page.locator('html[lang=en]').waitFor()
  faults.push(...(await beyondPhone(page, 'in English')))
  await wait('in English')
  faults.push(...(await axeFaults(page, 'in English', { by: 'aa' })))
  for (const failure of await page.locator('.failure:visible').allTextContents()) faults.push(`shows a failure: ${failure}`)
  return faults
}

/** What goes beyond the right edge of a phone, once what the width decides has been drawn. */
const beyondPhone = async (page: Page, what: string): Promise<string[]> => {
  await page.setViewportSize(phone)
  const look = () => page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')
  return eventually(look, (beyond) => beyond <= 0, 3_000).then(
    () => [],
    async () => [`${what} goes ${await look()} px beyond the edge of a phone`],
  )
}
