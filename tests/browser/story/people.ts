import type { BrowserContextOptions, Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import type { Words } from '../../../services/console/testing/words.ts'
import { axeFaults } from '../axe.ts'
import { enter, nothingBeyond, openReader, type Reader, type Stage } from '../scene.ts'

/** Somebody of the story before a page, and what the person does there. */
export type Somebody = {
  readonly page: Page
  /** Goes to an address, as from a bookmark. */
  readonly go: (path: string) => Promise<void>
  /** Presses what carries these words, once it may be pressed. */
  readonly press: (words: string, within?: Locator) => Promise<void>
  /** Fills in the fields of the dialog, or of the page, by their names in the API. */
  readonly fill: (fields: Readonly<Record<string, string>>) => Promise<void>
  /** Chooses somebody by the name, or by the id where the name may not be read, in the field that carries these words. */
  readonly pick: (words: string, name: string, id: string) => Promise<void>
  /** Sends the dialog that is open, by the button that carries these words; it is gone when its effect is on the page. */
  readonly send: (words: string) => Promise<void>
  /** Waits for words on the page. */
  readonly see: (words: string | RegExp, within?: Locator) => Promise<void>
  readonly section: (title: string) => Locator
  /** The card with this heading. */
  readonly card: (title: string | RegExp) => Locator
  /** Nothing that axe complains about, nothing beyond the edge. */
  readonly look: (name: string) => Promise<void>
}

export const roles = { student: 'student-1', officer: 'candidate', secretary: 'secretary', guide: 'guide', chair: 'president', auditor: 'auditor' } as const
export type Role = keyof typeof roles
export type Cast = { readonly [Name in Role]: Somebody } & {
  readonly t: Words
  readonly locale: 'zh-CN' | 'en'
  /** What the browsers complained about. */
  readonly complaints: () => readonly string[]
}

const stepMs = 30_000

/** All six signed in at once, each in a browser of their own. */
export const openCast = async (stage: Stage, t: Words, locale: Cast['locale'], options: BrowserContextOptions): Promise<Cast> => {
  const readers: (readonly [role: string, reader: Reader])[] = []
  for (const [role, account] of Object.entries(roles)) {
    const reader = await openReader(stage, { locale, ...options })
    reader.page.setDefaultTimeout(stepMs)
    reader.page.setDefaultNavigationTimeout(40_000)
    await reader.page.goto('/')
    await enter(reader.page, account, stage.collegium.password)
    await reader.page.locator('.frame h1').waitFor()
    readers.push([role, reader])
  }
  const cast = Object.fromEntries(readers.map(([role, { page }]) => [role, somebody(page)])) as { [Name in Role]: Somebody }
  return { ...cast, t, locale, complaints: () => readers.flatMap(([role, { complaints }]) => complaints.map((each) => `${role}: ${each}`)) }
}

const somebody = (page: Page): Somebody => {
  const dialog = page.locator('dialog[open]')
  const place = async (): Promise<Locator> => ((await dialog.count()) > 0 ? dialog.last() : page.locator('main'))
  const press = async (words: string, within?: Locator): Promise<void> => {
    const found = (within ?? (await place()))
      .locator('button, a, summary')
      .filter({ hasText: exactly(words) })
      .first()
    await found.waitFor()
    await expect.poll(() => found.getAttribute('aria-disabled'), { message: `"${words}" may be pressed`, timeout: stepMs }).toBeNull()
    await found.click()
  }
  return {
    page,
    go: async (path) => {
      await page.goto(path)
      await page.locator('h1').first().waitFor()
    },
    press,
    fill: async (fields) => {
      const within = await place()
      for (const [name, value] of Object.entries(fields)) {
        const field = within.locator(`[name="${name}"]`)
        await field.waitFor()
        const kind = await field.evaluate((element) => (element as unknown as { type: string }).type)
        if (kind === 'checkbox') await field.setChecked(value === 'yes')
        else if (kind.startsWith('select')) await field.selectOption(value)
        else await field.fill(value)
      }
    },
    pick: async (words, name, id) => {
      const within = await place()
      const typed = within.getByRole('combobox', { name: words }).last()
      await typed.fill(name)
      const found = within.getByRole('option', { name }).first()
      if (
        await found.waitFor({ timeout: 2_000 }).then(
          () => true,
          () => false,
        )
      )
        return found.click()
      await typed.fill(id)
      await within.getByRole('option', { name: id }).first().click()
    },
    send: async (words) => {
      await press(words, dialog.last())
      await dialog.waitFor({ state: 'detached' })
    },
    see: async (words, within) => {
      await (within ?? (await place())).getByText(words).first().waitFor()
    },
    section: (title) => page.locator('section', { has: page.getByRole('heading', { level: 2, name: title, exact: true }) }),
    card: (title) => page.locator('article', { has: page.getByRole('heading', { level: 3, name: title }) }),
    look: async (name) => {
      await nothingBeyond(page, name)
      expect((await axeFaults(page, name)).join('\n')).toBe('')
    },
  }
}

const exactly = (words: string): RegExp => new RegExp(`^\\s*${words.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*$`)

/** The time on the wall of the campus, so many hours from now, as a form takes it. */
export const wall = (hours: number): string =>
  new Date(Date.now() + hours * 3_600_000).toLocaleString('sv-SE', { timeZone: 'Asia/Shanghai' }).replace(' ', 'T').slice(0, 16)
