import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { daysAgo, inHours, occurred, ok, sceneOf } from '../journeys/scene.ts'
import type { Client } from '../kit/client.ts'
import { enter, openReader, openStage, type Reader, type Stage } from './scene.ts'

/** Shifts and hours, by a host and a volunteer. */
describe('Volunteering in the console', () => {
  let stage: Stage
  let as: (account: string) => Promise<Client>
  const readers = new Map<string, Reader>()
  beforeAll(async () => {
    stage = await openStage()
    as = sceneOf({ ...stage.collegium, form: 'embedded', restart: async () => {} }).as
    const past = { ...shift, title: { en: 'Washing cups', zh: '洗茶杯' }, from: new Date(Date.now() - 26 * 3_600_000).toISOString(), to: inHours(-24) }
    ok(await (await as('host')).post('/shifts', past, occurred(daysAgo(2))))
  })
  afterAll(async () => stage?.stop())

  const at = async (account: string, path: string): Promise<Page> => {
    const known = readers.get(account)
    const reader = known ?? (await openReader(stage, { locale: 'en', viewport: { width: 1440, height: 900 } }))
    readers.set(account, reader)
    reader.page.setDefaultTimeout(15_000)
    await reader.page.goto(path)
    if (!known) await enter(reader.page, account, stage.collegium.password)
    return reader.page
  }
  const wall = (at: string): string => new Date(at).toLocaleString('sv-SE', { timeZone: 'Asia/Shanghai' }).replace(' ', 'T').slice(0, 16)
  const card = (page: Page, title: string) => page.locator('article', { has: page.getByRole('heading', { level: 3, name: title }) })

  it('[VL-03] a host offers a shift, a student signs up, both see it, and the host closes it', async () => {
    const host = await at('host', '/shifts')
    await host.locator('.empty').getByRole('button', { name: 'Offer a shift' }).click()
    const dialog = host.getByRole('dialog')
    const fill = (name: string, value: string) => dialog.locator(`[name="${name}"]`).fill(value)
    await dialog.locator('[name=unit]').selectOption('north-su-tea')
    await fill('title.en', 'Pouring tea')
    await fill('title.zh', '倒茶')
    await dialog.locator('[name=category]').selectOption('community')
    await fill('place', 'The tea house')
    await fill('from', wall(inHours(40)))
    await fill('to', wall(inHours(42)))
    await fill('seats', '1')
    await dialog.getByRole('button', { name: 'Offer a shift' }).click()
    await dialog.waitFor({ state: 'detached' })
    await card(host, 'Pouring tea').getByText('1 of 1 seat free').waitFor()

    const student = await at('student-1', '/shifts')
    await card(student, 'Pouring tea').getByRole('button', { name: 'Sign up' }).click()
    await card(student, 'Pouring tea').getByText('You have a seat').waitFor()
    const second = await at('student-2', '/shifts')
    await card(second, 'Pouring tea').getByRole('button', { name: 'Join the waitlist' }).click()
    await card(second, 'Pouring tea').getByText('No. 1 on the waitlist').waitFor()
    await host.reload()
    await card(host, 'Pouring tea').getByRole('button', { name: 'Who serves' }).click()
    await host.getByRole('dialog').locator('[data-person=student-1]').getByText('has a seat').waitFor()
    await host.keyboard.press('Escape')
    await card(host, 'Pouring tea').getByRole('button', { name: 'Close it' }).click()
    await card(host, 'Pouring tea').waitFor({ state: 'detached' })
  })

  it('[VL-04] hours entered by hand wait at the desk, are refused with a ground, and the volunteer sees why and what to do', async () => {
    const host = await at('host', '/shifts')
    await host.getByRole('button', { name: 'Closed' }).click()
    await card(host, 'Washing cups').getByRole('button', { name: 'Who serves' }).click()
    const dialog = host.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Enter hours by hand' }).click()
    await dialog.getByRole('combobox').fill('student-2')
    await dialog.locator('.options [role=option]').first().click()
    await dialog.locator('[name=reason]').fill('The phone was empty')
    await dialog.locator('[name="evidence.0"]').fill('A signed list')
    await dialog.getByRole('button', { name: 'Enter hours by hand' }).click()
    await dialog.locator('form').waitFor({ state: 'detached' })
    await host.goto('/hours-desk')
    await host.getByRole('button', { name: 'By hand, to countersign' }).click()
    await host.locator('[data-stint$=".student-2"]').waitFor()
    await host.getByRole('button', { name: 'Refuse', exact: true }).click()
    await host.getByRole('dialog').locator('[name=ground]').fill('Nobody saw them there')
    await host.getByRole('dialog').getByRole('button', { name: 'Refuse', exact: true }).click()
    await host.getByRole('dialog').waitFor({ state: 'detached' })
    const student = await at('student-2', '/hours')
    await student.getByText('Because: Nobody saw them there').waitFor()
    await student.getByRole('button', { name: 'I do not agree' }).click()
    await student.getByText(/Bring the host what shows it/).waitFor()
  })

  it('[PL-10] complained about nothing to anybody', () => {
    expect([...readers.values()].flatMap(({ complaints }) => complaints)).toEqual([])
  })
})

const shift = { unit: 'north-su-tea', category: 'community', place: '茶室 · The tea house', seats: 3 }
