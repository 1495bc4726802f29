import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { postgresUrl } from '../../shared/src/testing/database.ts'
import { eventually } from '../../shared/src/testing/eventually.ts'
import { ok } from '../journeys/scene.ts'
import { axeFaults } from './axe.ts'
import { enter, nothingBeyond, openReader, openStage, type Stage } from './scene.ts'

const screens = fileURLToPath(new URL('../../var/screens/', import.meta.url))

describe('The operations page', () => {
  let stage: Stage
  let activities: pg.Client
  beforeAll(async () => {
    stage = await openStage()
    const url = new URL(postgresUrl())
    url.pathname = new URL(stage.collegium.gatewayPool().options.connectionString as string).pathname.replace(/_gateway$/, '_activities')
    activities = new pg.Client({ connectionString: url.href })
    await activities.connect()
    mkdirSync(screens, { recursive: true })
  })
  afterAll(async () => {
    await activities?.end()
    await stage?.stop()
  })

  /** The table of the view of duties takes no row of a title from now on: a fault as a full disk or a wrong migration would be. */
  const table = async (): Promise<string> => {
    const { rows } = await activities.query(`select schema from views where name = 'duties' and state = 'active'`)
    return `"${rows[0].schema}".duty`
  }
  const breakView = async (): Promise<void> =>
    void (await activities.query(`alter table ${await table()} add constraint poison check (title not like 'Poison%') not valid`))
  const mendView = async (): Promise<void> => void (await activities.query(`alter table ${await table()} drop constraint poison`))
  const propose = async (title: string): Promise<string> => {
    const operator = await stage.collegium.signIn('operator')
    return ok(await operator.post('/duties', { unit: 'north-su-tea', title, owner: 'officer', due: '2027-01-10T08:00:00.000Z' })).id
  }

  const look = async (page: Page, name: string): Promise<void> => {
    for (const width of [1440, 360]) {
      await page.setViewportSize({ width, height: 800 })
      await nothingBeyond(page, `${name} is wider than ${width} px`)
      expect(await axeFaults(page, `${name} ${width}`)).toEqual([])
      await page.screenshot({ path: `${screens}${name}-${width}.png`, fullPage: true })
    }
    await page.setViewportSize({ width: 1440, height: 900 })
  }

  for (const locale of ['en', 'zh-CN'])
    it(`shows every service, and what is parked; a retry by keyboard lets it flow again, in ${locale}`, async () => {
      const { page, context, complaints } = await openReader(stage, { locale, viewport: { width: 1440, height: 900 } })
      await page.goto('/operations')
      await enter(page, 'operator', stage.collegium.password)
      await page.locator('.chip:is([data-state=up], [data-state=slow])').nth(8).waitFor()
      await look(page, `operations-well-${locale}`)

      await breakView()
      const id = await propose(`Poison ${locale}`)
      const parked = page.locator(`li[data-stream="duty-${id}"]`)
      await parked.waitFor({ timeout: 20_000 })
      expect(await parked.locator('.failed').textContent()).toContain('poison')
      await look(page, `operations-parked-${locale}`)

      // Nothing is mended yet: it fails again, and says so.
      const retry = parked.getByRole('button').first()
      await retry.focus()
      await page.keyboard.press('Enter')
      await parked.getByRole('status').waitFor()
      await mendView()
      await retry.focus()
      await page.keyboard.press('Enter')
      await parked.waitFor({ state: 'detached', timeout: 20_000 })
      await eventually(async () => {
        const { rows } = await activities.query(`select title from ${await table()} where id = $1`, [id])
        expect(rows).toEqual([{ title: `Poison ${locale}` }])
      })
      expect(complaints).toEqual([])
      await context.close()
    })

  it('leaves a fact out only for a reason, which is kept with the name', async () => {
    const { page, context } = await openReader(stage, { locale: 'en', viewport: { width: 1440, height: 900 } })
    await page.goto('/operations')
    await enter(page, 'operator', stage.collegium.password)
    await breakView()
    const id = await propose('Poison to leave out')
    const parked = page.locator(`li[data-stream="duty-${id}"]`)
    await parked.waitFor({ timeout: 20_000 })
    await parked.getByRole('button', { name: 'Leave out' }).click()
    await page.getByRole('dialog').waitFor()
    await look(page, 'operations-skip')
    await page.locator('[name=reason]').fill('A duty of a test')
    await page.keyboard.press('Enter')
    await parked.waitFor({ state: 'detached', timeout: 20_000 })
    await mendView()
    const { rows } = await activities.query('select reason, skipped_by from parked where stream = $1', [`duty-${id}`])
    expect(rows).toEqual([{ reason: 'A duty of a test', skipped_by: 'operator' }])
    await context.close()
  })

  it('builds a view anew with its progress, and shows it when the operator says so', async () => {
    const { page, context } = await openReader(stage, { locale: 'en', viewport: { width: 1440, height: 900 } })
    await page.goto('/operations')
    await enter(page, 'operator', stage.collegium.password)
    const section = page.locator('section').filter({ has: page.locator('[data-service=activities]') })
    await section.getByText('Views').click()
    const view = section.locator('[data-view=duties]')
    await view.getByRole('button', { name: 'Build anew' }).click()
    const build = view.locator('[data-build]')
    await build.waitFor({ timeout: 20_000 })
    expect(await build.locator('progress').getAttribute('max')).not.toBe('0')
    await look(page, 'operations-build')
    const schema = await build.getAttribute('data-build')
    await expect.poll(() => build.getByRole('button', { name: 'Show it' }).getAttribute('aria-disabled'), { timeout: 20_000 }).toBeNull()
    await build.getByRole('button', { name: 'Show it' }).click()
    await build.waitFor({ state: 'detached', timeout: 20_000 })
    expect(await table()).toBe(`"${schema}".duty`)
    await context.close()
  })

  it('is not in the navigation of who may not look, and tells who asks all the same', async () => {
    const { page, context } = await openReader(stage, { locale: 'en' })
    await page.goto('/operations')
    await enter(page, 'officer', stage.collegium.password)
    await page.locator('.failure').first().waitFor()
    expect(await page.locator('nav a[href="/operations"]').count()).toBe(0)
    await context.close()
  })
})
