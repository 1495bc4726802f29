import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { lookFaults } from './looks.ts'
import { enter, openReader, openStage, type Stage } from './scene.ts'

describe('Two moments of a record, side by side', () => {
  let stage: Stage
  let record: string
  beforeAll(async () => {
    stage = await openStage()
    record = `/trail/activities/activity-${await stage.propose(4)}/2`
  })
  afterAll(async () => stage?.stop())

  const open = async (locale: string, button: string) => {
    const reader = await openReader(stage, { locale, viewport: { width: 1440, height: 900 } })
    reader.page.setDefaultTimeout(15_000)
    await reader.page.goto(record)
    await enter(reader.page, 'auditor', stage.collegium.password)
    await reader.page.getByRole('button', { name: button }).click()
    return reader
  }
  const section = (page: Page, title: string) => page.locator('section', { has: page.getByRole('heading', { name: title }) })

  it('[PL-06] shows what changed between any two facts, or times, and what happened in between', async () => {
    const { page, complaints } = await open('en', 'Compare two moments')
    const part = section(page, 'Two moments side by side')
    const changes = part.getByRole('list', { name: 'What changed' }).getByRole('listitem')
    await expect.poll(() => changes.allInnerTexts()).toEqual([expect.stringMatching(/^Status\s+before\s+proposed\s+after\s+approved$/)])
    await expect.poll(() => part.getByRole('status').textContent()).toBe('1 fact in between')

    await part.getByLabel('Earlier').selectOption('0')
    await part.getByText('2 facts in between').waitFor()
    // The list may be drawn after its number.
    await expect.poll(() => changes.count()).toBeGreaterThan(2)
    const shown = await changes.allInnerTexts()
    expect(shown).toEqual(expect.arrayContaining([expect.stringMatching(/^Status\s+before\s+\S+\s+after\s+approved$/)]))
    expect(shown.filter((text) => /before\s+(\S+)\s+after\s+\1$/.test(text))).toEqual([])
    await expect.poll(() => part.locator('.facts').getByRole('link').allInnerTexts()).toEqual(['Activity proposed', 'Activity approved'])

    // A day before anything, and one after everything.
    await part.getByLabel('Later').selectOption('time')
    const time = part.getByLabel('Day and time (China Standard Time)')
    await time.fill('2020-01-01T08:00')
    await part.getByText('Nothing is different').or(part.getByText('0 facts in between')).first().waitFor()
    await time.fill('2099-01-01T08:00')
    await part.getByText('2 facts in between').waitFor()

    // As of a position in the service's history: that of the last fact, and the one before it.
    await part.getByLabel('Later').selectOption('position')
    const place = part.getByLabel(/^Position in activities\/\d+$/)
    await part.getByText('2 facts in between').waitFor()
    await place.fill(String(Number(await place.inputValue()) - 1))
    await part.getByText('1 fact in between').waitFor()

    await part.getByLabel('Later').selectOption('1')
    await part.getByLabel('Earlier').selectOption('2')
    await part.getByRole('alert').getByText('the earlier moment comes first').waitFor()
    expect(complaints).toEqual([])
  })

  it('[PL-10] [PL-17] reads in Chinese, on a phone, and gives axe nothing to complain about', async () => {
    const { page, complaints } = await open('zh-CN', '对照两个时刻')
    const part = section(page, '两个时刻的对照')
    await part.getByLabel('较早').selectOption('0')
    await part.getByText('其间 2 条事实').waitFor()
    expect(await lookFaults(page, 'two moments')).toEqual([])
    expect(complaints).toEqual([])
  })
})
