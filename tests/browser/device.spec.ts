import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { enter, openReader, openStage, type Reader, type Stage } from './scene.ts'

/** What a browser still holds: names of what is kept, the values of what is not a matter of taste, and the addresses that are cached. */
const kept = `(async () => ({
  local: Object.keys(localStorage).sort(),
  session: Object.keys(sessionStorage),
  stores: (await indexedDB.databases()).map(({ name }) => name),
  cached: (await Promise.all((await caches.keys()).map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname)))).flat(),
}))()`
type Kept = { readonly local: string[]; readonly session: string[]; readonly stores: string[]; readonly cached: string[] }
const tastes = ['collegium.language', 'collegium.theme']

/** The door as it stands when the network went: one scan was sent, one was not; and a list of another activity. */
const doorLeft = `new Promise((resolve) => {
  const opening = indexedDB.open('collegium-door', 1)
  opening.onupgradeneeded = () => {
    opening.result.createObjectStore('keys', { keyPath: 'holder' })
    opening.result.createObjectStore('lists', { keyPath: 'id' })
    opening.result.createObjectStore('scans', { keyPath: 'id' }).createIndex('activity', 'activity')
  }
  opening.onsuccess = () => {
    const store = opening.result
    const all = store.transaction(['keys', 'lists', 'scans'], 'readwrite')
    all.objectStore('keys').put({ holder: 'officer' })
    all.objectStore('keys').put({ holder: 'head' })
    for (const id of ['tea', 'chess']) all.objectStore('lists').put({ id, people: [{ person: 'student-1', name: '沈甲' }] })
    for (const [id, activity, state] of [['s-1', 'tea', 'waiting'], ['s-2', 'tea', 'counted'], ['s-3', 'chess', 'known']])
      all.objectStore('scans').put({ id, activity, holder: 'officer', person: 'student-1', state })
    all.oncomplete = () => { store.close(); resolve() }
  }
})`
const doorNow = `new Promise((resolve) => {
  const opening = indexedDB.open('collegium-door')
  opening.onsuccess = async () => {
    const keys = (table) => new Promise((told) => { opening.result.transaction(table).objectStore(table).getAllKeys().onsuccess = ({ target }) => told(target.result) })
    const now = { keys: await keys('keys'), lists: await keys('lists'), scans: await keys('scans') }
    opening.result.close()
    resolve(now)
  }
})`

describe('A device that somebody leaves', () => {
  let stage: Stage
  const readers: Reader[] = []
  const open = async (): Promise<Reader> => {
    const reader = await openReader(stage, { locale: 'en', viewport: { width: 1440, height: 900 } })
    reader.page.setDefaultTimeout(20_000)
    readers.push(reader)
    return reader
  }
  const come = async (page: Page, account: string, address: string): Promise<void> => {
    await page.goto(address)
    await enter(page, account, stage.collegium.password)
    await page.locator('.navigation').waitFor()
  }
  const title = (page: Page) => page.getByLabel('Title')
  beforeAll(async () => {
    stage = await openStage()
  }, 240_000)
  afterAll(async () => stage?.stop())

  it('[PL-17] [PL-12] holds nothing of theirs after they signed out, not even what stood half written on the page', async () => {
    const { page } = await open()
    await come(page, 'officer', '/documents/draft?unit=north-su-tea&kind=plan')
    await page.locator('.preferences select').nth(1).selectOption('dark')
    await title(page).fill('尚未公开的计划')
    await expect.poll(async () => ((await page.evaluate(kept)) as Kept).local.some((key) => key.startsWith('collegium.draft.'))).toBe(true)
    for (const address of ['/directory', '/activities', '/documents/draft?unit=north-su-tea&kind=plan']) await page.goto(address)
    await expect.poll(() => title(page).inputValue()).toBe('尚未公开的计划')
    await title(page).fill('尚未公开的计划，第二稿')
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.waitForURL('**/sign-in')
    await page.locator('[name=account]').waitFor()
    // Later than anything that waits before it is kept.
    await page.waitForTimeout(500)
    await expect
      .poll(async () => {
        const { local, session, stores, cached } = (await page.evaluate(kept)) as Kept
        return { local: local.filter((key) => !tastes.includes(key)), session, stores, cached: cached.filter((path) => path.startsWith('/api/')) }
      })
      .toEqual({ local: [], session: [], stores: [], cached: [] })
    expect(await page.evaluate('JSON.stringify(localStorage)')).not.toContain('计划')
  })

  it('[AC-02] [PL-17] keeps of a door only what was not sent yet, with its key and its list, and says so', async () => {
    const { page } = await open()
    await come(page, 'officer', '/settings')
    await page.evaluate(doorLeft)
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByText('1 scan of a door has not been sent yet').waitFor()
    await expect.poll(() => page.evaluate(doorNow)).toEqual({ keys: ['officer'], lists: ['tea'], scans: ['s-1'] })
  })

  it('[PL-17] gives nobody what the one before left, when a session ended without a sign-out', async () => {
    const { page, context } = await open()
    await come(page, 'officer', '/documents/draft?unit=north-su-tea&kind=plan')
    await title(page).fill('周五行的草稿')
    await expect.poll(async () => ((await page.evaluate('JSON.stringify(localStorage)')) as string).includes('周五行的草稿')).toBe(true)
    await context.clearCookies()
    // Whoever comes back finds it again.
    await come(page, 'officer', '/documents/draft?unit=north-su-tea&kind=plan')
    await expect.poll(() => title(page).inputValue()).toBe('周五行的草稿')
    await context.clearCookies()
    await come(page, 'head', '/documents/draft?unit=north-su-tea&kind=plan')
    await title(page).waitFor()
    expect(await title(page).inputValue()).toBe('')
    expect(await page.evaluate('JSON.stringify(localStorage)')).not.toContain('周五行')
  })

  it('[PL-16] asks for nothing that a visitor is refused, and about a session that ended elsewhere once', async () => {
    const { page, context } = await open()
    const refused: string[] = []
    page.on('response', (response) => void (response.status() === 401 && refused.push(response.url())))
    const visit = async (): Promise<number> => {
      refused.length = 0
      await page.goto('/')
      await page.locator('[name=account]').waitFor()
      return refused.length
    }
    expect(await visit()).toBe(0)
    await come(page, 'officer', '/settings')
    await context.clearCookies({ name: 'collegium' })
    expect(await visit()).toBeGreaterThan(0)
    expect(await visit()).toBe(0)
    await come(page, 'officer', '/settings')
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.locator('[name=account]').waitFor()
    expect(await visit()).toBe(0)
  })

  it('[PL-10] complained about nothing to anybody', () => {
    expect(readers.flatMap(({ complaints }) => complaints)).toEqual([])
  })
})
