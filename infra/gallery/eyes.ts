import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import type { ReadApi } from '../../services/console/src/frame/examples.ts'
import type { System } from './system.ts'

/** How a page is looked at. */
export type Look = { readonly locale: 'zh-CN' | 'en'; readonly theme: 'light' | 'dark' }

type Cookies = Awaited<ReturnType<BrowserContext['cookies']>>

/** The eyes of the sample's people: each signs in once, and every look at a page begins with that session. */
export const eyesOf = (browser: Browser, { address, password }: System) => {
  const sessions = new Map<string, Promise<Cookies>>()
  const enter = async (account: string): Promise<Cookies> => {
    const context = await browser.newContext({ baseURL: address })
    const answer = await context.request.post('/api/v1/session', { data: { account, password }, headers: { 'sec-fetch-site': 'same-origin' } })
    if (!answer.ok()) throw new Error(`${account} was not let in: ${answer.status()}`)
    const cookies = await context.cookies()
    await context.close()
    return cookies
  }
  const sessionOf = (account: string | null): Promise<Cookies> => {
    if (account === null) return Promise.resolve([])
    const known = sessions.get(account) ?? enter(account)
    sessions.set(account, known)
    return known
  }
  const open = async (account: string | null, { locale, theme }: Look, more: BrowserContextOptions = {}): Promise<BrowserContext> => {
    const context = await browser.newContext({ baseURL: address, locale, colorScheme: theme, reducedMotion: 'reduce', ...more })
    await context.addCookies(await sessionOf(account))
    return context
  }
  const readerOf = async (account: string | null): Promise<ReadApi> => {
    const cookie = (await sessionOf(account)).map(({ name, value }) => `${name}=${value}`).join('; ')
    return async (path) => (await fetch(`${address}/api/v1${path}`, { headers: { cookie, 'sec-fetch-site': 'same-origin' } })).json()
  }
  return { open, readerOf }
}

const patienceMs = 15_000

/** Whether a page has its title, and nothing on it is on its way: no part, no name. Asked again and again from here: its policy refuses what waits inside. */
const isThere = `document.querySelector('h1') !== null && document.querySelector('.loading, [aria-busy=true]') === null &&
  [...document.querySelectorAll('body *')].every((each) => each.childElementCount > 0 || each.textContent !== '…')`

/**
 * Waits until nothing on the page was on its way for a while, in which what is asked for by what has just come, such as names, is on its way.
 * Returns false where that takes too long.
 */
export const settle = async (page: Page, quietMs = 700): Promise<boolean> => {
  const until = Date.now() + patienceMs
  for (let quietSince: number | null = null; Date.now() < until; await page.waitForTimeout(100)) {
    // In between two pages there is none to look at.
    const isQuiet = await page.evaluate(isThere).catch(() => false)
    quietSince = isQuiet ? (quietSince ?? Date.now()) : null
    if (quietSince !== null && Date.now() - quietSince >= quietMs) return true
  }
  return false
}
