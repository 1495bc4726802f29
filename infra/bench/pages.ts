import { join, resolve } from 'node:path'
import { chromium } from 'playwright-core'
import type { ReadApi } from '../../services/console/src/frame/examples.ts'
import { findChromium } from '../engines/chromium.ts'
import { eyesOf } from '../gallery/eyes.ts'
import { startSystem } from '../gallery/system.ts'
import { budgets } from './budgets.ts'
import { type Figure, figure, median } from './figure.ts'
import { firstLoad } from './first-load.ts'

const root = resolve(import.meta.dirname, '../..')

type Shown = { readonly name: keyof typeof budgets; readonly as: string; readonly to: (read: ReadApi) => Promise<string> }

/** Whose first load is measured, in the sample. */
const shown: readonly Shown[] = [
  { name: 'student', as: 'student1', to: async () => '/' },
  { name: 'desk', as: 'secretary', to: async () => '/desk' },
  {
    name: 'door',
    as: 'hrm-head',
    to: async (read) => `/door.html?activity=${(await read('/activities?unit=pps-ppa-hrm&status=registering&limit=1')).items[0]?.id ?? 'none'}`,
  },
]

/** First loads on a throttled phone, with the sample behind them; `value` against the aim: a ratio of 1 and less keeps it. */
export const benchPages = async (rounds: number): Promise<Figure[]> => {
  const system = await startSystem(join(root, 'var/gallery-data'), () => {})
  const browser = await chromium.launch({ executablePath: findChromium().address, args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'] })
  const figures: Figure[] = []
  try {
    const eyes = eyesOf(browser, system)
    for (const { name, as, to } of shown) {
      const { kb, seconds, usable } = budgets[name]
      const address = await to(await eyes.readerOf(as))
      const taken: { readonly ms: number; readonly bytes: number }[] = []
      for (let round = 0; round < rounds; round++) {
        const context = await eyes.open(as, { locale: 'zh-CN', theme: 'light' }, { viewport: { width: 360, height: 740 }, serviceWorkers: 'block' })
        taken.push(await firstLoad(context, address, usable))
        await context.close()
      }
      figures.push(figure(`page-${name}-usable`, median(taken.map(({ ms }) => ms)) / 1_000, 's', `at most ${seconds} s, 4× slower, 1.6 Mb/s`, seconds))
      figures.push(figure(`page-${name}-weight`, median(taken.map(({ bytes }) => bytes)) / 1_024, 'KB', `at most ${kb} KB, compressed`, kb))
    }
  } finally {
    await browser.close()
    await system.stop()
  }
  return figures
}
