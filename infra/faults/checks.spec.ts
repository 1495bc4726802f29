import { describe, expect, it } from 'vitest'
import { checkCommands, checkReactions } from './check-commands.ts'
import { checkHistory, checkOrder, checkTrail } from './check-streams.ts'
import type { Stored } from './history.ts'
import type { Entry } from './journal.ts'

const type = 'activities.duty-assigned.v1'

const fact = (
  position: number,
  stream: string,
  version: number,
  { command = `command-${stream}`, data = { title: stream } as object, of = type } = {},
): Stored => {
  const at = { shard: 0, position, stream, version }
  return {
    ...at,
    service: of.split('.')[0] as string,
    type: of,
    bytes: `bytes ${position}`,
    record: { ...at, id: `id-${position}`, command, causation: command, data },
  }
}
const entry = (number: number, mark: string, answer: Entry['answer'], position: string | null = null): Entry => ({
  ...{ number, kind: 'duty', person: 'head', path: '/duties', body: {}, key: mark, command: `command-${mark}`, fact: type, mark, attempts: [], answer },
  ...{ id: mark, position },
})
const kinds = (findings: readonly { readonly kind: string }[]): string[] => findings.map(({ kind }) => kind)

const history = [fact(1, 'a', 1), fact(2, 'b', 1), fact(3, 'c', 1)]
const journal = [
  entry(1, 'a', 'acknowledged', 'activities/0/1'),
  entry(2, 'b', 'acknowledged', 'activities/0/2'),
  entry(3, 'c', 'unknown'),
  entry(4, 'd', 'unknown'),
  entry(5, 'e', 'refused'),
]

describe('what clients were told', () => {
  it('holds where each acknowledged command happened once, each unknown one at most once, and no refused one', () => {
    expect(checkCommands(journal, history)).toEqual([])
  })

  it('is lost where an acknowledged fact is not there, or stands elsewhere', () => {
    expect(checkCommands(journal, history.slice(1))).toMatchObject([{ kind: 'lost', entry: 1 }])
    expect(checkCommands([entry(1, 'a', 'acknowledged', 'activities/0/2')], history)).toMatchObject([{ kind: 'lost', entry: 1 }])
  })

  it('is doubled where its effect is there twice, under its own id or another', () => {
    expect(checkCommands(journal, [...history, fact(4, 'x', 1, { command: 'another', data: { title: 'a' } })])).toMatchObject([{ kind: 'doubled', entry: 1 }])
    expect(checkCommands(journal, [...history.slice(0, 2), fact(3, 'c', 1, { command: 'another' })])).toMatchObject([{ kind: 'doubled', entry: 3 }])
  })

  it('is broken where something was refused and happened', () => {
    expect(checkCommands(journal, [...history, fact(4, 'e', 1)])).toMatchObject([{ kind: 'effect-of-refused', entry: 5 }])
  })
})

describe('history', () => {
  it('has no finding where positions and versions are dense', () => {
    expect(checkHistory([...history, fact(4, 'a', 2)])).toEqual([])
  })

  it('has a gap where a position or a version is left out, and an inversion where a version comes late', () => {
    expect(kinds(checkHistory([fact(1, 'a', 1), fact(3, 'b', 1)]))).toEqual(['gap'])
    expect(kinds(checkHistory([fact(1, 'a', 1), fact(2, 'a', 3)]))).toEqual(['gap'])
    expect(kinds(checkHistory([fact(1, 'a', 1), fact(2, 'a', 3), fact(3, 'a', 2)]))).toEqual(['gap', 'inversion'])
  })
})

describe('a partition', () => {
  it('may begin anywhere, repeat, and go back to the beginning', () => {
    for (const positions of [[1, 2, 3], [5, 6], [1, 2, 2, 3], [1, 2, 3, 2, 3, 4], [80, 1, 2, 3], [52, 53, 52, 54], []])
      expect(checkOrder('topic/0', positions), positions.join()).toEqual([])
  })

  it('has a gap where something never comes, an inversion where it comes behind what follows it', () => {
    expect(kinds(checkOrder('topic/0', [1, 3, 4]))).toEqual(['gap'])
    expect(kinds(checkOrder('topic/0', [1, 3, 2, 4]))).toEqual(['inversion'])
    expect(kinds(checkOrder('topic/0', [1, 2, 5, 1, 2, 4]))).toEqual(['inversion', 'gap'])
  })
})

describe('the trail', () => {
  const entries = history.map(({ position, bytes }) => ({ place: `activities/0/${position}`, record: bytes }))

  it('has every fact in its bytes, and nothing else', () => {
    expect(checkTrail(entries, history)).toEqual([])
    expect(kinds(checkTrail(entries.slice(1), history))).toEqual(['delivery'])
    expect(kinds(checkTrail([...entries, { place: 'activities/0/4', record: 'x' }], history))).toEqual(['ghost'])
    expect(kinds(checkTrail([{ place: 'activities/0/1', record: 'other' }, ...entries.slice(1)], history))).toEqual(['ghost'])
  })
})

it('a reaction that is owed must come, and come once', () => {
  const approved = fact(1, 'd', 1, { of: 'documents.document-approved.v1', data: { document: 'd' } })
  const numbered = (position: number) => fact(position, 'r', position, { of: 'documents.number-assigned.v1', data: { document: 'd' } })
  const filed = fact(4, 'd', 2, { of: 'documents.document-filed.v1', data: { document: 'd' } })
  expect(checkReactions([approved, numbered(2), filed])).toEqual([])
  expect(kinds(checkReactions([approved, filed]))).toEqual(['delivery'])
  expect(kinds(checkReactions([approved, numbered(2), numbered(3), filed]))).toEqual(['doubled'])
})
