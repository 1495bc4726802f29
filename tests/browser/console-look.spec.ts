import { mkdirSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axeFaults } from './axe.ts'
import { enter, nothingBeyond, openReader, openStage, type Stage } from './scene.ts'

const dist = fileURLToPath(new URL('../../services/console/dist/', import.meta.url))
const screens = fileURLToPath(new URL('../../var/screens/', import.meta.url))
const firstLoadLimit = 220 * 1_024

/** Each page of the console by its address and by what is there once it has loaded. */
const pages = (activity: string): Record<string, readonly [address: string, loaded: string]> => ({
  federation: ['/dashboards/fed', '.connection[data-state=live]'],
  'past-day': ['/dashboards/north?on=2026-11-01', '.connection[data-state=past]'],
  department: ['/dashboards/north-su-tea', '.people li'],
  officer: ['/dashboards/officers/officer', '.headline'],
  trail: ['/trail?service=activities&unit=north-su-tea', '.facts li'],
  'trail-empty': ['/trail?person=nobody', '.empty'],
  record: [`/trail/activities/activity-${activity}/2`, '.changes li'],
  refused: ['/dashboards/fed?on=2099-01-01', '.failure'],
  'not-found': ['/no/such/page', 'h1'],
})

describe('The look of the console', () => {
  let stage: Stage
  let activity: string
  beforeAll(async () => {
    stage = await openStage()
    activity = await stage.propose(1)
    mkdirSync(screens, { recursive: true })
  })
  afterAll(async () => stage?.stop())

  const axe = async (page: Page, name: string): Promise<void> => {
    expect(await axeFaults(page, name)).toEqual([])
  }

  /** The page as it stands, from a desk to a phone; axe looks at both ends where `narrow` asks for it, else at the wide one. */
  const check = async (page: Page, name: string, look: string, narrow: boolean): Promise<void> => {
    for (const width of [1440, 768, 360]) {
      await page.setViewportSize({ width, height: 800 })
      await nothingBeyond(page, `${name} is wider than ${width} px`)
      if (width === 1440 || (width === 360 && narrow)) await axe(page, name)
      if (width !== 768) await page.screenshot({ path: `${screens}${name}-${width}-${look}.png`, fullPage: true })
    }
    await page.setViewportSize({ width: 1440, height: 800 })
  }

  for (const locale of ['zh-CN', 'en'])
    for (const colorScheme of ['light', 'dark'] as const)
      it(`[PL-10] has nothing that axe complains about and nothing beyond the edge, in ${locale}, ${colorScheme}`, async () => {
        const { page, context, complaints } = await openReader(stage, { locale, colorScheme, viewport: { width: 1440, height: 800 } })
        const look = `${locale}-${colorScheme}`
        const narrow = locale === 'zh-CN' && colorScheme === 'light'
        await page.goto('/')
        await page.locator('[type=submit]').waitFor()
        await check(page, 'sign-in', look, narrow)
        await enter(page, 'auditor', stage.collegium.password)
        await page.locator('.headline').first().waitFor()
        for (const [name, [address, loaded]] of Object.entries(pages(activity))) {
          await page.goto(address)
          await page.locator(loaded).first().waitFor()
          await check(page, name, look, narrow)
        }
        expect(complaints).toEqual([])
        await context.close()
      })

  it('loads the first dashboard within 220 KB, compressed, the chart not counted because nobody waits for it', async () => {
    const { page, context } = await openReader(stage, { locale: 'zh-CN' })
    const names = new Set<string>()
    page.on('response', (response) => {
      const { pathname } = new URL(response.url())
      if (pathname.startsWith('/assets/') && !pathname.includes('/plot-')) names.add(pathname)
    })
    await page.goto('/')
    await enter(page, 'auditor', stage.collegium.password)
    await page.locator('.headline').first().waitFor()
    const sizes = [...names].map((name) => statSync(`${dist}${name}.gz`).size)
    expect(sizes.length).toBeGreaterThan(3)
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(firstLoadLimit)
    await context.close()
  })
})
