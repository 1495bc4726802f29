import { globSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Example, Examples } from '../../services/console/src/frame/examples.ts'

const pages = join(import.meta.dirname, '../../services/console/src/pages')

export type Shown = Example & { readonly feature: string; readonly route: string; readonly name: string }

/** A picture's name: `/activities/$activity` of the feature activities is `activities--activity`. */
const nameOf = (feature: string, route: string): string => [feature, ...route.split(/[^\w-]+/).filter((part) => part !== '' && part !== feature)].join('--')

/** Every example that the console's features declare beside their routes. */
export const readExamples = async (): Promise<Shown[]> => {
  const files = globSync('*/examples.ts', { cwd: pages }).sort()
  const all = await Promise.all(
    files.map(async (file) => {
      const feature = basename(dirname(join(pages, file)))
      const { examples } = (await import(pathToFileURL(join(pages, file)).href)) as { examples: Examples }
      return Object.entries(examples).map(([route, example]) => ({ ...example, feature, route, name: nameOf(feature, route) }))
    }),
  )
  return all.flat()
}
