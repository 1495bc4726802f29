import { expect, it } from 'vitest'
import { keysOf, pageOf } from './paging.ts'

const rows = [1, 2, 3].map((id) => ({ id: String(id), at: 'noon' }))
const keys = (row: { id: string; at: string }) => [row.at, row.id]

it('a page ends with a cursor that leads to what follows, and the last page with none', () => {
  const { items, nextCursor } = pageOf(rows, 2, keys)
  expect(items).toEqual(rows.slice(0, 2))
  expect(keysOf(nextCursor ?? undefined, 2)).toEqual(['noon', '2'])
  expect(pageOf(rows, 3, keys)).toEqual({ items: rows, nextCursor: null })
  expect(pageOf([], 3, keys)).toEqual({ items: [], nextCursor: null })
})

it('the first page begins before everything', () => {
  expect(keysOf(undefined, 2)).toBeNull()
})

it.each(['nonsense', '', 'AAAA', Buffer.from('["one"]').toString('base64url'), Buffer.from('[1,2]').toString('base64url')])(
  'a cursor of no such list is refused: %s',
  (cursor) => {
    expect(() => keysOf(cursor, 2)).toThrow(expect.objectContaining({ code: 'bad-cursor' }))
  },
)
