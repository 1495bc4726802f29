import { statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { lookFaults } from './looks.ts'
import { enter, openReader, openStage, type Stage } from './scene.ts'

const dist = fileURLToPath(new URL('../../services/console/dist/', import.meta.url))
const firstLoadLimit = 220 * 1_024

describe('The look of the console', () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await openStage()
  })
  afterAll(async () => stage?.stop())

  for (const locale of ['zh-CN', 'en'])
    it(`[PL-10] [PL-17] shows a refusal and what is not there so that axe complains about nothing, within the edge, in ${locale}`, async () => {
      const { page, context, complaints } = await openReader(stage, { locale, viewport: { width: 1440, height: 800 } })
      await page.goto('/dashboards/fed?on=2099-01-01')
      await enter(page, 'auditor', stage.collegium.password)
      await page.locator('.failure').waitFor()
      expect(await lookFaults(page, 'a refusal')).toEqual([])
      await page.goto('/no/such/page')
      await page.locator('h1').waitFor()
      expect(await lookFaults(page, 'what is not there')).toEqual([])
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
