import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'

const root = dirname(dirname(import.meta.dirname))
const text = (file: string): string => readFileSync(join(root, file), 'utf8')

/** The page's tables: name → what stands under "default". */
const documented = new Map(
  [...text('docs/configuration.md').matchAll(/^\| `([A-Z_<>]+)` \| (.*?) \|/gm)].map(([, name, cell]) => [name as string, cell as string]),
)

/** What the processes read, and what starts them; specs and what they alone use make up names of their own. */
const sources = [
  ...globSync('{shared,services,infra,tests}/**/*.ts', { cwd: root, exclude: ['**/node_modules/**', '**/dist/**', '**/*.spec.ts', 'infra/fixture/**'] }),
  'docker-compose.yml',
  '.ci/run',
].filter((file) => !file.includes('node_modules'))

/** `COLLEGIUM_AUDIT_HTTP` is one of many; `X_FILE` is another way to give X. */
const generic = (name: string): string => name.replace(/^COLLEGIUM_[A-Z]+_(HTTP|GRPC)$/, 'COLLEGIUM_<SERVICE>_$1').replace(/_FILE$/, '')
const notOurs = ['PATH']
const written = /\b(?:COLLEGIUM|OTEL)_[A-Z_]*[A-Z]\b|(?<=\b(?:process\.env|environment)\.)[A-Z][A-Z_]+\b|\bREQUIRE_ENGINES\b/g
const used = new Set(sources.flatMap((file) => [...text(file).matchAll(written)].map(([name]) => generic(name))).filter((name) => !notOurs.includes(name)))

it('every variable that the code knows stands on the page', () => {
  expect(used.size).toBeGreaterThan(40)
  expect([...used].filter((name) => !documented.has(name)).sort()).toEqual([])
})

it('every variable on the page is known to the code', () => {
  expect([...documented.keys()].filter((name) => !used.has(name)).sort()).toEqual([])
})

it('every default that a schema declares stands on the page', () => {
  const declared = sources.flatMap((file) =>
    [...text(file).matchAll(/(COLLEGIUM_[A-Z_]+): Type\.\w+\((\{[^}]*\})/g)].flatMap(([, name, options]) => {
      const value = /default: ('([^']*)'|[\d_]+)/.exec(options as string)
      return value ? [{ file, name: name as string, value: value[2] ?? (value[1] as string).replaceAll('_', '') }] : []
    }),
  )
  expect(declared.length).toBeGreaterThan(15)
  for (const { file, name, value } of declared) expect(documented.get(name), `${name} of ${file}`).toContain(value)
})

it('the example settings name only what is on the page', () => {
  const names = [...text('.env.example').matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name as string)
  expect(names.length).toBeGreaterThan(3)
  for (const name of names) expect(documented.has(name), name).toBe(true)
})
