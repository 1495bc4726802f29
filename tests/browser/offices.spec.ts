import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { daysAgo, occurred, ok, type Scene, sceneOf } from '../journeys/scene.ts'
import { comes, enter, openReader, openStage, type Reader, type Stage } from './scene.ts'

const dayMs = 86_400_000

/** The organization, its people and their offices, as those who decide on them work with the pages. */
describe('Organization and offices in a browser', () => {
  let stage: Stage
  let scene: Scene
  const readers = new Map<string, Reader>()
  /** Whoever is asked for, signed in once, before an English page at a desk. */
  const as = async (account: string): Promise<Page> => {
    const known = readers.get(account)
    if (known) return known.page
    const reader = await openReader(stage, { locale: 'en', viewport: { width: 1440, height: 900 } })
    reader.page.setDefaultTimeout(15_000)
    await reader.page.goto('/organization')
    await enter(reader.page, account, stage.collegium.password)
    await reader.page.getByRole('heading', { level: 1, name: 'Organization' }).waitFor()
    readers.set(account, reader)
    return reader.page
  }
  beforeAll(async () => {
    stage = await openStage()
    scene = sceneOf({ ...stage.collegium, form: 'embedded' })
    const operator = await scene.as('operator')
    const study = { unit: 'north-su-study', parent: 'north-su', kind: 'department', name: { en: 'Study Department', zh: '学习部' }, template: 'study' }
    ok(await operator.post('/units', { ...study, duties: ['the study style', 'the lecture hall'] }))
  }, 120_000)
  afterAll(async () => stage?.stop())

  it('[MB-01] shows the tree as a chart that is dragged and enlarged, and one unit of it with its charter', async () => {
    const page = await as('operator')
    const moved = page.locator('.org-chart > g')
    await page.locator('[data-unit=north-su-tea]').waitFor()
    const before = await moved.getAttribute('transform')
    const box = await page.locator('.org-chart').boundingBox()
    const [x, y] = [(box?.x ?? 0) + 300, (box?.y ?? 0) + 80]
    await page.mouse.move(x, y)
    await page.mouse.down()
    await page.mouse.move(x + 80, y + 60, { steps: 4 })
    await page.mouse.up()
    await expect.poll(() => moved.getAttribute('transform')).not.toBe(before)
    const scale = async () => Number(/scale\(([\d.]+)\)/.exec((await moved.getAttribute('transform')) ?? '')?.[1])
    const small = await scale()
    await page.getByRole('button', { name: 'Larger' }).click()
    await expect.poll(scale).toBeGreaterThan(small)
    await page.getByRole('button', { name: 'Whole tree' }).click()
    await page.locator('[data-unit=north-su-tea]').click()
    await page.getByRole('heading', { level: 2, name: 'Tea Culture Department' }).waitFor()
    await page.getByText('the autumn tea festival').waitFor()
    expect(new URL(page.url()).searchParams.get('unit')).toBe('north-su-tea')
  })

  it('[MB-01] [PL-17] is walked as a list by the keyboard alone', async () => {
    const page = await as('operator')
    await page.goto('/organization?as=list')
    await page.getByRole('treeitem', { name: /Federation of the Journeys/ }).focus()
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowLeft', 'ArrowLeft']) await page.keyboard.press(key)
    const focused = page.locator('[role=treeitem]:focus')
    await expect.poll(() => focused.getAttribute('aria-level')).toBe('2')
    await expect.poll(() => focused.getAttribute('aria-expanded')).toBe('true')
    await page.keyboard.press('ArrowLeft')
    await expect.poll(() => focused.getAttribute('aria-expanded')).toBe('false')
    await page.keyboard.press('s')
    await expect.poll(() => focused.textContent()).toContain('South University')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 2, name: 'South University' }).waitFor()
  })

  it('[MB-01] founds a department from its template, renames it, changes its charter and dissolves it; every day before shows what was', async () => {
    const page = await as('operator')
    await page.goto('/organization?unit=south-su')
    await page.getByRole('button', { name: 'New unit below' }).click()
    await page.getByLabel('Template').selectOption({ label: 'Study Department' })
    const form = page.getByRole('dialog')
    await expect.poll(() => form.getByLabel('in English').inputValue()).toBe('Study Department')
    await form.getByRole('button', { name: 'New unit below' }).click()
    await page.getByRole('heading', { level: 2, name: 'Study Department' }).waitFor()
    await page.getByText('the lecture hall').waitFor()
    expect(new URL(page.url()).searchParams.get('unit')).toBe('south-su-study')

    await page.getByRole('button', { name: 'Rename', exact: true }).click()
    await form.getByLabel('in English').fill('Learning Department')
    await form.getByRole('button', { name: 'Rename', exact: true }).click()
    await page.getByRole('heading', { level: 2, name: 'Learning Department' }).waitFor()

    await page.getByRole('button', { name: 'Change charter' }).click()
    await form
      .getByLabel(/^Duty \d+/)
      .last()
      .fill('the reading room')
    await form.getByRole('button', { name: 'Change charter' }).click()
    await page.locator('.org-duties').getByText('the reading room').waitFor()

    await page.getByRole('button', { name: 'Dissolve' }).click()
    await form.getByRole('button', { name: 'Dissolve' }).click()
    await page.locator('.org-panel').getByText('dissolved', { exact: true }).waitFor()
    await page.locator('[data-unit=south-su-study]').waitFor({ state: 'detached' })
    await page.getByLabel('With merged and dissolved units').check()
    await page.locator('[data-unit=south-su-study].gone').waitFor()
    await page.getByRole('button', { name: 'One day earlier' }).click()
    await page.waitForURL('**on=*')
    await expect.poll(() => page.locator('[data-unit=south-su-study]').count()).toBe(0)
    await page.locator('[data-unit=south-su-sea]').waitFor()
  })

  it('[PL-13] says before it is pressed who may, and who else can', async () => {
    const page = await as('guide')
    await page.goto('/organization?unit=north-su')
    const button = page.getByRole('button', { name: 'Rename', exact: true })
    await expect.poll(() => button.getAttribute('aria-disabled')).toBe('true')
    await button.press('Enter')
    await page.getByRole('status').getByText('You hold no post that may do this').waitFor()
    expect(await page.getByRole('dialog').count()).toBe(0)
    // So does a form that is a page of its own.
    await page.goto('/meetings/call')
    const send = page.locator('[type=submit]')
    await expect.poll(() => send.getAttribute('aria-disabled')).toBe('true')
    await send.press('Enter')
    await page.getByRole('status').getByText('You hold no post that may do this').waitFor()
  })

  it('[MB-02] [PL-14] finds who holds which post on a day, and anybody by name, pinyin or part of the number', async () => {
    const page = await as('guide')
    await page.goto('/directory')
    await page.getByLabel('Kind of post').selectOption('guidance')
    await page.waitForURL('**kind=guidance*')
    await expect.poll(() => page.locator('.dir-rows > li').count()).toBe(2)
    await page.locator('.dir-rows').getByRole('link', { name: '郑七步' }).waitFor()
    await page.getByLabel('As of').fill('2026-08-20')
    await page.getByText('Nobody matches these filters').waitFor()
    await page.goto('/directory')
    for (const text of ['七步', 'zhengqibu', '1007']) {
      await page.getByLabel('Find a person').fill(text)
      await expect.poll(() => page.locator('.dir-rows > li').allTextContents(), { timeout: 10_000 }).toEqual([expect.stringContaining('郑七步1007')])
    }
    // At once, when what was typed last may not have been looked for yet: who is on the way to somebody is not called back.
    await page.getByRole('link', { name: '郑七步' }).click()
    await page.getByRole('heading', { level: 1, name: '郑七步' }).waitFor()
    await page.getByRole('list', { name: 'Posts now' }).getByText('Member of the guidance committee').waitFor()
  })

  let appointment = ''
  it('[MB-06] [PL-01] proposes somebody with what policy would say beside, before anything is sent', async () => {
    const page = await as('guide')
    await page.goto('/appointments/propose?unit=north-su-tea&kind=officer')
    await page.getByLabel('Person', { exact: true }).fill('周五')
    await page.getByRole('option', { name: /周五行/ }).click()
    await page.getByText('As things are, the check would fail.').waitFor()
    await page.locator('.checks [data-kept=false]').getByText('Does not hold this post already').waitFor()
    await page.locator('.picked button').click()
    await page.getByLabel('Person', { exact: true }).fill('卫十一')
    await page.getByRole('option', { name: /卫十一/ }).click()
    await page.getByText('Nothing stands in the way.').waitFor()
    await page.getByText(/the notice would run until .*: 5 days by policy of/).waitFor()
    await page.getByLabel(/Citation/).fill('学生会〔2026〕12号')
    await page.reload()
    await expect.poll(() => page.getByLabel(/Citation/).inputValue()).toBe('学生会〔2026〕12号')
    await page.getByRole('button', { name: 'Propose somebody' }).click()
    await page.waitForURL(/appointments\/(?!propose)/)
    appointment = new URL(page.url()).pathname.split('/').at(-1) as string
    await page.locator('.stages [aria-current=step]').getByText('proposed').waitFor()
    const recommend = page.getByRole('button', { name: 'Recommend', exact: true })
    await recommend.press('Enter')
    await page.getByText('You proposed this: somebody else decides it.').waitFor()
  })

  it('[MB-06] [PL-01] is recommended by the guidance committee in place, and the notice says until when and by which policy', async () => {
    const page = await as('guide-2')
    await page.goto('/guidance')
    const waiting = page.locator('.section', { hasText: 'Appointments to recommend' })
    await waiting.getByRole('link', { name: '卫十一' }).waitFor()
    await waiting.getByRole('button', { name: 'Recommend', exact: true }).click()
    await page.getByText('No proposals waiting').waitFor()
    const running = page.locator('.section', { hasText: 'Public notices running' })
    const last = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeZone: 'Asia/Shanghai' }).format(Date.now() + 5 * dayMs)
    await running.getByText(`Notice until ${last}: 5 days by policy`).waitFor()
    await running.getByText('5 days left').waitFor()
  })

  it('[MB-06] takes an objection from a student, which somebody settles who had no part in it; who decided what is told with the post', async () => {
    const student = await as('student-1')
    await student.goto(`/appointments/${appointment}`)
    await student.getByRole('button', { name: 'Object' }).click()
    await student.getByRole('dialog').getByLabel('Ground').fill('Was absent from the tea festival')
    await student.getByRole('dialog').getByRole('button', { name: 'Object' }).click()
    await student.locator('.objections').getByText('Was absent').waitFor()
    await expect.poll(() => student.getByRole('button', { name: 'Settle the objection' }).getAttribute('aria-disabled')).toBe('true')

    const guide = await as('guide-2')
    await guide.goto('/guidance')
    await guide.getByText('1 open objection').waitFor()
    await guide.getByRole('link', { name: 'See the objections' }).click()
    await guide.getByRole('button', { name: 'Settle the objection' }).click()
    await guide.getByRole('dialog').getByLabel('Ground').fill('Was excused')
    await guide.getByRole('dialog').getByRole('button', { name: 'Settle the objection' }).click()
    await guide.locator('.objections').getByText('overruled').waitFor()
    const timeline = guide.locator('.timeline')
    await timeline.getByText('Member of the guidance committee').first().waitFor()
    await timeline.locator('li').nth(5).waitFor()
    await guide.getByText('学生会〔2026〕12号').waitFor()
  })

  it('[MB-06] [MB-17] shows the post once it is taken, and its end with the reason and the document', async () => {
    const past = occurred(daysAgo(7))
    const proposed = { person: 'candidate-3', kind: 'officer', unit: 'north-su-tea', citation: '学生会〔2026〕13号' }
    const { id } = ok(await (await scene.as('guide')).post('/appointments', proposed, past))
    ok(await (await scene.as('guide-2')).post(`/appointments/${id}/recommendation`, {}, past))
    const page = await as('guide-2')
    await page.goto(`/appointments/${id}`)
    await expect
      .poll(
        async () => {
          await page.reload()
          await page.locator('.stages').waitFor()
          return page.locator('.stages [aria-current=step]').textContent()
        },
        { timeout: 30_000, interval: 500 },
      )
      .toBe('in effect')
    await page.getByRole('button', { name: 'Remove from the post' }).click()
    const form = page.getByRole('dialog')
    await form.getByLabel('Reason').fill('Moved to another campus')
    await form.getByLabel(/Citation/).fill('学生会〔2026〕14号')
    await form.getByRole('button', { name: 'Remove from the post' }).click()
    await page.locator('.stages [aria-current=step]').getByText('left').waitFor()
    await page.getByText('Reason: Moved to another campus').waitFor()
    await page.getByText('This case is closed.').waitFor()
  })

  it('[PL-01] tightens a policy at a campus by a form that tells the rule, and never loosens one; the committee sees who did', async () => {
    const page = await as('operator')
    await page.goto('/policies?unit=north')
    const row = page.locator('.policy-rows > li', { hasText: 'Public notice, days' })
    await row.getByRole('button', { name: 'Tighten' }).click()
    const form = page.getByRole('dialog')
    await form.getByText('The federation says 5, and more is tighter').waitFor()
    await form.getByLabel('Value').fill('4')
    await form.getByRole('button', { name: 'Tighten' }).click()
    await form.getByRole('alert').first().waitFor()
    await form.getByLabel('Value').fill('6')
    await form.getByRole('button', { name: 'Tighten' }).click()
    await expect.poll(() => row.locator('.policy-value').textContent()).toBe('6')
    await page.goto('/guidance')
    const line = page.locator('.policy-campuses', { hasText: 'Public notice, days' })
    await line.locator('li', { hasText: 'North University' }).locator('.policy-who > .quiet').waitFor()
    await expect.poll(() => line.locator('li', { hasText: 'South University' }).textContent()).toContain('7')
  })

  it('[PL-01] [AC-03] tells the committee how each campus keeps each policy, and leads to what was not kept', async () => {
    const [operator, president] = [await scene.as('operator'), await scene.as('president')]
    ok(await operator.post('/policies', { unit: 'fed', name: 'department-exchange.every-days', value: 14, tighter: 'less' }, occurred(daysAgo(70))))
    for (const days of [60, 50, 20]) {
      const past = occurred(daysAgo(days))
      const called = { unit: 'north-su', title: { en: `Exchange ${days} days ago`, zh: `${days} 天前的交流` }, kind: 'department-exchange', at: daysAgo(days) }
      const { id } = ok(await president.post('/meetings', { ...called, agenda: ['交流'], invited: ['head'], chair: 'president' }, past))
      ok(await president.post(`/meetings/${id}/opening`, {}, past))
      ok(await president.post(`/meetings/${id}/closing`, {}, past))
    }
    const page = await as('guide')
    await page.goto('/guidance')
    const line = (name: string) => page.locator('.policy-campuses', { hasText: name })
    const exchange = line('Department exchange')
    const north = exchange.locator('li', { hasText: 'North University' })
    await comes(page, north.getByRole('link', { name: '2 not kept' }))
    await north.getByRole('link', { name: '1 kept' }).waitFor()
    // What was broken stands first.
    await expect.poll(() => page.locator('.policy-campuses').first().textContent()).toContain('Department exchange')
    await line('Summary of an activity').locator('li', { hasText: 'North University' }).getByText('nothing was due yet').waitFor()
    // What they are not told of another campus is said once, not with every policy.
    await page.getByText('How policies are kept at South University is told to those who see the dashboards there.').waitFor()
    expect(await page.getByText(/see the dashboards/).count()).toBe(1)
    expect(await exchange.locator('li', { hasText: 'South University' }).textContent()).not.toContain('kept')
    await line('Public notice, days').getByText('enforced: cannot be broken').waitFor()
    await north.getByRole('link', { name: '2 not kept' }).click()
    await page.getByRole('heading', { level: 1, name: 'Department exchange' }).waitFor()
    const cases = page.getByRole('list', { name: 'not kept' }).getByRole('listitem')
    await cases
      .nth(1)
      .getByText(/days? overdue/)
      .waitFor()
    await expect.poll(() => cases.first().textContent()).toContain('done')
    await cases.first().getByRole('link', { name: 'Exchange 50 days ago' }).waitFor()
    await page.getByRole('button', { name: 'kept', exact: true }).click()
    await page.getByRole('link', { name: 'Exchange 60 days ago' }).click()
    await page.getByRole('heading', { level: 1, name: 'Exchange 60 days ago' }).waitFor()
  })

  it('[PL-10] complained about nothing to anybody', () => {
    expect([...readers].flatMap(([account, { complaints }]) => complaints.map((complaint) => `${account}: ${complaint}`))).toEqual([])
  })
})
