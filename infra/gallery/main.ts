import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { chromium } from 'playwright-core'
import { axeFaults } from '../../tests/browser/axe.ts'
import { buildConsole } from '../console.ts'
import { findChromium } from '../engines/chromium.ts'
import { readExamples } from './examples.ts'
import { eyesOf, type Look, settle } from './eyes.ts'
import { startSystem } from './system.ts'
import { type Told, takeTour } from './tour.ts'

/**
 * `npm run gallery [-- --only activities --only home--near] [-- --quick]`: a picture of every route of the console × width × language × theme under
 * var/gallery, or of some features or pages, with the sample behind it. `--quick` takes the widest and the narrowest, Chinese in the dark and
 * English in the light; `--tour` takes the pictures of docs/tour instead. Looks at each page with axe, too. Ends with 1 where something could not be
 * shown, goes beyond the edge, or is what axe complains about.
 */
const root = resolve(import.meta.dirname, '../..')
const folder = join(root, 'var/gallery')
const say = (line: string): boolean => process.stdout.write(`${line}\n`)
const only = process.argv.flatMap((word, at) => (word === '--only' ? [process.argv[at + 1] ?? ''] : []))
/** On a machine that does much else, a picture takes its time. */
const patienceMs = 120_000
const isQuick = process.argv.includes('--quick')
const widths = isQuick ? [1440, 360] : [1440, 768, 360]
const looks = (['zh-CN', 'en'] as const)
  .flatMap((locale) => (['light', 'dark'] as const).map((theme): Look => ({ locale, theme })))
  .filter(({ locale, theme }) => !isQuick || (locale === 'zh-CN') === (theme === 'dark'))

const examples = (await readExamples()).filter(({ feature, name }) => only.length === 0 || only.includes(feature) || only.includes(name))
mkdirSync(folder, { recursive: true })
// A system starts without pages where they cannot be built; there would be nothing to take pictures of.
await buildConsole(root, say)
const system = await startSystem(join(root, 'var/gallery-data'), say)
const browser = await chromium.launch({ executablePath: findChromium().address, args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'] })
let told: Told
try {
  told = process.argv.includes('--tour') ? await takeTour(browser, system, join(root, 'docs'), only, say) : await takeAll()
} finally {
  await browser.close()
  await system.stop()
}
for (const line of told.odd) say(`odd: ${line}`)
say(
  `${told.taken} pictures in ${told.where}; ${told.odd.length === 0 ? 'everything could be shown' : `${told.odd.length} times something was odd or could not be shown`}`,
)
process.exit(told.odd.length === 0 && told.taken > 0 ? 0 : 1)

async function takeAll(): Promise<Told> {
  const eyes = eyesOf(browser, system)
  const odd: string[] = []
  let taken = 0
  for (const { name, route, as, to } of examples) {
    const address = await Promise.resolve(typeof to === 'string' ? to : to(await eyes.readerOf(as))).catch((error: Error) => error)
    if (address instanceof Error) {
      odd.push(`${name}: no example was found: ${address.message}`)
      continue
    }
    rmSync(join(folder, name), { recursive: true, force: true })
    mkdirSync(join(folder, name), { recursive: true })
    for (const look of looks) {
      const context = await eyes.open(as, look)
      const page = await context.newPage()
      page.setDefaultTimeout(patienceMs)
      page.on('pageerror', (error) => odd.push(`${name}: ${error.message}`))
      try {
        await page.goto(address)
        for (const width of widths) {
          const what = `${width}-${look.locale}-${look.theme}`
          await page.setViewportSize({ width, height: 900 })
          if (!(await settle(page))) odd.push(`${name} ${what}: was still loading`)
          const beyond = Number(await page.evaluate('document.documentElement.scrollWidth - innerWidth'))
          if (beyond > 0) odd.push(`${name} ${what}: ${beyond} px beyond the edge`)
          if ((await page.locator('.failure:visible').count()) > 0) odd.push(`${name} ${what}: shows a failure`)
          // Between a desk and a phone there is nothing of its own for axe.
          if (width !== 768) odd.push(...(await axeFaults(page, `${name} ${what}`)))
          await page.screenshot({ path: join(folder, name, `${what}.png`), fullPage: true })
          taken++
        }
      } catch (error) {
        // One page that could not be taken is told of; the others are still to come.
        odd.push(`${name} ${look.locale}-${look.theme}: ${(error as Error).message.split('\n')[0]}`)
      }
      await context.close()
    }
    say(`${name.padEnd(32)} ${route}`)
  }
  writeFileSync(join(folder, 'odd.txt'), `${odd.join('\n')}\n`)
  return { taken, odd, where: 'var/gallery' }
}
