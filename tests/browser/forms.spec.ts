import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bodyOf, type Draft, draftOf } from '../../services/console/src/parts/command-form/draft.ts'
import { serveForms } from '../../services/console/testing/forms.ts'
import { ok, sceneOf } from '../journeys/scene.ts'
import type { Client } from '../kit/client.ts'
import { axeFaults } from './axe.ts'
import { openReader, openStage, type Reader, type Stage } from './scene.ts'

describe('The form of a command', () => {
  let stage: Stage
  let reader: Reader
  let forms: Awaited<ReturnType<typeof serveForms>>
  let as: (account: string) => Promise<Client>
  beforeAll(async () => {
    stage = await openStage()
    as = sceneOf({ ...stage.collegium, form: 'embedded', restart: async () => {} }).as
    forms = await serveForms(stage.collegium.address)
    reader = await openReader(stage, { locale: 'en', baseURL: forms.address, viewport: { width: 1000, height: 900 } })
    reader.page.setDefaultTimeout(20_000)
    await enterAs(reader.page, 'officer')
  })
  afterAll(async () => {
    await forms?.close()
    await stage?.stop()
  })

  const enterAs = async (page: Page, account: string): Promise<void> => {
    await page.goto('/forms/')
    const status = await page.evaluate(
      async ([name, password]) =>
        (await fetch('/api/v1/session', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ account: name, password }) }))
          .status,
      [account, stage.collegium.password] as const,
    )
    expect(status).toBe(201)
    await page.goto('/forms/')
  }

  it('[PL-17] asks for every field that the API declares, in words, and for none that the page gives', async () => {
    const { page } = reader
    const schema = JSON.parse(readFileSync(new URL('../../services/console/src/api/generated/forms/activities.json', import.meta.url), 'utf8')).proposeActivity
    const words = JSON.parse(readFileSync(new URL('../../services/console/src/domain/activities.en.json', import.meta.url), 'utf8')).fields
    await page.getByRole('button', { name: 'Propose' }).waitFor()
    for (const name of Object.keys(schema.properties).filter((each) => !['unit', 'openTo'].includes(each)))
      if (name in words) expect(await page.getByText(words[name], { exact: false }).count(), name).toBeGreaterThan(0)
    expect(await page.getByLabel('Starts').inputValue()).toBe('2027-03-01 14:00')
    expect(await page.locator('[name=openTo], [name=unit]').count()).toBe(0)
    expect(await axeFaults(page, 'the page')).toEqual([])
  })

  it('[PL-17] tells each fault at its field, and keeps what was typed over a reload and a lapse of the session', async () => {
    const { page, context } = reader
    await page.locator('[name="title.en"]').fill('Spring walk')
    await page.locator('[name="title.zh"]').fill('春游')
    await page.locator('[name=capacity]').fill('many')
    await page.getByRole('button', { name: 'Propose' }).click()
    await page.locator('.fault').first().waitFor()
    expect(await page.locator('[name=theme]').getAttribute('aria-invalid')).toBe('true')
    expect(await page.locator('[name=capacity]').getAttribute('aria-invalid')).toBe('true')
    expect(await page.locator('[name="title.en"]').getAttribute('aria-invalid')).toBeNull()
    await page.reload()
    await expect.poll(() => page.locator('[name="title.zh"]').inputValue()).toBe('春游')
    await context.clearCookies()
    await page.getByRole('button', { name: 'Propose' }).click()
    await page.getByText('Sign in').first().waitFor()
    await enterAs(page, 'officer')
    await expect.poll(() => page.locator('[name=capacity]').inputValue()).toBe('many')
  })

  it('[PL-17] sends what was filled in: money in fen, moments of the campus in UTC, people by a part of the name', async () => {
    const { page } = reader
    for (const [name, text] of Object.entries({
      theme: 'Fresh air',
      plan: 'Walk',
      risks: 'Rain',
      budget: '120.5',
      venue: 'The hill',
      capacity: '30',
      kind: 'outing',
    }))
      await page.locator(`[name=${name}]`).fill(text)
    await page.locator('[name=endsAt]').fill('2027-03-01T17:00')
    const people = page.getByRole('combobox', { name: 'Organizers' })
    // Who may not look for people may still name somebody.
    await people.fill('officer')
    await page.getByRole('option', { name: /officer/ }).waitFor()
    await people.press('Enter')
    await page.locator('.picked-list').getByText('周五行').waitFor()
    await page.getByRole('button', { name: 'Propose' }).click()
    await page.waitForURL(/#[\w-]{20,}/)
    const id = new URL(page.url()).hash.slice(1)
    const { state } = ok(await (await as('officer')).get(`/activities/${id}`))
    expect(state.proposal).toMatchObject({
      budget: 12_050,
      startsAt: '2027-03-01T06:00:00.000Z',
      endsAt: '2027-03-01T09:00:00.000Z',
      organizers: ['officer'],
      capacity: 30,
    })
    await page.goto('/forms/')
    await expect.poll(() => page.locator('[name="title.zh"]').inputValue()).toBe('')
  })

  it('[PL-17] shows what somebody else has changed meanwhile, and goes on with what was typed', async () => {
    const { page } = reader
    const id = await stage.propose(1)
    await enterAs(page, 'president')
    await page.goto(`/forms/?activity=${id}`)
    await page.getByText('version 2').waitFor()
    await page.locator('[name=budget]').fill('5000')
    await page.locator('[name=ground]').fill('A larger hall')
    ok(await (await as('officer')).post(`/activities/${id}/announcement`, {}))
    await page.getByRole('button', { name: 'Raise' }).click()
    await page.getByText('Somebody else was faster').waitFor()
    const change = page.getByRole('list', { name: 'What changed' }).getByRole('listitem')
    await expect.poll(() => change.allInnerTexts()).toContainEqual(expect.stringMatching(/Status\s+before\s+approved\s+after\s+announced/))
    expect(await page.locator('[name=ground]').inputValue()).toBe('A larger hall')
    await page.getByRole('button', { name: 'Go on with mine' }).click()
    await page.waitForURL(/#raised/)
    expect(ok(await (await as('president')).get(`/activities/${id}`)).state.proposal.budget).toBe(500_000)
  })

  it('[PL-13] says before it is pressed who may press a button', async () => {
    const { page } = reader
    const id = await stage.propose(1)
    await enterAs(page, 'officer')
    await page.goto(`/forms/?activity=${id}`)
    const approve = page.getByRole('button', { name: 'Approve' })
    await expect.poll(() => approve.getAttribute('aria-disabled')).toBe('true')
    await approve.click({ force: true })
    await page
      .getByRole('status')
      .getByText(/These can:.*President/)
      .waitFor()
  })
})

