import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { services } from '../../infra/services.ts'

const root = dirname(dirname(import.meta.dirname))
const text = (file: string): string => readFileSync(join(root, file), 'utf8')
const pages = globSync('{*.md,{docs,shared,proto,services,infra,tests}/**/*.md}', {
  cwd: root,
  exclude: ['**/node_modules/**', '**/dist/**', 'docs/generated/**'],
}).filter((page) => !page.includes('node_modules'))

/** `shared/src/store/…` and the like in backticks, `store/…` for short; what has a placeholder or a star names many. */
const filesNamed = (page: string): string[] => [
  ...[...text(page).matchAll(/`((?:shared|services|infra|tests|docs|proto)\/[\w./-]+)`/g)].map(([, file]) => file as string),
  ...[...text(page).matchAll(/`((?:consume|grpc|log|store)\/[\w./-]+)`/g)].map(([, file]) => join('shared/src', file as string)),
]

/** Of the root, or of a workspace by its folder or its name. */
const scriptsOf = (workspace: string | undefined): string[] => {
  const folders = workspace === undefined ? ['.'] : [workspace, workspace.replace('@collegium/', 'services/'), `services/${workspace}`]
  const file = folders.map((folder) => join(folder, 'package.json')).find((each) => existsSync(join(root, each)))
  return file === undefined ? [] : Object.keys((JSON.parse(text(file)) as { scripts?: object }).scripts ?? {})
}

describe.each(pages)('%s', (page) => {
  it('links to and names files that are there', () => {
    const links = [...text(page).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, link]) => join(dirname(page), link as string))
    expect([...links, ...filesNamed(page)].filter((file) => !existsSync(join(root, file)))).toEqual([])
  })

  it('names scripts that are there', () => {
    for (const [, name, workspace] of text(page).matchAll(/`?npm (?:run )?(start|test|(?<=run )[\w:-]+)(?: -w ([\w@/-]+))?/g))
      expect(scriptsOf(workspace)).toContain(name)
  })
})

it('the README is short', () => {
  expect(text('README.md').split('\n').length).toBeLessThanOrEqual(200)
})

describe.each(services.map((service) => [service.name, service] as const))('the README of %s', (name, service) => {
  const page = text(`services/${name}/README.md`)

  it('names what the service owns', () => {
    expect(service.aggregates.map((aggregate) => `\`${aggregate.name}\``).filter((each) => !page.includes(each))).toEqual([])
  })

  it('says what it owns, listens to and decides, and names those it asks', () => {
    for (const word of [/owns/i, /listens to/i, /decisions|decides/i]) expect(page).toMatch(word)
    const asked = globSync(`services/${name}/src/**/*.ts`, { cwd: root })
      .filter((file) => !/\.spec\.ts$|testing/.test(file))
      .flatMap((file) => [...text(file).matchAll(/\.client\(\w+, '(\w+)'\)/g)].map(([, other]) => other as string))
    for (const other of new Set(asked)) expect(page.toLowerCase()).toContain(other)
  })
})
