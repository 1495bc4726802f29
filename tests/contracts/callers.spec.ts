import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { services } from '../../infra/services.ts'
import type { Kernel } from '../../shared/src/service.ts'

/** Who asks whom, as the sources have it, held against who may: a question that is asked and not allowed, or allowed and not asked, is a fault. */
const root = dirname(dirname(import.meta.dirname))
const names = [...services.map(({ name }) => name), 'gateway']

type Edge = `${string} asks ${string}`
const asked = new Set<Edge>(
  names.flatMap((name) =>
    globSync(`services/${name}/src/**/*.ts`, { cwd: root, exclude: ['**/*.spec.ts', '**/testing/**'] }).flatMap((file) =>
      [...readFileSync(join(root, file), 'utf8').matchAll(/client\((\w+)Client, '(\w+)'\)/g)].map(([, kind, owner]): Edge => `${name} asks ${owner}.${kind}`),
    ),
  ),
)

const kernel = new Proxy({} as Kernel, { get: () => () => undefined })
const methods = services.flatMap((service) =>
  (service.answers?.(kernel) ?? []).flatMap(({ definition, callers }) =>
    Object.entries(definition).map(([method, { path }]) => ({
      owner: service.name,
      kind: path.split('/')[1]?.split('.').at(-1) as string,
      method,
      callers: callers?.[method],
    })),
  ),
)

it('every question says who may ask it, and names services that there are', () => {
  expect(methods.length).toBeGreaterThan(10)
  expect(methods.filter(({ callers }) => callers === undefined)).toEqual([])
  for (const { callers = [] } of methods) for (const caller of callers) expect(['*', ...names]).toContain(caller)
})

it('who asks may, and who may does', () => {
  const allowed = new Set(
    methods.flatMap(({ owner, kind, callers = [] }) => callers.filter((each) => each !== '*').map((each): Edge => `${each} asks ${owner}.${kind}`)),
  )
  // The directory is everybody's.
  const open = new Set(methods.filter(({ callers = [] }) => callers.includes('*')).map(({ owner, kind }) => `${owner}.${kind}`))
  expect([...open]).toEqual(['membership.Directory'])
  expect([...asked].filter((edge) => !open.has(edge.split(' ')[2] as string)).sort()).toEqual([...allowed].sort())
})
