import { readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { unzip } from '@collegium/shared/testing/unzip.ts'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { federation, ok } from '../journeys/scene.ts'
import { lookFaults } from './looks.ts'
import { enter, openReader, openStage, type Reader, type Stage } from './scene.ts'

const student = '  - { id: candidate, name: 褚十全, number: "1013", campus: north, college: north-law }'

/** What somebody sets for themselves, tokens for programs, and what goes in and out as files. */
describe('Settings, tokens, imports and exports in a browser', () => {
  let stage: Stage
  const readers: Reader[] = []
  const as = async (account: string, address: string, password = stage.collegium.password): Promise<Page> => {
    const reader = await openReader(stage, { locale: 'en', viewport: { width: 1440, height: 900 }, acceptDownloads: true })
    reader.page.setDefaultTimeout(20_000)
    readers.push(reader)
    await reader.page.goto(address)
    await enter(reader.page, account, password)
    await reader.page.locator('.navigation').waitFor()
    return reader.page
  }
  /** The federation's file with something replaced, as a file that a browser can choose. */
  const fileWith = (name: string, from: string, to: string): string => {
    expect(federation).toContain(from)
    const path = join(tmpdir(), `${process.pid}-${name}`)
    writeFileSync(path, federation.replace(from, to))
    return path
  }
  beforeAll(async () => {
    stage = await openStage()
  })
  afterAll(async () => stage?.stop())

  it('[PL-09] tells each fault of a file by its row and line before anything is written', async () => {
    const page = await as('operator', '/import')
    await page.getByLabel('YAML or JSON').setInputFiles(fileWith('faulty.yaml', student, student.replace('north,', 'nowhere,')))
    await page.getByRole('heading', { name: /faulty\.yaml: \d+ fault/ }).waitFor()
    const fault = page.getByRole('list', { name: 'Faults' }).getByRole('listitem').first()
    const told = (await fault.textContent()) ?? ''
    const line = federation.split('\n').indexOf(student) + 1
    expect(told).toContain(`Line ${line}`)
    expect(told).toContain('People')
    expect(told).toContain('nowhere')
    expect(await page.getByRole('button', { name: 'Write all of it' }).count()).toBe(0)
  })

  it('[PL-09] shows row by row what a sound file would make, writes it when that is confirmed, and may be left and found again', async () => {
    const page = await as('operator', '/import')
    const more = `${student}\n  - { id: newcomer, name: 新来者, number: "1999", campus: south }`
    await page.getByLabel('YAML or JSON').setInputFiles(fileWith('sound.yaml', student, more))
    await page.getByText('Nothing has been written yet').waitFor()
    await page.locator('summary', { hasText: 'People' }).click()
    await page.locator('.import-rows li', { hasText: '新来者' }).getByText('new', { exact: true }).waitFor()
    await page.locator('.import-rows li', { hasText: '褚十全' }).getByText('there already').waitFor()
    await page.getByRole('button', { name: 'Write all of it' }).click()
    await page.waitForURL('**/import/import-*')
    const address = page.url()
    await page.getByRole('link', { name: 'Settings' }).click()
    await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor()
    await page.goto(address)
    await page.getByRole('heading', { name: 'It is all there' }).waitFor({ timeout: 40_000 })
    const [, done, all] = /(\d+) of (\d+) rows/.exec((await page.locator('main').textContent()) ?? '') ?? []
    expect(done).toBe(all)
    await page.getByRole('link', { name: 'Another file' }).click()
    // Found again by who sent it, from any device; nothing of it is kept on this one.
    expect(await page.evaluate('JSON.stringify(localStorage)')).not.toContain('import-')
    const elsewhere = await as('operator', '/import')
    const before = elsewhere.getByRole('list', { name: 'Files you sent in' }).getByRole('listitem')
    await before.first().getByText(`${all} rows`).waitFor()
    await before.first().getByText('It is all there').waitFor()
    await before.first().getByRole('link').click()
    await elsewhere.getByRole('heading', { name: 'It is all there' }).waitFor()
  })

  it('[PL-14] [MB-02] fetches a list of people with its progress; what broke off goes on after the last row', async () => {
    const page = await as('operator', '/directory')
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'CSV' }).click()])
    const lines = readFileSync(await download.path(), 'utf8').split('\r\n')
    await page.getByRole('list', { name: 'Exported lists' }).getByText('saved').waitFor()
    await page.getByText(`${lines.length - 2} of ${lines.length - 2} rows`).waitFor()
    expect(lines.filter((line) => line.includes('新来者'))).toHaveLength(1)

    // The line of the second list breaks in the middle of its fourth row.
    const first = lines.slice(0, 5).join('\r\n').slice(0, -3)
    let asked = 0
    await page.route('**/people/exports/*/file*', async (route) => {
      if (asked++ > 0) return route.continue()
      await route.fulfill({
        status: 200,
        headers: { 'content-type': 'text/csv', 'collegium-rows': String(lines.length - 2) },
        body: first,
      })
    })
    await page.getByRole('button', { name: 'CSV' }).click()
    const broken = page.getByRole('list', { name: 'Exported lists' }).getByRole('listitem').first()
    await broken.getByText('interrupted').first().waitFor()
    await page.getByRole('link', { name: 'Settings' }).click()
    await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor()
    await page.getByRole('link', { name: 'Directory' }).click()
    const [whole] = await Promise.all([page.waitForEvent('download'), broken.getByRole('button', { name: 'Resume the download' }).click()])
    expect(readFileSync(await whole.path(), 'utf8').split('\r\n')).toEqual(lines)
    await broken.getByText('saved').waitFor()
  })

  it.each([
    ['CSV', '\r\n'],
    ['Excel', '\n'],
  ])(
    '[PL-14] a list that is left while it arrives as %s goes on after a reload; elsewhere it is found with how far it is, and it is fetched once',
    async (format, end) => {
      const page = await as('operator', '/directory')
      const lists = (of: Page) => of.getByRole('list', { name: 'Exported lists' }).getByRole('listitem')
      await lists(page).first().waitFor()
      const ordered = await lists(page).count()
      // Four rows arrive, and the line stays open.
      const { promise: left, resolve: leave } = Promise.withResolvers<void>()
      const whole: string[] = []
      await page.route('**/people/exports/*/file*', async (route) => {
        if (whole.length > 0) return route.continue()
        const answer = await route.fetch()
        whole.push(...(await answer.text()).split(end))
        const headers = { 'content-type': 'text/plain', 'collegium-rows': answer.headers()['collegium-rows'] ?? '' }
        await route.fulfill({ status: 200, headers, body: whole.slice(0, 5).join(end).slice(0, -3) })
        leave()
      })
      await page.getByRole('button', { name: format }).click()
      await left
      await lists(page).first().getByText('interrupted').first().waitFor()

      const elsewhere = await as('operator', '/directory')
      await expect.poll(() => lists(elsewhere).count()).toBe(ordered + 1)
      await lists(elsewhere).first().getByText('not downloaded yet').waitFor()
      await lists(elsewhere)
        .first()
        .getByText(`${whole.length - 2} of ${whole.length - 2} rows`)
        .waitFor()

      const [download] = await Promise.all([page.waitForEvent('download'), page.reload()])
      const file = readFileSync(await download.path())
      if (format === 'CSV') expect(file.toString('utf8').split(end)).toEqual(whole)
      else {
        const rows =
          unzip(file)
            .get('xl/worksheets/sheet1.xml')
            ?.match(/<row>.*?<\/row>/g) ?? []
        expect(rows.map((row) => [...row.matchAll(/<c\/>|preserve">([^<]*)/g)].map((match) => match[1] ?? null))).toEqual(
          whole.slice(0, -1).map((line) => JSON.parse(line)),
        )
      }
      await lists(page).first().getByText('saved').waitFor()
      await lists(elsewhere).first().getByText('saved').waitFor()
      await expect.poll(() => lists(elsewhere).first().getByRole('button').count()).toBe(0)
      const { items } = ok(await (await stage.collegium.signIn('operator')).get('/people/exports'))
      expect((await (await stage.collegium.signIn('operator')).get(`/people/exports/${items[0].id}/file`)).body).toMatchObject({ code: 'export-taken' })
      expect(await page.evaluate('JSON.stringify(localStorage)')).not.toContain(items[0].id)
    },
  )

  it('[PL-08] makes a token that is shown once, uses it, and revokes it', async () => {
    const page = await as('operator', '/tokens')
    await page.getByText('No token yet').waitFor()
    await page.locator('.empty').getByRole('button', { name: 'Make a token' }).click()
    const form = page.getByRole('dialog')
    await form.getByLabel('What it is for').fill('Timetable screens')
    await form.getByLabel('activities:read', { exact: true }).check()
    await form.getByText('1 permission chosen').waitFor()
    await form.getByRole('button', { name: 'Make a token' }).click()
    const secret = (await page.locator('.token-secret').textContent()) ?? ''
    expect(secret).toMatch(/^clg_/)
    await page.getByRole('button', { name: 'I have kept it' }).click()
    const row = page.getByRole('list', { name: 'Your tokens' }).getByRole('listitem')
    await row.getByText('Timetable screens').waitFor()
    expect(await page.locator('body').textContent()).not.toContain(secret)
    const read = () => fetch(`${stage.collegium.address}/api/v1/activities`, { headers: { authorization: `Bearer ${secret}` } })
    expect((await read()).status).toBe(200)
    await row.getByRole('button', { name: 'Revoke' }).click()
    await row.getByRole('button', { name: 'Revoke it now' }).click()
    await row.getByText(/^revoked/).waitFor()
    expect((await read()).status).toBe(401)
  })

  it('[PL-08] lists where one is signed in, ends a session elsewhere, and changes the password', async () => {
    const [here, there] = [await as('candidate-3', '/settings'), await as('candidate-3', '/settings')]
    const sessions = here.getByRole('list', { name: 'Where you are signed in' })
    await here.reload()
    await expect.poll(() => sessions.getByRole('listitem').count()).toBe(2)
    await sessions.getByRole('button', { name: 'End it' }).click()
    await here.getByText('You are signed in nowhere else.').waitFor()
    await there.getByRole('link', { name: 'Collegium' }).click()
    await there.getByRole('dialog', { name: 'Sign in again' }).waitFor()

    const next = 'tea and three readings'
    await here.getByLabel('Password now').fill(stage.collegium.password)
    await here.getByLabel('New password', { exact: true }).fill(next)
    await here.getByLabel('New password, once more').fill('tea and two readings')
    await here.getByRole('button', { name: 'Change the password' }).click()
    await here.getByText('are not the same').waitFor()
    await here.getByLabel('New password, once more').fill(next)
    await here.getByRole('button', { name: 'Change the password' }).click()
    await here.getByText('The password has been changed.').waitFor()
    expect(await here.evaluate('JSON.stringify(localStorage)')).not.toContain(next)
    await as('candidate-3', '/settings', next)
  })

  for (const locale of ['zh-CN', 'en'])
    it(`[PL-10] [PL-17] shows a token being made and an import before it so that axe complains about nothing, within the edge, in ${locale}`, async () => {
      const reader = await openReader(stage, { locale, viewport: { width: 1440, height: 900 } })
      readers.push(reader)
      const { page } = reader
      await page.goto('/tokens')
      await enter(page, 'operator', stage.collegium.password)
      const faults: string[] = []
      const check = async (name: string): Promise<void> => void faults.push(...(await lookFaults(page, name)))
      await page.locator('.section-head button').click()
      await page.getByRole('dialog').getByRole('checkbox').first().waitFor()
      await check('tokens-make')
      await page.goto('/import')
      await page.locator('input[type=file]').setInputFiles(fileWith('faulty.yaml', student, student.replace('north,', 'nowhere,')))
      await page.locator('.import-faults li').first().waitFor()
      await check('import-faults')
      await page.locator('input[type=file]').setInputFiles(fileWith('sound.yaml', 'name: 张南二', 'name: 张南二'))
      await page.locator('.import-section').first().waitFor()
      while ((await page.locator('.import-section:not([open])').count()) > 0) await page.locator('.import-section:not([open]) > summary').first().click()
      await check('import-preview')
      expect(faults).toEqual([])
      await reader.context.close()
    }, 240_000)

  it('[PL-10] complained about nothing to anybody', () => {
    expect(readers.flatMap(({ complaints }) => complaints)).toEqual([])
  })
})
