import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

type Asked = {
  /** A selector of the part that is looked at. */
  readonly within?: string
  /** `aa`: what WCAG 2.1 AA demands, without what is merely usual. */
  readonly by?: 'everything' | 'aa'
}
type Found = { readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly target: readonly unknown[] }[] }[] }

const rules = {
  everything: {},
  aa: { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] },
} as const

/**
 * What axe complains about on a page as it stands, a line each. It runs in the page itself, where nothing is framed, and describes
 * what is wrong only: a third of the time of a run that collects over frames in a page of its own.
 */
export const axeFaults = async (page: Page, name: string, { within, by = 'everything' }: Asked = {}): Promise<string[]> => {
  const options = { resultTypes: ['violations'], ...rules[by] }
  const run = `axe.run(${JSON.stringify(within) ?? 'document'}, ${JSON.stringify(options)})`
  // It is half a megabyte, which a page that was looked at before has read already.
  const { violations } = await ((await page.evaluate("typeof axe === 'object'")) ? page.evaluate<Found>(run) : first(page, within, options))
  return violations.map(({ id, nodes }) => `${name}: ${id} at ${nodes.map((node) => node.target.join(' ')).join(', ')}`)
}

const first = (page: Page, within: string | undefined, options: object): Promise<Found> => {
  const axe = new AxeBuilder({ page }).setLegacyMode(true).options(options)
  return (within === undefined ? axe : axe.include(within)).analyze()
}
