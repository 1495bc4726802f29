import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { federation } from '../journeys/scene.ts'
import { lookFaults } from './looks.ts'
import { enter, openReader, openStage, type Reader, type Stage } from './scene.ts'

/** What leads out of each list that is empty: whose it is, where, its first words, and the link or button in its box. */
const steps = [
  ['officer', '/activities', 'No activities yet', 'link', 'Propose an activity'],
  ['secretary', '/meetings', 'No meeting yet', 'link', 'Call a meeting'],
  ['secretary', '/documents', 'No document yet', 'link', 'Draft a document'],
  ['secretary', '/assessments', 'Nothing has been assessed yet', 'link', 'Open an assessment'],
  ['secretary', '/schemes', 'There is no scheme yet', 'link', 'New scheme'],
  ['secretary', '/duties?whose=assigned', 'No duties here', 'button', 'Assign a duty'],
  ['officer', '/surveys', 'No survey yet', 'link', 'Activities'],
  ['host', '/shifts', 'No shifts here', 'button', 'Offer a shift'],
  ['host', '/hours-desk', 'Nothing here', 'link', 'Enter hours by hand at the shift'],
  ['guide', '/appointments', 'No appointments here', 'link', 'Propose somebody'],
  ['operator', '/tokens', 'No token yet', 'button', 'Make a token'],
] as const

/** A federation in which nothing has happened yet. */
describe('Lists that are empty', () => {
  let stage: Stage
  const readers = new Map<string, Reader>()
  beforeAll(async () => {
    stage = await openStage(federation)
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

  it.each(steps)('[PL-17] offer the first step in their box: %s at %s', async (account, path, title, role, name) => {
    const page = await at(account, path)
    const box = page.locator('.empty', { hasText: title })
    await box.getByRole(role, { name, exact: true }).click()
    if (role === 'button') await page.getByRole('dialog', { name }).waitFor()
    else await expect.poll(() => new URL(page.url()).pathname).not.toBe(path)
  })

  it('[PL-13] say in the box who may take it, to whoever may not', async () => {
    const page = await at('student-1', '/shifts')
    const box = page.locator('.empty', { hasText: 'No shifts here' })
    await box.getByText('Can be started by: Host of volunteers.').waitFor()
    expect(await box.getByRole('button').count()).toBe(0)
    expect(await lookFaults(page, 'shifts before the first')).toEqual([])
  })

  it('[PL-10] complained about nothing to anybody', () => {
    expect([...readers.values()].flatMap(({ complaints }) => complaints)).toEqual([])
  })
})
