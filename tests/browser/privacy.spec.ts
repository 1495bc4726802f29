import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axeFaults } from './axe.ts'
import { comes, enter, nothingBeyond, openReader, openStage, type Reader, type Stage } from './scene.ts'

/** A file is opened with a reason, its person sees by whom, asks to be erased, and two officers decide: in a real browser, in both languages. */
const screens = fileURLToPath(new URL('../../var/screens/', import.meta.url))

describe("A person's data in the console", () => {
  let stage: Stage
  const readers = new Map<string, Reader>()
  beforeAll(async () => {
    stage = await openStage()
    mkdirSync(screens, { recursive: true })
  })
  afterAll(async () => {
    for (const { context } of readers.values()) await context.close()
    await stage?.stop()
  })

  const as = async (account: string, locale: 'en' | 'zh-CN'): Promise<Page> => {
    const known = readers.get(account)
    if (known) return known.page
    const reader = await openReader(stage, { locale, colorScheme: locale === 'en' ? 'dark' : 'light', viewport: { width: 1440, height: 800 } })
    readers.set(account, reader)
    await reader.page.goto('/')
    await enter(reader.page, account, stage.collegium.password)
    await reader.page.locator('a.nav').first().waitFor()
    return reader.page
  }
  /** Nothing that axe complains about and nothing beyond the edge, on a desk and on a phone; the picture is kept to be looked at. */
  const check = async (page: Page, name: string): Promise<void> => {
    for (const width of [1440, 360]) {
      await page.setViewportSize({ width, height: 800 })
      await nothingBeyond(page, `${name} is wider than ${width} px`)
      expect(await axeFaults(page, name)).toEqual([])
      await page.screenshot({ path: `${screens}${name}-${width}.png`, fullPage: true })
    }
    await page.setViewportSize({ width: 1440, height: 800 })
  }

  it('[PL-13] [MB-11] opens a file only when its reader has said why, and tells beforehand that this is written down and who can see it', async () => {
    const page = await as('guide', 'zh-CN')
    await page.goto('/people/student-1/file')
    await page.locator('.form').waitFor()
    expect(await page.locator('.form').textContent()).toContain('当事人可以看到')
    await page.locator('.readings li').first().waitFor()
    expect(await page.locator('main').textContent()).not.toContain('1101')
    expect(await page.locator('[type=submit]').isDisabled()).toBe(true)
    await check(page, 'file-closed')
    await page.locator('[name=reason]').fill('任命前核查')
    await page.locator('[type=submit]').click()
    await page.locator('[data-file=student-1]').waitFor()
    await expect.poll(() => page.locator('main').textContent()).toContain('1101')
    await check(page, 'file-open')
  })

  it('[PL-13] shows me who has opened my file, when, under which post and why', async () => {
    const page = await as('student-1', 'en')
    await page.goto('/my-data')
    // The list follows the reading, and the names come after the list.
    await comes(page, page.locator('.readings', { hasText: '任命前核查' }).first())
    for (const told of ['沈甲', '郑七步', 'Member of the guidance committee']) await expect.poll(() => page.locator('main').textContent()).toContain(told)
  })

  it('[PL-12] lets me ask for erasure, and two officers decide; the page says what is missing until it is complete', async () => {
    const mine = await as('student-1', 'en')
    expect(await mine.getByRole('button', { name: 'Ask for erasure' }).isDisabled()).toBe(true)
    await check(mine, 'my-data')
    await mine.locator('[name=sure]').check()
    await mine.getByRole('button', { name: 'Ask for erasure' }).click()
    await mine.locator('.erasure-status[data-status=requested]').waitFor()
    await check(mine, 'my-data-asked')

    const guide = await as('guide', 'zh-CN')
    await guide.goto('/erasures')
    await guide.locator('[data-person=student-1] .primary').click()
    await guide.getByText('您已批准，等待第二人。').waitFor()
    await check(guide, 'erasures')

    const second = await as('guide-2', 'en')
    await second.goto('/erasures')
    await second.getByRole('button', { name: 'Approve and erase' }).click()
    await second.locator('[data-person=student-1]', { hasText: /Decided, under way|Erased everywhere/ }).waitFor()
    await expect
      .poll(
        async () => {
          await second.goto('/erasures')
          await second.locator('[data-person=student-1]').waitFor()
          return second.locator('[data-person=student-1] .chip').textContent()
        },
        { timeout: 20_000 },
      )
      .toBe('Erased everywhere')
    await check(second, 'erasures-complete')

    await mine.goto('/my-data')
    await mine.locator('[name=account]').waitFor()
    for (const { complaints } of readers.values()) expect(complaints).toEqual([])
  })
})
