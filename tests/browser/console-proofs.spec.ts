import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { settle } from '../../infra/gallery/eyes.ts'
import { runLine } from '../../services/verifier/src/line.ts'
import { eventually, ok } from '../journeys/scene.ts'
import { lookFaults } from './looks.ts'
import { enter, openReader, openStage, type Reader, type Stage } from './scene.ts'

/** An auditor takes a proof away and checks it: on the page, which asks nobody, and with the verifier, which needs no page. */
describe('[PL-06] Proofs in the console', () => {
  let stage: Stage
  let reader: Reader
  let folder: string
  let activity: string
  let proofFile: string
  let receiptFile: string

  beforeAll(async () => {
    stage = await openStage()
    folder = mkdtempSync(join(tmpdir(), 'proofs-'))
    activity = await stage.propose(1)
    const officer = await stage.collegium.signIn('officer')
    const { receipt } = ok(await officer.post(`/activities/${activity}/announcement`))
    receiptFile = join(folder, 'receipt.txt')
    writeFileSync(receiptFile, receipt)
    await eventually(
      () => officer.post('/receipts/check', { receipt }),
      (answer) => expect(ok(answer).state).toBe('merged'),
    )
    reader = await openReader(stage, { locale: 'en', viewport: { width: 1440, height: 900 } })
    reader.page.setDefaultTimeout(15_000)
    await reader.page.goto('/proofs')
    await enter(reader.page, 'auditor', stage.collegium.password)
    await reader.page.getByRole('heading', { level: 1, name: 'Check a proof or a receipt' }).waitFor()
  })
  afterAll(async () => {
    await stage?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  const open = async (page: Page): Promise<void> => {
    await page.goto('/proofs')
    await page.getByLabel('Policy').waitFor()
  }

  it('show at a record that it stands in the log, checked in the browser, and can be taken away', async () => {
    const { page } = reader
    await page.goto(`/trail/activities/activity-${activity}/1`)
    await page.getByRole('button', { name: 'See the proof' }).click()
    await page.getByText('Checked in this browser: this very record stands in the log').waitFor()
    await expect.poll(() => page.getByText(/hash(es)? from the entry up to the root/).count()).toBe(1)
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download the proof' }).click()])
    expect(download.suggestedFilename()).toBe(`activity-${activity}-1.tlog-proof`)
    proofFile = join(folder, 'one.tlog-proof')
    await download.saveAs(proofFile)
  })

  it('hold for the verifier too, which has never seen the page', async () => {
    const policy = join(folder, 'policy')
    writeFileSync(policy, await (await fetch(`${stage.collegium.address}/audit/policy`)).text())
    let out = ''
    const around = { env: {}, out: { write: (text: string) => (out += text) }, errors: { write: (text: string) => (out += text) }, now: Date.now }
    expect(await runLine(['check', proofFile, '--policy', policy], around), out).toBe(0)
    expect(out).toContain(`activities/activity-${activity} version 1`)
  })

  it('are checked by dropping the file, without asking anybody', async () => {
    const { page } = reader
    await open(page)
    // What the page itself asks for when it opens has come.
    expect(await settle(page)).toBe(true)
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    const text = readFileSync(proofFile, 'utf8')
    const transfer = await page.evaluateHandle((content) => {
      const data = new (globalThis as any).DataTransfer()
      data.items.add(new File([content], 'one.tlog-proof'))
      return data
    }, text)
    await page.locator('.drop').dispatchEvent('drop', { dataTransfer: transfer })
    await page.getByRole('heading', { name: 'The proof holds' }).waitFor()
    await expect.poll(() => page.locator('[data-verdict]').textContent()).toContain(`activities/activity-${activity}, version 1`)
    // By keys alone: choose the field, paste, check.
    await page.getByLabel('Or paste its text').fill(text.replace(/^index \d+/m, 'index 0'))
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Do not rely on it' }).waitFor()
    await expect.poll(() => page.locator('[data-verdict=fault]').textContent()).toContain('does not stand where it says')
    await page.getByLabel('Or paste its text').fill('hello')
    await page.getByRole('button', { name: 'Check', exact: true }).click()
    await page.getByText('This is neither a proof nor a receipt.').waitFor()
    expect(asked).toEqual([])
  })

  it('are worth what the keys are worth: with another policy none holds', async () => {
    const { page } = reader
    await open(page)
    await page.locator('input[type=file]').setInputFiles(proofFile)
    await page.getByRole('heading', { name: 'The proof holds' }).waitFor()
    const keys = page.getByLabel('Policy')
    const published = await keys.inputValue()
    await keys.fill(published.replace(/^log .*\/events.*\n/m, ''))
    await page.getByText('It is signed by another key than those below.').waitFor()
    await page.getByRole('button', { name: 'Take the published ones again' }).click()
    await page.getByRole('heading', { name: 'The proof holds' }).waitFor()
  })

  it('tell a genuine receipt from an altered one, and ask the log only when told to', async () => {
    const { page } = reader
    await open(page)
    await page.locator('input[type=file]').setInputFiles(receiptFile)
    await page.getByRole('heading', { name: 'The receipt is genuine' }).waitFor()
    await page.getByRole('button', { name: 'Ask the log whether it is there' }).click()
    await page.getByText(/It stands in the log, as entry \d+ of \d+/).waitFor()
    const altered = readFileSync(receiptFile, 'utf8').replace(/\n(\d{10})\n/, (_, time: string) => `\n${Number(time) - 60}\n`)
    await page.getByLabel('Or paste its text').fill(altered)
    await page.getByRole('button', { name: 'Check', exact: true }).click()
    await page.getByText('A signature is false').waitFor()
  })

  for (const locale of ['zh-CN', 'en'])
    it(`are for everybody: nothing that axe complains about, nothing beyond the edge of a phone, in ${locale}`, async () => {
      const { page, context, complaints } = await openReader(stage, { locale, viewport: { width: 1440, height: 900 } })
      page.setDefaultTimeout(15_000)
      await page.goto('/proofs')
      await enter(page, 'auditor', stage.collegium.password)
      const shows = async (name: string): Promise<void> => expect(await lookFaults(page, name)).toEqual([])
      await page.locator('.pasted').last().waitFor()
      await page.locator('input[type=file]').setInputFiles(proofFile)
      await page.locator('[data-verdict=proof]').waitFor()
      await shows('proofs-good')
      await page.locator('input[type=file]').setInputFiles(receiptFile)
      await page.locator('[data-verdict=receipt]').waitFor()
      await shows('proofs-receipt')
      await page.goto(`/trail/activities/activity-${activity}/1`)
      await page.locator('.proof-lead + .button').click()
      await page.locator('.verdict.good').waitFor()
      await shows('record-proof')
      expect(complaints).toEqual([])
      await context.close()
    })
})
