import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { services } from '../../infra/services.ts'
import { everyEvent } from '../../services/audit/src/trail.ts'
import { kindOf, plain, type Schema } from '../../services/console/src/parts/command-form/schema.ts'

const source = fileURLToPath(new URL('../../services/console/src/', import.meta.url))
type Words = { readonly [key: string]: string | Words }
const read = (name: string): Words => JSON.parse(readFileSync(source + name, 'utf8'))

/** Every key with its whole path; a plural's forms count as one key. */
const keysOf = (words: Words, path = ''): string[] =>
  Object.entries(words).flatMap(([key, value]) =>
    typeof value === 'string' ? [`${path}${key.replace(/_(one|other)$/, '')}`] : keysOf(value, `${path}${key}.`),
  )
const textsOf = (words: Words): string[] => Object.values(words).flatMap((value) => (typeof value === 'string' ? [value] : textsOf(value)))

/** The files of words without their ending: `pages/trail/words`. */
const files = globSync('{frame,domain,pages/*}/*.en.json', { cwd: source }).map((name) => name.replace('.en.json', ''))
const keys = new Map(files.map((name) => [name, new Set(keysOf(read(`${name}.en.json`)))]))
const shell = files.filter((name) => !/^pages\/.*\/words$/.test(name)).flatMap((name) => [...(keys.get(name) ?? [])])
const domain = (section: string): Set<string> =>
  new Set([...keys.values()].flatMap((each) => [...each].filter((key) => key.startsWith(`${section}.`)).map((key) => key.slice(section.length + 1))))

/** What is written in quotes, and what is put together (`figures.${id}.title`) as a pattern. */
const code = globSync('**/*.{ts,tsx}', { cwd: source }).map((name) => ({ name, text: readFileSync(source + name, 'utf8') }))
const quoted = new Set(code.flatMap(({ text }) => [...text.matchAll(/'([\w.-]+)'/g)].map((match) => match[1] as string)))
const composed = code.flatMap(({ text }) =>
  [...text.matchAll(/`(\w+\.[^`\s]*\$\{[^`]*|\$\{\w+\}\.[\w.]+)`/g)].map(
    (match) => new RegExp(`^${(match[1] as string).replaceAll('.', '\\.').replaceAll(/\$\{[^}]*\}/g, '.+')}$`),
  ),
)
const isUsed = (key: string): boolean => quoted.has(key) || composed.some((pattern) => pattern.test(key))

/** The key that a call names in full, or the beginning of one that is put together. */
const named = (text: string): string[] =>
  [...text.matchAll(/\bt\(\s*(?:[\w.!=' ?]+\?\s*)?'([\w.]+)'(?:\s*:\s*'([\w.]+)')?/g)].flatMap((match) => match.slice(1).filter(Boolean))

describe('[PL-10] The words of the console', () => {
  it.each(files)('are the same in both languages and none is empty: %s', (name) => {
    const [en, zh] = [read(`${name}.en.json`), read(`${name}.zh.json`)]
    expect(new Set(keysOf(zh))).toEqual(new Set(keysOf(en)))
    expect([...textsOf(en), ...textsOf(zh)].filter((text) => text.trim() === '')).toEqual([])
  })

  it('stand in one file each, so that no two say it differently', () => {
    const all = [...keys].flatMap(([name, each]) => [...each].map((key) => ({ key, name })))
    const twice = [...Map.groupBy(all, ({ key }) => key).values()].filter((places) => places.length > 1)
    expect(twice.map((places) => `${places[0]?.key}: ${places.map(({ name }) => name).join(', ')}`)).toEqual([])
  })

  it('name every kind of fact that any service publishes, and none that is not', () => {
    expect([...domain('events')].toSorted()).toEqual(everyEvent.map(({ type }) => type).toSorted())
  })

  it('name every part of the system that acts by itself', () => {
    const acting = services.flatMap((service) => [...service.reactions, ...service.deadlines].map(({ name }) => `${service.name}.${name}`))
    const erasing = services.map(({ name }) => `${name}.erasures`)
    expect([...domain('systems')].toSorted()).toEqual([...acting, ...erasing, 'audit.heartbeat', 'audit.repair', 'import'].toSorted())
  })

  it('name every field of every fact', () => {
    const properties = (schema: any): string[] => [
      ...Object.entries(schema?.properties ?? {}).flatMap(([name, inner]) => [name, ...properties(inner)]),
      ...[schema?.items, ...(schema?.anyOf ?? [])].filter(Boolean).flatMap(properties),
    ]
    const known = new Set([...domain('fields'), 'en', 'zh'])
    expect([...new Set(everyEvent.flatMap(({ schema }) => properties(schema)))].filter((name) => !known.has(name))).toEqual([])
  })

  it('[PL-17] say what one item of a list is, for every list that a form could ask for and for no other, and what a command means by a word of its own', () => {
    const forms = globSync('api/generated/forms/*.json', { cwd: source }).flatMap((name) => Object.entries(JSON.parse(readFileSync(source + name, 'utf8'))))
    const within = (schema: Schema, name: string): string[] => {
      const { properties = {}, items } = plain(schema)
      const isList = items !== undefined && kindOf(items, name) !== 'person'
      return [...(isList ? [name] : []), ...(items ? within(items, name) : []), ...Object.entries(properties).flatMap(([each, inner]) => within(inner, each))]
    }
    const lists = new Set(forms.flatMap(([, schema]) => within(schema as Schema, '')))
    const said = [...domain('items')].filter((key) => !key.includes('_'))
    expect(lists.size).toBeGreaterThan(4)
    expect(said.toSorted()).toEqual([...lists].flatMap((name) => ['add', 'nth', 'remove'].map((saying) => `${name}.${saying}`)).toSorted())
    const ofCommands = [...domain('fields'), ...domain('items')].filter((key) => key.includes('_'))
    expect(ofCommands.length).toBeGreaterThan(3)
    expect(ofCommands.filter((key) => !forms.some(([command]) => command === key.split('_')[1]))).toEqual([])
  })

  it('are there for every key that a page names in full: in its own folder, or around every page', () => {
    const missing = code.flatMap(({ name, text }) => {
      const feature = /^pages\/([^/]+)\//.exec(name)?.[1]
      const known = new Set([...shell, ...(keys.get(`pages/${feature}/words`) ?? [])])
      return named(text)
        .filter((key) => !known.has(key))
        .map((key) => `${name}: ${key}`)
    })
    expect(code.flatMap(({ text }) => named(text)).length).toBeGreaterThan(80)
    expect(missing).toEqual([])
  })

  it('are used, each of them', () => {
    expect([...keys].flatMap(([name, each]) => [...each].filter((key) => !isUsed(key)).map((key) => `${name}: ${key}`))).toEqual([])
  })

  it('stand in no page: what a page shows between its tags, and what it tells those who listen, comes from the words', () => {
    const texts = code
      .filter(({ name }) => name.endsWith('.tsx'))
      .flatMap(({ name, text }) =>
        [
          ...[...text.matchAll(/(?<!=)>\s*([A-Za-z\p{Script=Han}][^<>{}=;()]*)<\//gu)].map((match) => match[1]),
          ...[...text.matchAll(/\b(?:aria-label|title|placeholder|alt|label)="([^"]*[A-Za-z\p{Script=Han}][^"]*)"/gu)].map((match) => match[1]),
        ].map((found) => `${name}: ${found?.trim()}`),
      )
    expect(texts).toEqual([])
  })
})
