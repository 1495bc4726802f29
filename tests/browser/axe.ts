import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

type Asked = {
  /** `aa`: what WCAG 2.1 AA demands, without what is merely usual. */
  readonly by?: keyof typeof rules
}
type Found = { readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly target: readonly unknown[] }[] }[] }

const rules: Readonly<Record<'everything' | 'aa', { runOnly?: string[] }>> = {
  everything: {},
  aa: { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] },
}

/**
 * What axe complains about on a page as it stands, a line each. It runs in the page itself, where nothing is framed, and describes
 * what is wrong only: a third of the time of a run that collects over frames in a page of its own.
 */
export const axeFaults = async (page: Page, name: string, { by = 'everything' }: Asked = {}): Promise<string[]> => {
  const options = { resultTypes: ['violations' as const], ...rules[by] }
  const run = `axe.run(document, ${JSON.stringify(options)})`
  // It is half a megabyte, which a page that was looked at before has read already.
  const { violations } = await ((await page.evaluate("typeof axe === 'object'"))
    ? page.evaluate<Found>(run)
    : new AxeBuilder({ page }).setLegacyMode(true).options(options).analyze())
  return violations.map(({ id, nodes }) => `${name}: ${id} at ${nodes.map((node) => node.target.join(' ')).join(', ')}`)
}
