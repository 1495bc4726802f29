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

  it('[PL-06] shows a history that somebody changed, refuses to let it go on while it is not mended, and then builds the trail anew', async () => {
    const { page, context } = await openReader(stage, { locale: 'en', viewport: { width: 1440, height: 900 } })
    await page.goto('/operations')
    await enter(page, 'operator', stage.collegium.password)
    await activities.query(`create function meddle() returns trigger language plpgsql as $$ begin
        new.bytes := replace(new.bytes, '"version":2', '"version":9'); return new; end $$;
      create trigger meddle before insert on events for each row when (new.stream like 'duty-%') execute function meddle()`)
    const id = await propose('A duty whose history is changed')
    const operator = await stage.collegium.signIn('operator')
    ok(await (await stage.collegium.signIn('officer')).post(`/duties/${id}/fulfilment`, {}))
    const source = page.locator('li[data-source^="activities/"]')
    await source.waitFor({ timeout: 20_000 })
    expect(await source.locator('.failed').textContent()).toContain('version 9 after 1')
    await page.getByRole('main').locator('.finding.bad').filter({ hasText: 'stands still' }).waitFor()
    await look(page, 'operations-stopped-en')

    // Not mended: the refusal stands in the dialog, and the reason stays written.
    await source.getByRole('button', { name: 'Let it go on' }).click()
    const reason = page.getByRole('dialog').locator('[name=reason]')
    await reason.fill('Put back from the backup of the night')
    await page.keyboard.press('Enter')
    const refused = page.getByRole('dialog').locator('.failure')
    await refused.waitFor()
    expect(await refused.textContent()).toContain('version 9 after 1')
    expect(await reason.inputValue()).toBe('Put back from the backup of the night')
    await look(page, 'operations-resume-en')

    await activities.query('drop trigger meddle on events; alter table events disable trigger user')
    await activities.query(`update events set bytes = replace(bytes, '"version":9', '"version":2') where stream = $1`, [`duty-${id}`])
    await activities.query('alter table events enable trigger user')
    const trail = async (): Promise<string> => {
      const { builds } = (await operator.get('/audit-consumers/health')).body
      return builds.find((build: { view: string; state: string }) => build.view === 'trail' && build.state === 'active').schema
    }
    const before = await trail()
    await reason.press('Enter')
    await page.getByRole('status').filter({ hasText: 'taken anew' }).waitFor({ timeout: 20_000 })
    await source.waitFor({ state: 'detached', timeout: 20_000 })
    await expect.poll(trail, { timeout: 20_000 }).not.toBe(before)
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
