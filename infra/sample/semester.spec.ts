import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { services } from '../services.ts'

const sample = parse(readFileSync(new URL('./semester.yaml', import.meta.url), 'utf8')) as { 'post-kinds': { id: string; permissions: string[] }[] }

it('[PL-08] the sample has, for every command and record that people may touch, a post that may', () => {
  const patterns = sample['post-kinds'].flatMap((kind) => kind.permissions)
  const allows = (permission: string) =>
    patterns.some((pattern) => pattern === permission || (pattern.endsWith(':*') && permission.startsWith(pattern.slice(0, -1))))
  const needed = services.flatMap(({ aggregates }) =>
    aggregates.flatMap(({ read, commands }) => [
      read,
      ...Object.values(commands).flatMap((command) => (command.route === 'internal' ? [] : [command.permission])),
    ]),
  )
  expect(needed.length).toBeGreaterThan(30)
  expect([...new Set(needed)].filter((permission) => permission !== 'signed-in' && !allows(permission))).toEqual([])
})
