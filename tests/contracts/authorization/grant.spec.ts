import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Actor } from '../../../shared/src/aggregate.ts'
import { Directory, type Snapshot } from '../../../shared/src/directory.ts'
import { may, type World } from './model.ts'

const units = ['a', 'b', 'c', 'd', 'e', 'f', 'g'] as const
const kindIds = ['student', 'k1', 'k2', 'k3', 'gone'] as const
const services = ['alpha', 'alphabet', 'beta']
const verbs = ['read', 'read-file', 'write']
const permission = fc.tuple(fc.constantFrom(...services), fc.constantFrom(...verbs)).map((parts) => parts.join(':'))
const pattern = fc.oneof(
  { weight: 6, arbitrary: permission },
  { weight: 2, arbitrary: fc.constantFrom(...services).map((service) => `${service}:*`) },
  { weight: 1, arbitrary: fc.constant('*') },
)
const moment = fc.constantFrom(
  '2026-01-01T00:00:00.000Z',
  '2026-03-01T00:00:00.000Z',
  '2026-03-01T00:00:00.001Z',
  '2026-06-01T00:00:00.000Z',
  '2027-01-01T00:00:00.000Z',
)
const patterns = fc.array(pattern, { maxLength: 3 })
/** Each unit hangs below an earlier one, or is a root of its own: a forest is allowed, though nobody builds one. */
const parents = fc
  .tuple(...units.map((_, index) => fc.option(fc.nat({ max: Math.max(0, index - 1) }), { freq: 8 })))
  .map((chosen) =>
    Object.fromEntries(units.map((unit, index) => [unit, index === 0 || chosen[index] === null ? null : (units[chosen[index] as number] as string)])),
  )
const kinds = fc.record({ student: patterns, k1: patterns, k2: patterns, k3: patterns })
const post = fc.record({ kind: fc.constantFrom(...kindIds), unit: fc.constantFrom(...units, 'nowhere'), from: moment, until: fc.option(moment) })
const someone = fc.record({
  posts: fc.array(post, { maxLength: 4 }),
  home: fc.option(fc.constantFrom(...units, 'nowhere')),
  scope: fc.option(patterns, { freq: 3 }),
})
const question = fc.tuple(permission, fc.constantFrom(...units, 'nowhere'), moment)

const snapshotOf = ({ parents: of, kinds: each }: World, posts: readonly { kind: string; unit: string; from: string; until: string | null }[]): Snapshot => {
  const name = { en: 'x', zh: 'x' }
  return {
    version: 1,
    units: Object.entries(of).map(([id, parent]) => ({ id, kind: 'union', name, parent, level: null, timezone: 'UTC', dissolved: null })),
    holdings: posts.map((held, index) => ({ id: `h${index}`, person: 'me', ...held })),
    postKinds: Object.entries(each).map(([id, permissions]) => ({ id, name, permissions })),
    policies: [],
    terms: [],
  }
}

it('[PL-13] the directory and ten lines that were written apart from it agree on 100,000 random cases', () => {
  const told = { yes: 0, no: 0, cases: 0 }
  const perWorld = 20
  fc.assert(
    fc.property(
      parents,
      kinds,
      someone,
      fc.array(question, { minLength: perWorld, maxLength: perWorld }),
      fc.nat({ max: 9 }),
      (tree, permitted, who, questions, tenth) => {
        const world: World = { parents: tree, kinds: permitted }
        // One in ten is an operator: more would hide the posts.
        const given = { ...who, operator: tenth === 0 }
        const directory = new Directory(snapshotOf(world, given.posts))
        const actor: Actor = { person: 'me', home: given.home, operator: given.operator, scope: given.scope, system: null }
        for (const [asked, unit, at] of questions) {
          const expected = may(world, given, asked, unit, at)
          expect(directory.grant(actor, asked, unit, at) !== null, JSON.stringify({ world, given, asked, unit, at })).toBe(expected)
          expect(directory.unitsWhere(actor, asked, at).sort()).toEqual(Object.keys(tree).filter((each) => may(world, given, asked, each, at)))
          told[expected ? 'yes' : 'no'] += 1
          told.cases += 1
        }
      },
    ),
    { numRuns: 5_000, seed: 20261121 },
  )
  expect(told.cases).toBe(100_000)
  expect(told.yes).toBeGreaterThan(10_000)
  expect(told.no).toBeGreaterThan(10_000)
})
