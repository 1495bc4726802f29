import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually, inHours, ok, sceneOf } from '../journeys/scene.ts'
import type { Client } from '../kit/client.ts'
import { enter, isKept, nothingBeyond, openReader, openStage, type Reader, type Stage } from './scene.ts'

/** Officers at their own page, in a meeting, over duties and documents; the secretary at the desk. */
describe('Those who hold posts in the console', () => {
  let stage: Stage
  let as: (account: string) => Promise<Client>
  let meeting: string
  let notice: string
  const readers = new Map<string, Reader>()
  beforeAll(async () => {
    stage = await openStage()
    as = sceneOf({ ...stage.collegium, form: 'embedded', restart: async () => {} }).as
    const [president, officer] = [await as('president'), await as('officer')]
    notice = ok(await officer.post('/documents', { unit: 'north-su-tea', kind: 'notice', title: '茶会通知', text: '周五举办茶会\n地点：茶室' })).id
    ok(await officer.post(`/documents/${notice}/submission`, { approvers: ['president'] }))
    const called = { unit: 'north-su', title: { en: 'Weekly meeting', zh: '例会' }, kind: 'department', at: inHours(0), agenda: ['秋茶节', '预算'] }
    meeting = ok(await president.post('/meetings', { ...called, invited: ['officer', 'head', 'secretary'], chair: 'president' })).id
    ok(await president.post('/duties', { unit: 'north-su-tea', title: '布置茶室', owner: 'officer', due: inHours(30) }))
    ok(await president.post('/duties', { unit: 'north-su-tea', title: '清点茶具', owner: 'head', due: inHours(50) }))
  }, 120_000)
  afterAll(async () => stage?.stop())

  /** Somebody signed in once, before an English page at a desk. */
  const page = async (account: string): Promise<Page> => {
    const known = readers.get(account)
    if (known) return known.page
    const reader = await openReader(stage, { locale: 'en', viewport: { width: 1440, height: 900 } })
    reader.page.setDefaultTimeout(15_000)
    await reader.page.goto('/')
    await enter(reader.page, account, stage.collegium.password)
    await reader.page.getByRole('heading', { level: 1, name: 'Hello, ' }).waitFor()
    readers.set(account, reader)
    return reader.page
  }
  const section = (on: Page, name: string) => on.locator('section', { has: on.getByRole('heading', { level: 2, name, exact: true }) })
  const item = (on: Page, part: string, title: string) => section(on, part).locator('article', { has: on.getByRole('heading', { level: 3, name: title }) })

  it('[PL-15] [DC-01] decides in place: a document read and approved leaves the list, and its author sees what became of it', async () => {
    const president = await page('president')
    const waiting = item(president, 'Waits for you', '茶会通知')
    await waiting.getByText('Read it').click()
    await waiting.getByText('地点：茶室').waitFor()
    await waiting.getByRole('button', { name: 'Approve' }).click()
    await waiting.waitFor({ state: 'detached' })
    await eventually(
      async () => ok(await (await as('officer')).get(`/documents/${notice}`)).state,
      (state) => expect(state.status).toBe('filed'),
    )
    const officer = await page('officer')
    const asked = section(officer, 'What I asked, and what became of it')
    await asked.locator('li', { hasText: '茶会通知' }).getByText('filed').waitFor()
    await asked.getByText(/茶文化部通〔\d+〕1号/).waitFor()
  })

  it('[PL-15] [AC-04] [PL-03] hands in, tells how far it is, and fulfils a duty without leaving the list; whoever gave it sees so live', async () => {
    const [officer, president] = [await page('officer'), await page('president')]
    const duty = item(officer, 'Waits for you', '布置茶室')
    await duty.getByRole('button', { name: 'Report progress' }).click()
    await officer.getByRole('dialog').getByLabel('Note').fill('桌椅已到')
    await officer.getByRole('dialog').getByRole('button', { name: 'Report progress' }).click()
    await duty.locator('p.text', { hasText: '桌椅已到' }).waitFor()
    await section(president, 'What I asked, and what became of it').locator('li', { hasText: '布置茶室' }).getByText('open').waitFor()
    await duty.getByRole('button', { name: 'Done' }).click()
    await duty.waitFor({ state: 'detached' })
    await section(president, 'What I asked, and what became of it').locator('li', { hasText: '布置茶室' }).getByText('done').waitFor()
  })

  it('[AC-03] [DC-05] holds a meeting: signed in live, leave granted, resolved with duties, minuted, approved, filed with a number', async () => {
    const [officer, president, head] = [await page('officer'), await page('president'), await page('head')]
    const today = item(officer, 'Today', 'Weekly meeting')
    await today.getByText('赵一鸣').or(today.getByText('president')).first().waitFor()
    await president.goto(`/meetings/${meeting}`)
    await section(president, 'Who is here').getByText('0 of 4 here').waitFor()
    await today.getByRole('button', { name: 'I am here' }).click()
    await today.getByText('present').waitFor()
    await section(president, 'Who is here').getByText('1 of 4 here').waitFor()
    await item(head, 'Today', 'Weekly meeting').getByRole('button', { name: 'Ask for leave' }).click()
    await head.getByRole('dialog').getByLabel('Reason').fill('考试')
    await head.getByRole('dialog').getByRole('button', { name: 'Ask for leave' }).click()
    await section(president, 'Who is here').getByText('考试').waitFor()
    await president.getByRole('button', { name: 'Grant leave' }).click()
    await section(president, 'Who is here').getByText('on leave').waitFor()
    await item(head, 'Today', 'Weekly meeting').getByText('leave granted').waitFor()
    await president.getByRole('button', { name: 'I am here' }).click()
    await president.getByRole('button', { name: 'Open the meeting' }).click()
    await president.getByRole('button', { name: 'Adopt a resolution' }).click()
    const form = president.getByRole('dialog')
    await form.getByLabel('Text').fill('举办秋茶节')
    await form.getByRole('button', { name: 'Add a duty' }).click()
    await form.getByRole('textbox', { name: 'Title' }).fill('写方案')
    await form.getByRole('combobox', { name: 'Owner' }).fill('officer')
    await form.getByRole('option', { name: 'officer' }).click()
    await form.getByLabel('Due').fill('2027-01-10T17:00')
    await form.getByLabel('Event').selectOption({ label: 'Activity held' })
    await form.getByRole('combobox', { name: 'Activity' }).fill('reading')
    await form.getByRole('option', { name: /Tea and reading/ }).click()
    await form.getByText('Tea and reading', { exact: true }).waitFor()
    await form.getByRole('button', { name: 'Adopt a resolution' }).click()
    await section(president, 'Resolutions').getByText('写方案').waitFor()
    const owed = item(officer, 'Waits for you', '写方案')
    await owed.waitFor()
    const [duty] = ok(await (await as('officer')).get('/duties?owner=me&state=unfulfilled')).items.filter(({ title }: { title: string }) => title === '写方案')
    const [activity] = ok(await (await as('officer')).get('/activities?q=reading')).items
    expect(ok(await (await as('president')).get(`/duties/${duty.id}`)).state.fulfilledBy).toEqual({ event: 'activities.activity-held.v1', about: activity.id })
    // It belongs to the union, their post to a department of it.
    expect(duty.unit).toBe('north-su')
    await owed.getByRole('button', { name: 'Done' }).click()
    await owed.waitFor({ state: 'detached' })
    await section(president, 'Resolutions').locator('.owed .chip.good', { hasText: 'done' }).waitFor()
    await president.getByRole('button', { name: 'Close the meeting' }).click()
    await president.getByRole('button', { name: 'Write the minutes' }).click()
    await expect.poll(() => president.getByRole('dialog').getByLabel('Text').inputValue()).toContain('1. 秋茶节')
    await president.getByRole('dialog').getByRole('button', { name: 'Write the minutes' }).click()
    await president.getByRole('button', { name: 'Approve the minutes' }).click()
    await section(president, 'Minutes')
      .getByText(/〔\d+〕1号/)
      .waitFor()
  })

  it('[DC-01] [DC-04] drafts with what is typed kept over a reload, revises, shows both versions side by side, and is found by Chinese words', async () => {
    const officer = await page('officer')
    await officer.goto('/documents/draft?unit=north-su-tea&kind=plan')
    await officer.getByLabel('Title').fill('茶文化部学期计划')
    await officer.getByLabel('Text').fill('九月采茶\n十月办茶会')
    await isKept(officer, '十月办茶会')
    await officer.reload()
    await expect.poll(() => officer.getByLabel('Title').inputValue()).toBe('茶文化部学期计划')
    await officer.getByRole('button', { name: 'Keep the draft' }).click()
    await officer.getByRole('heading', { level: 1, name: '茶文化部学期计划' }).waitFor()
    await officer.getByRole('button', { name: 'Revise' }).click()
    await officer.getByRole('dialog').getByLabel('Text').fill('九月采茶\n十一月办茶会')
    await officer.getByRole('dialog').getByRole('button', { name: 'Revise' }).click()
    const versions = section(officer, 'Versions side by side')
    await versions.locator('ins', { hasText: '十一月' }).waitFor()
    await versions.locator('del', { hasText: '十月' }).waitFor()
    const [went, came] = [versions.locator('p', { has: officer.locator('del') }), versions.locator('p', { has: officer.locator('ins') })]
    /** How far the one that came stands to the right of the other's end, and how far below its beginning and end. */
    const apart = async () => {
      const [first, second] = [await went.boundingBox(), await came.boundingBox()]
      if (first === null || second === null) throw new Error('One of the two is not shown')
      return { right: second.x - first.x - first.width, left: second.x - first.x, below: second.y - first.y - first.height, top: second.y - first.y }
    }
    await expect.poll(async () => (await apart()).right).toBeGreaterThanOrEqual(0)
    expect((await apart()).top).toBe(0)
    // On a phone one under the other, and what is the same only once.
    const { width, height } = officer.viewportSize() ?? { width: 1440, height: 900 }
    await officer.setViewportSize({ width: 360, height: 780 })
    await expect.poll(async () => (await apart()).left).toBe(0)
    await expect.poll(async () => (await apart()).below).toBeGreaterThanOrEqual(0)
    await expect.poll(() => versions.getByText('九月采茶').filter({ visible: true }).count()).toBe(1)
    await nothingBeyond(officer, 'two versions are wider than 360 px')
    await officer.setViewportSize({ width, height })
    await officer.getByRole('button', { name: 'Submit for approval' }).click()
    await officer.getByRole('dialog').getByRole('combobox', { name: 'Approvers' }).fill('secretary')
    await officer.getByRole('dialog').getByRole('option', { name: 'secretary' }).click()
    await officer.getByRole('dialog').getByRole('button', { name: 'Submit for approval' }).click()
    await section(officer, 'Approval').getByText('waiting for approval').waitFor()
    await officer.goto('/documents')
    await officer.getByLabel('Title, text or number').fill('采茶 学期')
    await officer.getByRole('link', { name: '茶文化部学期计划' }).waitFor()
    await officer.getByLabel('Title, text or number').fill('运动会')
    await officer.getByText('Nothing found').waitFor()
  })

  it('[DC-02] [DC-07] [AC-04] shows the secretary what is on its way, a void number in a register without holes, and who has not handed in', async () => {
    const secretary = await page('secretary')
    await secretary.goto('/desk')
    await section(secretary, 'On their way').getByRole('link', { name: '茶文化部学期计划' }).waitFor()
    await section(secretary, 'Duties by unit and age')
      .getByRole('row', { name: /Tea Culture Department/ })
      .waitFor()
    const registers = section(secretary, 'Registers of numbers')
    await registers.locator('summary', { hasText: 'notice' }).click()
    await registers.getByText('no gap').waitFor()
    await registers.getByRole('button', { name: 'Declare a number void' }).click()
    await secretary.getByRole('dialog').getByLabel('Number').fill('1')
    await secretary.getByRole('dialog').getByLabel('Ground').fill('重复发文')
    await secretary.getByRole('dialog').getByRole('button', { name: 'Declare a number void' }).click()
    await registers.getByText('No. 1, void: 重复发文').waitFor()
    await registers.getByText('no gap').waitFor()
    const plans = section(secretary, 'Plans and summaries of this term')
    await plans
      .getByRole('row', { name: /Tea Culture Department/ })
      .getByRole('link', { name: 'submitted' })
      .waitFor()
    // Of another campus' department she may not read the papers.
    expect(await plans.getByRole('row', { name: /Sea Rescue/ }).count()).toBe(0)
    await plans
      .getByRole('row', { name: /Robotics Department/ })
      .getByText('not yet')
      .first()
      .waitFor()
    await plans
      .getByRole('row', { name: /Robotics Department/ })
      .getByRole('button', { name: 'Make it a duty' })
      .first()
      .click()
    const asked = secretary.getByRole('dialog', { name: 'Hand in this term’s plan' })
    await asked.getByRole('combobox', { name: 'Owner' }).fill('head')
    await asked.getByRole('option', { name: 'head' }).click()
    await asked.getByLabel('Due').fill('2027-01-10T17:00')
    await asked.getByRole('button', { name: 'Make it a duty' }).click()
    await section(secretary, 'Duties by unit and age')
      .getByRole('row', { name: /Robotics Department/ })
      .waitFor()
  })

  it('[AC-04] [PL-10] names a duty from the desk in the language of each who reads it', async () => {
    const secretary = await page('secretary')
    await secretary.goto('/duties?whose=assigned')
    await secretary.getByRole('heading', { level: 3, name: 'Hand in this term’s plan' }).waitFor()
    // Who assigns one by hand writes one title.
    await secretary.getByRole('button', { name: 'Assign a duty' }).click()
    expect(await secretary.locator('dialog [name=title], dialog [name^="name."]').count()).toBe(1)
    const reader = await openReader(stage, { locale: 'zh-CN', viewport: { width: 360, height: 780 } })
    readers.set('head', reader)
    await reader.page.goto('/duties')
    await enter(reader.page, 'head', stage.collegium.password)
    await reader.page.getByRole('heading', { level: 3, name: '报送本学期工作计划' }).waitFor()
  })

  it('[PL-10] complained about nothing to anybody', () => {
    expect([...readers.values()].flatMap(({ complaints }) => complaints)).toEqual([])
  })
})
