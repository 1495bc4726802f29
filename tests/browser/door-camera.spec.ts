import { writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findChromium } from '../../infra/engines/chromium.ts'
import { openedActivity } from '../journeys/opened.ts'
import { factsOf, inHours, ok, sceneOf } from '../journeys/scene.ts'
import type { Client } from '../kit/client.ts'
import { enter, openReader, openStage, type Stage } from './scene.ts'

const [width, height, module] = [640, 480, 10]

/** A film of one still picture in YUV4MPEG2: the dark modules of a QR code in the middle of something light. */
const filmOf = (modules: readonly (readonly [x: number, y: number])[], size: number): Buffer => {
  const luma = Buffer.alloc(width * height, 235)
  const [left, top] = [Math.floor((width - size * module) / 2), Math.floor((height - size * module) / 2)]
  for (const [x, y] of modules)
    for (let row = 0; row < module; row++) {
      const from = (top + y * module + row) * width + left + x * module
      luma.fill(16, from, from + module)
    }
  const frame = Buffer.concat([Buffer.from('FRAME\n'), luma, Buffer.alloc((width * height) / 2, 128)])
  return Buffer.concat([Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420jpeg\n`), ...Array.from({ length: 10 }, () => frame)])
}

/** From the picture on a student's phone through the camera of the door to the fact that they are here. */
describe('The camera of the door', () => {
  let stage: Stage
  let as: (account: string) => Promise<Client>
  let activity: string
  let withCamera: Browser | undefined
  beforeAll(async () => {
    stage = await openStage()
    const scene = sceneOf({ ...stage.collegium, form: 'embedded', restart: async () => {} })
    as = scene.as
    activity = await openedActivity(scene, { title: { en: 'Tea at the door', zh: '门前茶' }, startsAt: inHours(0.3) })
    ok(await (await as('student-1')).post('/registrations', { activity }))
  })
  afterAll(async () => {
    await withCamera?.close()
    await stage?.stop()
  })

  it('[AC-02] reads the code from a student’s own page, and the student is here, once', async () => {
    const student = await openReader(stage, { locale: 'en', viewport: { width: 360, height: 740 } })
    await student.page.goto('/')
    await enter(student.page, 'student-1', stage.collegium.password)
    await student.page.getByRole('button', { name: 'At the door' }).first().click()
    const picture = student.page.locator('svg.qr')
    const size = Number((await picture.getAttribute('viewBox'))?.split(' ')[2])
    const modules = [...((await picture.locator('path').getAttribute('d')) ?? '').matchAll(/M(\d+) (\d+)h/g)].map(([, x, y]) => [Number(x), Number(y)] as const)
    expect(modules.length).toBeGreaterThan(100)
    const film = join(tmpdir(), `door-${process.pid}.y4m`)
    writeFileSync(film, filmOf(modules, size))

    withCamera = await chromium.launch({
      executablePath: findChromium().address,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-dev-shm-usage',
        '--use-fake-ui-for-media-stream',
        '--use-fake-device-for-media-stream',
        `--use-file-for-fake-video-capture=${film}`,
      ],
    })
    const { page, complaints } = await openReader({ ...stage, browser: withCamera }, { locale: 'en', viewport: { width: 360, height: 740 } })
    page.setDefaultTimeout(30_000)
    await page.goto('/sign-in')
    await enter(page, 'officer', stage.collegium.password)
    await page.waitForURL((url) => url.pathname !== '/sign-in')
    await page.goto(`/door.html?activity=${activity}`)
    await page.locator('.door-net[data-net=online]').waitFor()
    await page
      .getByRole('tab', { name: 'Scan' })
      .or(page.getByRole('button', { name: 'Scan', exact: true }))
      .first()
      .click()
    await page.getByRole('button', { name: 'Start the camera' }).click()
    await page.locator('.verdict[data-kind=counted]').waitFor()
    await page.locator('video.door-video').waitFor()
    const officer = await as('officer')
    await expect.poll(async () => ok(await officer.get(`/activities/${activity}/overview`)).attended).toBe(1)
    // The picture stays before the camera: it is one scan.
    await new Promise((resolve) => setTimeout(resolve, 4_000))
    expect(await page.locator('.verdict').getAttribute('data-kind')).toBe('counted')
    const facts = await factsOf(officer, `/attendances/${activity}.student-1`)
    expect(facts.map(({ data }) => data.grade)).toEqual(['staff-scan'])
    expect(complaints).toEqual([])
    await page.getByRole('button', { name: 'Stop the camera' }).click()
    await page.locator('video.door-video').waitFor({ state: 'hidden' })
  })
})
