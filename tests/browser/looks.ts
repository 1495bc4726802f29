import type { Page } from 'playwright-core'
import { axeFaults } from './axe.ts'
import { nothingBeyond } from './scene.ts'

/**
 * What axe complains about on a page as it stands, at a desk in the light and on a phone in the dark, a line each; beyond the edge it must not go in
 * between either. For the states that only a spec brings about: every page as such is looked at by every-page.spec.
 */
export const lookFaults = async (page: Page, name: string): Promise<string[]> => {
  await page.setViewportSize({ width: 1440, height: 900 })
  const faults = await axeFaults(page, `${name} at a desk`)
  await page.emulateMedia({ colorScheme: 'dark' })
  for (const width of [768, 360]) {
    await page.setViewportSize({ width, height: 800 })
    await nothingBeyond(page, `${name} is wider than ${width} px`)
  }
  faults.push(...(await axeFaults(page, `${name} on a phone in the dark`)))
  await page.emulateMedia({ colorScheme: 'light' })
  await page.setViewportSize({ width: 1440, height: 900 })
  return faults
}
