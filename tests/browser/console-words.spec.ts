import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { everyEvent } from '../../services/audit/src/trail.ts'

const source = fileURLToPath(new URL('../../services/console/src/', import.meta.url))
type Words = { readonly [key: string]: string | Words }
const read = (name: string): Words => JSON.parse(readFileSync(`${source}i18n/${name}.json`, 'utf8'))
const [en, zh] = [read('en'), read('zh')]

/** Every key with its whole path; a plural's forms count as one key. */
const keysOf = (words: Words, path = ''): string[] =>
  Object.entries(words).flatMap(([key, value]) =>
    typeof value === 'string' ? [`${path}${key.replace(/_(one|other)$/, '')}`] : keysOf(value, `${path}${key}.`),
  )

describe('[PL-10] The words of the console', () => {
  it('are the same in both languages, and none is empty', () => {
    expect(new Set(keysOf(zh))).toEqual(new Set(keysOf(en)))
    const texts = (words: Words): string[] => Object.values(words).flatMap((value) => (typeof value === 'string' ? [value] : texts(value)))
    expect([...texts(en), ...texts(zh)].filter((text) => text.trim() === '')).toEqual([])
  })

  it('name every kind of fact that any service publishes, and none that is not', () => {
    expect(Object.keys(en.events as Words).toSorted()).toEqual(everyEvent.map(({ type }) => type).toSorted())
  })

  it('name every field of every fact', () => {
    const properties = (schema: any): string[] => [
      ...Object.entries(schema?.properties ?? {}).flatMap(([name, inner]) => [name, ...properties(inner)]),
      ...[schema?.items, ...(schema?.anyOf ?? [])].filter(Boolean).flatMap(properties),
    ]
    const known = new Set([...Object.keys(en.fields as Words), 'en', 'zh'])
    expect([...new Set(everyEvent.flatMap(({ schema }) => properties(schema)))].filter((name) => !known.has(name))).toEqual([])
  })

  it('are there for every key that a page names in full', () => {
    const known = new Set(keysOf(en))
    const named = globSync('**/*.tsx', { cwd: source }).flatMap((file) =>
      [...readFileSync(source + file, 'utf8').matchAll(/\bt\(\s*'([\w.]+)'/g)].map((match) => match[1] as string),
    )
    expect(named.length).toBeGreaterThan(50)
    expect(named.filter((key) => !known.has(key))).toEqual([])
  })

  it('stand in no page: what a page shows between its tags comes from the words', () => {
    const texts = globSync('{pages,parts}/**/*.tsx', { cwd: source }).flatMap((file) =>
      [...readFileSync(source + file, 'utf8').matchAll(/>\s*([A-Za-z\p{Script=Han}][^<>{}]*)<\//gu)].map((match) => `${file}: ${match[1]?.trim()}`),
    )
    expect(texts).toEqual([])
  })
})
