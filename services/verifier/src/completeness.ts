import type { Entry } from '@collegium/shared/evidence/entry.ts'
import type { Finding, FindingCode } from './findings.ts'

type Tell = (code: FindingCode, where: string, values?: Finding['values']) => void

/** Sees every entry of a log in order, and tells each fact that is missing, doubled or out of order. */
export type Completeness = {
  readonly see: (entry: Entry, leaf: string, where: string) => void
  readonly sources: () => number
  readonly streams: () => number
}

/** A log that holds only some of the facts, as that of the reads: positions go up in it, with holes that are facts of other kinds. */
export const isSelection = (origin: string): boolean => origin.endsWith('/reads')

/**
 * Positions of a source's shard run from 1 without a hole (in a selection: they only go up); versions of a stream run from 1, each naming the leaf of the one before. The
 * streams are what takes memory: a number and a digest for each.
 */
export const completeness = (tell: Tell, selection: boolean): Completeness => {
  const positions = new Map<string, number>()
  const heads = new Map<string, { version: number; leaf: string }>()

  const seePosition = ({ source, shard, position }: Entry, where: string): void => {
    const name = `${source}/${shard}`
    const expected = (positions.get(name) ?? 0) + 1
    const found = Number(position)
    const fits = selection ? found >= expected && position === `${found}` : position === `${expected}`
    if (!fits) tell('position-differs', where, { source: name, expected, found: position })
    if (Number.isSafeInteger(found)) positions.set(name, found)
  }

  const seeVersion = ({ source, stream, version, prev }: Entry, leaf: string, where: string): void => {
    const name = `${source}/${stream}`
    const head = heads.get(name)
    const expected = (head?.version ?? 0) + 1
    if (version !== `${expected}`) tell('version-differs', where, { stream: name, expected, found: version })
    else if (prev !== (head?.leaf ?? '')) tell('previous-differs', where, { stream: name, version })
    heads.set(name, { version: Number.isSafeInteger(Number(version)) ? Number(version) : expected, leaf })
  }

  return {
    see: (entry, leaf, where) => {
      seePosition(entry, where)
      seeVersion(entry, leaf, where)
    },
    sources: () => positions.size,
    streams: () => heads.size,
  }
}
