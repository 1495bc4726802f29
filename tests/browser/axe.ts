import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

/**
 * What axe complains about on a page as it stands, a line each; `within` is a selector. It runs in the page itself, where nothing is framed, and describes
 * what is wrong only: a third of the time of a run that collects over frames in a page of its own.
 */
export const axeFaults = async (page: Page, name: string, within?: string): Promise<string[]> => {
  const axe = new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ['violations'] })
  const { violations } = await (within === undefined ? axe : axe.include(within)).analyze()
  return violations.map(({ id, nodes }) => `${name}: ${id} at ${nodes.map((node) => node.target.join(' ')).join(', ')}`)
}
