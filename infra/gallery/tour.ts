import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { eyesOf, type Look, settle } from './eyes.ts'
import { type Visitor, visitors } from './stops.ts'
import type { System } from './system.ts'

/** Pictures turn through both languages and both themes: every third is dark, every second Chinese. */
const lookOf = (place: number): Look => ({ locale: place % 2 === 0 ? 'en' : 'zh-CN', theme: place % 3 === 2 ? 'dark' : 'light' })
export const pictureOf = ({ name }: Visitor, place: number): string => `${name}-${place + 1}.webp`

/** The page of the tour, for a folder where the pictures are in `tour/`. */
export const tourPage = (): string => {
  const part = (visitor: Visitor): string => {
    const stops = visitor.stops.map(({ en, zh }, place) => `### ${en} · ${zh}\n\n![${en}](tour/${pictureOf(visitor, place)})\n`)
    return `## ${visitor.en} · ${visitor.zh}\n\n${stops.join('\n')}`
  }
  const list = visitors.map(({ en, zh }) => `[${en} · ${zh}](#${`${en} · ${zh}`.toLowerCase().replaceAll('·', '').replaceAll(' ', '-')})`)
  return `# A tour · 导览

Ten pictures for each kind of user, of the sample that \`npm start\` lives; \`npm run gallery -- --tour\` takes them anew.
每类用户十张图，取自 \`npm start\` 的示例数据；用 \`npm run gallery -- --tour\` 重新生成。

${list.join(' | ')}

${visitors.map(part).join('\n')}`
}

/** What came of taking pictures: how many, into which folder, and what was odd or could not be shown. */
export type Told = { readonly taken: number; readonly odd: readonly string[]; readonly where: string }

/** Takes the pictures of the tour into `folder`/tour, all or those of `only` (`student`, `student-3`), and writes its page. */
export const takeTour = async (browser: Browser, system: System, folder: string, only: readonly string[], say: (line: string) => unknown): Promise<Told> => {
  const eyes = eyesOf(browser, system)
  const odd: string[] = []
  let taken = 0
  if (only.length === 0) rmSync(join(folder, 'tour'), { recursive: true, force: true })
  mkdirSync(join(folder, 'tour'), { recursive: true })
  for (const visitor of visitors) {
    for (const [place, { to, as = visitor.as, press, isPhone }] of visitor.stops.entries()) {
      const name = pictureOf(visitor, place)
      if (only.length > 0 && !only.includes(visitor.name) && !only.includes(name.replace('.webp', ''))) continue
      const viewport = isPhone ? { width: 390, height: 760 } : { width: 1180, height: 760 }
      const context = await eyes.open(as, lookOf(place), { viewport })
      const page = await context.newPage()
      try {
        await page.goto(typeof to === 'string' ? to : await to(await eyes.readerOf(as)))
        if (!(await settle(page))) odd.push(`${name}: was still loading`)
        await press?.(page)
        if ((await page.locator('.failure:visible').count()) > 0) odd.push(`${name}: shows a failure`)
      } catch (error) {
        odd.push(`${name}: ${(error as Error).message.split('\n')[0]}`)
      }
      writeFileSync(join(folder, 'tour', name), await picture(page))
      taken++
      await context.close()
    }
    say(visitor.name)
  }
  writeFileSync(join(folder, 'tour.md'), tourPage())
  return { taken, odd, where: 'docs/tour' }
}

/** What is in sight, as WebP, which Playwright itself does not write. */
const picture = async (page: Page): Promise<Buffer> => {
  const session = await page.context().newCDPSession(page)
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: 60 })
  return Buffer.from(data, 'base64')
}
