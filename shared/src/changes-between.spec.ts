import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type Change, changesBetween } from './changes-between.ts'

it('[PL-06] a difference names each field that changed, came or went, by its pointer', () => {
  const one = { status: 'open', seats: 3, place: { hall: 'A', 'a/b~c': 1 }, people: ['x', 'y'], gone: null }
  const other = { status: 'closed', seats: 3, place: { hall: 'A', 'a/b~c': 2 }, people: ['x', 'z', 'w'], note: { by: 'x' } }
  expect(changesBetween(one, other)).toEqual([
    { pointer: '/status', old: 'open', new: 'closed' },
    { pointer: '/place/a~1b~0c', old: 1, new: 2 },
    { pointer: '/people/1', old: 'y', new: 'z' },
    { pointer: '/people/2', new: 'w' },
    { pointer: '/gone', old: null },
    { pointer: '/note', new: { by: 'x' } },
  ])
})

it('[PL-06] nothing changed is no difference, whatever the order of the fields', () => {
  expect(changesBetween({ a: 1, b: [{ c: 2, d: 3 }] }, { b: [{ d: 3, c: 2 }], a: 1 })).toEqual([])
  expect(changesBetween([], {})).toEqual([{ pointer: '', old: [], new: {} }])
})

it('[PL-06] a difference laid over the earlier state gives the later one, and the other way round', () => {
  const value = fc.jsonValue({ maxDepth: 3 }).filter((each) => typeof each === 'object' && each !== null)
  fc.assert(
    fc.property(value, value, (one, other) => {
      const changes = changesBetween(one, other)
      expect(lay(one, changes, 'new')).toEqual(plain(other))
      expect(lay(other, changes, 'old')).toEqual(plain(one))
    }),
    { numRuns: 300 },
  )
})

const plain = (value: unknown): any => JSON.parse(JSON.stringify(value))

/** Sets, or takes away, what the changes say; the last places of a list first. */
const lay = (value: unknown, changes: readonly Change[], side: 'old' | 'new'): unknown => {
  const root = { '': plain(value) }
  for (const change of [...changes].reverse()) {
    const path = change.pointer.split('/').map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    const last = path.pop() as string
    const at = path.reduce<any>((each, part) => each[part], root)
    if (side in change) Object.defineProperty(at, last, { value: plain(change[side]), enumerable: true, configurable: true, writable: true })
    else if (Array.isArray(at)) at.splice(Number(last), 1)
    else delete at[last]
  }
  return root['']
}
