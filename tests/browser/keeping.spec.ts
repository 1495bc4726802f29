import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually, ok, sceneOf } from '../journeys/scene.ts'
import type { Client } from '../kit/client.ts'
import { enter, isKept, openReader, openStage, type Reader, type Stage } from './scene.ts'

/** Conflict, lapse of the session, reload, a lost line: nothing that was typed is lost, and nothing is done twice. */
describe('What was typed', () => {
  let stage: Stage
  let reader: Reader
  let page: Page
  let officer: Client
  let address: string
  let id: string
  beforeAll(async () => {
    stage = await openStage()
    const { as } = sceneOf({ ...stage.collegium, form: 'embedded', restart: async () => {} })
    officer = await as('officer')
    id = ok(await officer.post('/documents', { unit: 'north-su-tea', kind: 'plan', title: '学期计划', text: '九月采茶' })).id
    address = `/documents/${id}`
    reader = await openReader(stage, { locale: 'en', viewport: { width: 1440, height: 900 } })
    page = reader.page
    page.setDefaultTimeout(20_000)
    await page.goto(address)
    await enter(page, 'officer', stage.collegium.password)
    await page.getByRole('heading', { level: 1, name: '学期计划' }).waitFor()
  })
  afterAll(async () => stage?.stop())

  const text = () => page.getByRole('dialog').locator('[name=text]')
  const revise = () => page.getByRole('dialog').getByRole('button', { name: 'Revise', exact: true })
  const revisions = async (): Promise<readonly { text: string }[]> => ok(await officer.get(`${address}/overview`)).revisions

  it('[PL-17] is not sent over what others changed meanwhile, though the page follows them: it is shown, and may go on', async () => {
    await page.getByRole('button', { name: 'Revise', exact: true }).click()
    await text().fill('九月采茶，十月办会')
    ok(await officer.put(address, { title: '学期计划', text: '九月不采茶' }))
    // The page behind the form has followed.
    await page.locator('.letter', { hasText: '九月不采茶' }).waitFor()
    await revise().click()
    await page.getByText('Somebody else was faster').waitFor()
    await page.getByRole('list', { name: 'What changed' }).getByText('九月不采茶').first().waitFor()
    expect((await revisions()).map((each) => each.text)).toEqual(['九月采茶', '九月不采茶'])
    expect(await text().inputValue()).toBe('九月采茶，十月办会')
    await page.getByRole('button', { name: 'Go on with mine' }).click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.locator('.letter', { hasText: '十月办会' }).waitFor()
  })

  it('[PL-17] outlives a reload, and a session that ends while it is sent: signing in over the page sends it, once', async () => {
    await page.getByRole('button', { name: 'Revise', exact: true }).click()
    await text().fill('九月采茶，十一月办会')
    await isKept(page, '十一月办会')
    await page.reload()
    await page.getByRole('button', { name: 'Revise', exact: true }).click()
    await expect.poll(() => text().inputValue()).toBe('九月采茶，十一月办会')
    await reader.context.clearCookies()
    await revise().click()
    const again = page.getByRole('dialog', { name: 'Sign in again' })
    await again.locator('[name=password]').fill(stage.collegium.password)
    await again.locator('[type=submit]').click()
    await again.waitFor({ state: 'detached' })
    // What was on its way goes on by itself.
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.locator('.letter', { hasText: '十一月办会' }).waitFor()
    expect((await revisions()).filter((each) => each.text.includes('十一月'))).toHaveLength(1)
  })

  it('[PL-17] waits while there is no network; the line that is lost shows and heals, and what others did meanwhile arrives', async () => {
    await page.getByRole('button', { name: 'Revise', exact: true }).click()
    await text().fill('九月采茶，腊月办会')
    await reader.context.setOffline(true)
    await page.getByText('The connection is lost.').waitFor()
    await revise().click()
    await page.getByText('One moment').waitFor()
    expect(await text().inputValue()).toBe('九月采茶，腊月办会')
    await reader.context.setOffline(false)
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.locator('.line p').waitFor({ state: 'detached' })
    await eventually(revisions, (all) => expect(all.filter((each) => each.text.includes('腊月'))).toHaveLength(1))
    expect(reader.complaints).toEqual([])
  })
})