describe('[PL-17] A draft', () => {
  const schema = {
    type: 'object',
    required: ['title', 'at'],
    properties: {
      title: { type: 'string', maxLength: 200 },
      at: { type: 'string', format: 'date-time' },
      budget: { type: 'integer' },
      duties: { type: 'array', items: { type: 'string' } },
    },
  }

  it('of a command with a field more has that field, and sends it', () => {
    const more = { ...schema, properties: { ...schema.properties, colour: { type: 'string', maxLength: 20 } } }
    const draft = draftOf(more, '', {}, 'Asia/Shanghai') as Record<string, Draft>
    expect(Object.keys(draft)).toEqual(['title', 'at', 'budget', 'duties', 'colour'])
    expect(bodyOf(more, { title: 'T' }, { ...draft, colour: 'red' }, 'Asia/Shanghai')).toEqual({ title: 'T', colour: 'red' })
  })

  it('comes back as the value that it was made from, on both sides of a change of the clock', () => {
    for (const [timeZone, at] of [
      ['Asia/Shanghai', '2026-11-21T09:00:00.000Z'],
      ['Europe/Berlin', '2026-03-29T00:30:00.000Z'],
      ['Europe/Berlin', '2026-03-29T01:30:00.000Z'],
      ['America/New_York', '2026-11-01T12:00:00.000Z'],
    ] as const) {
      const value = { title: 'T', at, budget: 12_050, duties: ['a', 'b'] }
      expect(bodyOf(schema, {}, draftOf(schema, '', value, timeZone), timeZone)).toEqual(value)
    }
  })
})
