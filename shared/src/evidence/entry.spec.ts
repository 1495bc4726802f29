import { describe, expect, it } from 'vitest'
import { canonical } from '../store/canonical.ts'
import { piecesOf } from '../store/record.ts'
import { utf8 } from './bytes.ts'
import { type Entry, entryOf, idInLog, leafOf, parseEntry } from './entry.ts'

const around = {
  service: 'volunteers',
  shard: 3,
  stream: 'volunteers.shift-0198f2d0-0000-7000-8000-000000000001',
  unit: 'u-1',
  actor: { person: 'p-77', post: { kind: 'chair', unit: 'u-1' }, system: null },
  correlation: 'c-1',
  causation: 'c-2',
  command: 'k-1',
  occurred: '2026-11-20T08:00:00.000Z',
  recorded: '2026-11-20T08:00:01.000Z',
  reason: 'Because 张三 asked',
  policies: {},
}
const recordOf = (id: string, data: unknown, version = 1, actor: typeof around.actor | object = around.actor): string => {
  const { head, middle } = piecesOf(id, 'volunteers.shift-opened.v2', data, { ...around, actor: actor as typeof around.actor })
  return `${head}41${middle}${version}}`
}
const data = { place: 'Hall 3', note: { sealed: 'zz9' }, phone: { sealed: 'aa1' }, map: { sealed: 'x', scale: 1 } }

describe('an entry', () => {
  it('[PL-06] is canonical JSON in which every value is a text', () => {
    const text = entryOf(recordOf('e-1', data), '')
    expect(text).toBe(canonical(JSON.parse(text)))
    expect(JSON.parse(text)).toEqual({
      actor: 'p-77',
      id: idInLog('e-1'),
      occurred: '2026-11-20T08:00:00.000Z',
      position: '41',
      post: 'chair@u-1',
      prev: '',
      record: expect.stringMatching(/^[A-Za-z0-9+/]{43}=$/),
      recorded: '2026-11-20T08:00:01.000Z',
      schema: '2',
      sealed: ['aa1', 'zz9'],
      shard: '3',
      source: 'volunteers',
      stream: 'volunteers.shift-0198f2d0-0000-7000-8000-000000000001',
      type: 'volunteers.shift-opened.v2',
      unit: 'u-1',
      v: '1',
      version: '1',
    } satisfies Entry)
  })

  it('[PL-06] [PL-12] tells nothing of the data, the reason, the commands or the fact’s own id', () => {
    const text = entryOf(recordOf('e-1', data), '')
    for (const word of ['Hall', '张三', 'Because', 'e-1', 'c-1', 'c-2', 'k-1']) expect(text).not.toContain(word)
  })

  it('[PL-06] names who acted: a person with or without a post, the system, or nobody', () => {
    const actorOf = (actor: object): [string, string] => {
      const entry = JSON.parse(entryOf(recordOf('e-1', {}, 1, actor), '')) as Entry
      return [entry.actor, entry.post]
    }
    expect(actorOf({ person: 'p-1', post: null, system: null })).toEqual(['p-1', ''])
    expect(actorOf({ person: null, post: null, system: 'deadlines' })).toEqual(['system:deadlines', ''])
    expect(actorOf({ person: null, post: null, system: null })).toEqual(['', ''])
  })

  it('[PL-06] changes with one character of the record, and binds the fact before it in its stream', () => {
    const first = entryOf(recordOf('e-1', data), '')
    const changed = entryOf(recordOf('e-1', { ...data, place: 'Hall 4' }), '')
    expect(leafOf(changed)).not.toBe(leafOf(first))
    const second = entryOf(recordOf('e-2', {}, 2), leafOf(first))
    expect(parseEntry(second)?.prev).toBe(leafOf(first))
    expect(leafOf(entryOf(recordOf('e-2', {}, 2), leafOf(changed)))).not.toBe(leafOf(second))
    expect(utf8(second).length).toBeLessThan(1000)
  })

  it('[PL-06] is read only in the form in which it is written', () => {
    const text = entryOf(recordOf('e-1', data), '')
    expect(parseEntry(text)).toEqual(JSON.parse(text))
    const wrong = [
      text.replace('"shard":"3"', '"shard":3'),
      text.replace('"v":"1"', '"v":"2"'),
      text.replace('{"actor"', '{ "actor"'),
      text.replace('"prev":"",', ''),
      text.replace('{', '{"more":"",'),
      text.replace('["aa1","zz9"]', '"aa1"'),
      text.slice(1),
      'null',
      '[]',
    ]
    for (const one of wrong) expect(parseEntry(one), one).toBeNull()
  })
})
