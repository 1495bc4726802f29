import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { accountsOf } from '../sample/accounts.ts'
import { readSemester, sampleFile } from '../sample/file.ts'
import { readExamples } from './examples.ts'

const pages = join(import.meta.dirname, '../../services/console/src/pages')
const sources = globSync('*/routes.tsx', { cwd: pages }).map((name) => readFileSync(join(pages, name), 'utf8'))

describe('The gallery', async () => {
  const examples = await readExamples()
  const paths = sources.flatMap((text) => [...text.matchAll(/\bpath: '([^']+)'/g)].map((match) => match[1] as string))

  it('shows every route that a feature has', () => {
    // Were a path written otherwise, it would be missed here.
    expect(paths).toHaveLength(sources.reduce((sum, text) => sum + text.split('createRoute({').length - 1, 0))
    const shown = new Set(examples.map(({ route }) => route.split('?')[0]))
    expect(paths.filter((path) => !shown.has(path))).toEqual([])
  })

  it('gives each picture a name of its own and looks with the eyes of somebody in the sample', () => {
    const names = examples.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    const known = new Set(['operator', ...accountsOf(sampleFile(readSemester(), '2026-11-21')).map(({ account }) => account)])
    expect(examples.map(({ as }) => as).filter((as) => as !== null && !known.has(as))).toEqual([])
  })
})
