import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

type Asked = {
  /** A selector of the part that is looked at. */
  readonly within?: string
  /** `aa`: what WCAG 2.1 AA demands, without what is merely usual. `contrast`: the rules that another theme can break. */
  readonly by?: 'everything' | 'aa' | 'contrast'
}

/**
 * What axe complains about on a page as it stands, a line each. It runs in the page itself, where nothing is framed, and describes
 * what is wrong only: a third of the time of a run that collects over frames in a page of its own.
 */
export const axeFaults = async (page: Page, name: string, { within, by = 'everything' }: Asked = {}): Promise<string[]> => {
  const axe = new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ['violations'] })
  if (by === 'aa') axe.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'])
  if (by === 'contrast') axe.withRules(['color-contrast', 'link-in-text-block'])
  const { violations } = await (within === undefined ? axe : axe.include(within)).analyze()
  return violations.map(({ id, nodes }) => `${name}: ${id} at ${nodes.map((node) => node.target.join(' ')).join(', ')}`)
}
