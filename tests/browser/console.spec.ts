import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { enter, figure, openReader, openStage, type Reader, type Stage } from './scene.ts'

/** One reader's way through the console: an auditor of the federation, who may see everything and decide nothing. */
describe('The console in a browser', () => {
  let stage: Stage
  let reader: Reader
  beforeAll(async () => {
    stage = await openStage()
    reader = await openReader(stage, { locale: 'en', viewport: { width: 1440, height: 900 } })
    reader.page.setDefaultTimeout(15_000)
  })
  afterAll(async () => stage?.stop())

  it('[PL-10] refuses a wrong password in the language of the reader', async () => {
    const { page } = reader
    await page.goto('/trail')
    await enter(page, 'auditor', 'not the password')
    await page.getByText('Account and password do not belong together.').waitFor()
    await page.getByLabel('Language').selectOption('zh-CN')
    // What was told in the language before is no longer shown; it is told anew by trying again.
    await page.getByRole('alert').getByText('请再试一次').waitFor()
    expect(await page.getByRole('alert').textContent()).not.toMatch(/[a-z]/i)
    await page.getByRole('button', { name: '登录', exact: true }).click()
    await page.getByText('账号或密码不正确。').waitFor()
    await expect.poll(() => page.locator('html').getAttribute('lang')).toBe('zh-CN')
    await page.getByLabel('语言').selectOption('en')
  })

  it('brings somebody who signs in to the page that was asked for, and from the first page to the unit of the post', async () => {
    const { page } = reader
    await enter(page, 'auditor', stage.collegium.password)
    await page.getByRole('heading', { level: 1, name: 'Audit trail' }).waitFor()
    await page.getByRole('link', { name: 'Collegium' }).click()
    await page.waitForURL('**/dashboards/fed')
    await page.getByRole('heading', { level: 1, name: 'Federation of the Journeys' }).waitFor()
  })

  it('[PL-04] shows the federation live and drills down to a department and an officer', async () => {
    const { page } = reader
    await page.locator('.connection[data-state=live]').waitFor()
    for (const unit of ['north', 'north-su', 'north-su-tea']) await page.locator(`.parts a[href="/dashboards/${unit}"]`).click()
    await page.waitForURL('**/dashboards/north-su-tea')
    await expect.poll(() => figure(page, 'activities.proposed').textContent()).toBe('1')
    await expect.poll(() => page.getByRole('navigation', { name: 'Where you are' }).getByRole('listitem').count()).toBe(4)
    await page.locator('.people').getByRole('link', { name: '周五行', exact: true }).click()
    await page.waitForURL('**/dashboards/officers/officer')
    await expect.poll(() => figure(page, 'posts.held').textContent()).toBe('1')
  })

  it('[PL-05] goes to any day of the term by the slider, by keyboard, and back to live', async () => {
    const { page } = reader
    await page.goto('/dashboards/north-su-tea')
    const slider = page.getByRole('slider', { name: 'Day' })
    await slider.focus()
    await page.keyboard.press('Home')
    await page.waitForURL('**/dashboards/north-su-tea?on=2026-09-01')
    await expect.poll(() => figure(page, 'activities.proposed').textContent()).toBe('0')
    await expect.poll(() => slider.getAttribute('aria-valuetext')).toContain('Sep 1, 2026')
    await page.locator('.connection[data-state=past]').waitFor()
    await page.keyboard.press('End')
    await page.waitForURL('**/dashboards/north-su-tea')
    await expect.poll(() => figure(page, 'activities.proposed').textContent()).toBe('1')
    for (let day = 0; day < 9; day++) await page.keyboard.press('ArrowLeft')
    await page.waitForURL('**/dashboards/north-su-tea?on=*')
    await expect.poll(() => figure(page, 'activities.proposed').textContent()).toBe('1')
    for (let day = 0; day < 4; day++) await page.keyboard.press('ArrowLeft')
    await expect.poll(() => figure(page, 'activities.proposed').textContent()).toBe('0')
    await page.getByRole('button', { name: 'Live' }).click()
    await page.locator('.connection[data-state=live]').waitFor()
  })

  it('[PL-05] has that slider on every dashboard: of the federation, a campus, a union, a department and an officer', async () => {
    const { page } = reader
    for (const subject of ['fed', 'north', 'north-su', 'north-su-tea', 'officers/officer']) {
      await page.goto(`/dashboards/${subject}`)
      await page.getByRole('slider', { name: 'Day' }).focus()
      await page.keyboard.press('Home')
      await page.waitForURL(`**/dashboards/${subject}?on=2026-09-01`)
      await page.locator('.connection[data-state=past]').waitFor()
      // Nothing had been proposed that day; an officer's page counts no proposals.
      if (!subject.startsWith('officers/')) await expect.poll(() => figure(page, 'activities.proposed').textContent(), { message: subject }).toBe('0')
    }
    await page.goto('/dashboards/north-su-tea')
    await page.locator('.connection[data-state=live]').waitFor()
  })

  it('[PL-04] shows a change as it happens, and heals a connection that was lost', async () => {
    const { page } = reader
    await stage.propose(3)
    await expect.poll(() => figure(page, 'activities.proposed').textContent()).toBe('2')
    const lost = page.locator('.connection[data-state=lost]').waitFor()
    await Promise.all([lost, stage.collegium.restart()])
    await page.locator('.connection[data-state=live]').waitFor({ timeout: 40_000 })
    await stage.propose(2)
    await expect.poll(() => figure(page, 'activities.proposed').textContent()).toBe('3')
  })

  it('[PL-04] leads from a figure to what it counts', async () => {
    const { page } = reader
    await page
      .getByRole('link', { name: /^3 – .*/ })
      .and(page.locator('.counted:has([data-figure="activities.proposed"])'))
      .click()
    await page.waitForURL('**/activities?*unit=north-su-tea*')
    await expect.poll(() => page.getByText('Tea and reading').count()).toBe(3)
    for (const [line, list] of Object.entries({ 'volunteering.shifts': 'shifts', 'assessment.scored': 'assessments' })) {
      await page.goto('/dashboards/north-su')
      await page.locator(`.counted:has([data-figure="${line}"])`).click()
      await page.waitForURL(`**/${list}?unit=north-su`)
      await expect.poll(() => page.getByLabel('Unit').inputValue()).toBe('north-su')
    }
  })

  it('[PL-06] finds a decision in the trail and shows who, when, why, under which post, and what it changed', async () => {
    const { page } = reader
    await page.getByRole('link', { name: 'Audit trail' }).click()
    await page.getByLabel('Service').selectOption('activities')
    await page.getByLabel('What happened').selectOption('activities.activity-approved.v1')
    await page.locator('[name=from]').fill('2026-09-01')
    await page.getByRole('button', { name: 'Show', exact: true }).click()
    await page.waitForURL('**/trail?*type=activities.activity-approved.v1*')
    await expect.poll(() => page.locator('.facts li').count()).toBe(3)
    await page.getByRole('link', { name: 'Activity approved' }).last().click()
    await page.getByRole('heading', { level: 1, name: 'Activity approved' }).waitFor()
    const decision = page.locator('section', { has: page.getByRole('heading', { name: 'The decision' }) })
    for (const told of ['赵一鸣', 'President · ', '按学期计划 · as planned', 'Entered later than it took effect'])
      await decision.getByText(told).first().waitFor()
    const change = page.getByRole('list', { name: 'What changed' }).getByRole('listitem')
    await expect.poll(() => change.allInnerTexts()).toEqual([expect.stringMatching(/^Status\s+before\s+proposed\s+after\s+approved$/)])
  })

  it('[PL-06] leads from a decision to everything of the same undertaking', async () => {
    const { page } = reader
    const related = page.locator('section', { has: page.getByRole('heading', { name: 'The same undertaking' }) })
    await related.getByRole('link', { name: 'Activity proposed' }).click()
    await page.getByRole('heading', { level: 1, name: 'Activity proposed' }).waitFor()
    await page.getByText('¥1,200.00').first().waitFor()
    await page.getByText('With this fact it begins').waitFor()
  })

  it('asks to sign in again over the page when the session lapses, and goes on with what was asked for', async () => {
    const { page, context } = reader
    await page.goto('/trail?service=membership&unit=north')
    await page.locator('.facts li').first().waitFor()
    await context.clearCookies()
    await page.getByLabel('What happened').selectOption('membership.unit-created.v1')
    await page.getByRole('button', { name: 'Show', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: 'Sign in again' })
    await dialog.waitFor()
    await expect.poll(() => dialog.locator('[name=account]').inputValue()).toBe('auditor')
    await dialog.locator('[name=password]').fill(stage.collegium.password)
    await dialog.locator('[type=submit]').click()
    await dialog.waitFor({ state: 'detached' })
    await page.waitForURL((url) => url.pathname === '/trail' && url.searchParams.get('type') === 'membership.unit-created.v1')
    await page.locator('.facts').getByRole('link', { name: 'Unit created' }).first().waitFor()
  })

  it('keeps the address for somebody else who signs in instead', async () => {
    const { page, context } = reader
    await context.clearCookies()
    await page.getByLabel('What happened').selectOption('')
    await page.getByRole('button', { name: 'Show', exact: true }).click()
    await page.getByRole('button', { name: 'Sign in as somebody else' }).click()
    await page.waitForURL('**/sign-in?to=*')
    await enter(page, 'auditor', stage.collegium.password)
    await page.waitForURL((url) => url.pathname === '/trail' && url.searchParams.get('unit') === 'north')
  })

  it('[PL-10] tells what could not be read anew when another language is chosen', async () => {
    const { page } = reader
    await page.goto('/activities/there-is-none')
    await page.getByRole('alert').getByText('Not found').waitFor()
    await page.getByLabel('Language').selectOption('zh-CN')
    await page.getByRole('alert').getByText('未找到').waitFor()
    await page.getByLabel('语言').selectOption('en')
    await page.getByRole('alert').getByText('Not found').waitFor()
  })

  it('[PL-13] says why something is not shown: unknown pages, days to come, and what a post does not open', async () => {
    const { page } = reader
    await page.goto('/no/such/page')
    await page.getByRole('heading', { level: 1, name: 'There is no such page' }).waitFor()
    await page.goto('/dashboards/fed?on=2099-01-01')
    await page.getByRole('alert').getByText('2099-01-01 has not come yet').waitFor()
    const student = await openReader(stage, { locale: 'zh-CN' })
    await student.page.goto('/dashboards/fed')
    await enter(student.page, 'student-1', stage.collegium.password)
    await student.page.getByRole('alert').getByText('dashboards:read').waitFor()
    await student.page.goto('/trail')
    await student.page.getByText('您的职务无权查看审计记录').waitFor()
    await student.context.close()
  })

  it('signs out, and lets nobody back by the browser’s own history', async () => {
    const { page } = reader
    await page.goto('/dashboards/fed')
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.waitForURL('**/sign-in')
    await page.goBack()
    await page.waitForURL('**/sign-in?to=*')
  })

  it('never met the content policy, and never failed in silence', () => expect(reader.complaints).toEqual([]))
})
