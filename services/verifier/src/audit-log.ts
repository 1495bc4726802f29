import { sameBytes, textOf, toBase64 } from '@collegium/shared/evidence/bytes.ts'
import type { Checkpoint } from '@collegium/shared/evidence/checkpoint.ts'
import { leafHash } from '@collegium/shared/evidence/digest.ts'
import { type Entry, parseEntry } from '@collegium/shared/evidence/entry.ts'
import { NoteFault } from '@collegium/shared/evidence/note.ts'
import { type OpenedCheckpoint, openCheckpoint, type Policy } from '@collegium/shared/evidence/policy.ts'
import { decodeBundle, encodeBundle, hashesIn, type Tile, tilePath, tileWidth } from '@collegium/shared/evidence/tiles.ts'
import { rootOf } from '@collegium/shared/evidence/tree.ts'
import { completeness, isSelection } from './completeness.ts'
import { type Files, type Found, findTile, othersOf } from './files.ts'
import { type Finding, findingsUpTo } from './findings.ts'
import type { Step } from './progress.ts'
import { rebuild } from './rebuild.ts'

export type Audited = {
  readonly findings: readonly Finding[]
  readonly opened: OpenedCheckpoint | null
  readonly entries: number
  readonly sources: number
  readonly streams: number
  /** The latest time that an entry names as recorded, seconds since 1970; 0 = none. */
  readonly recorded: number
  /** The latest cosignature or, where no witness cosigned, the latest entry. Seconds since 1970; 0 = none. */
  readonly lifeSign: number
}

/** An older checkpoint of the same log that somebody kept, already opened. */
export type Since = { readonly name: string; readonly checkpoint: Checkpoint }

type Asked = {
  readonly policy: Policy
  readonly since?: readonly Since[]
  /** Seconds since 1970. */
  readonly now: number
  /** How old the latest sign of life may be, in seconds; Infinity = not looked at. */
  readonly maxAge: number
  readonly step: Step
  /** Sees each entry, in order; `leaf` is its hash in base64. */
  readonly see?: (entry: Entry, leaf: string) => void
}

/** Clocks of servers may go this much before ours, in seconds. */
const clockSlack = 600
const mostAlike = 10

/** Opens a log's checkpoint, and tells what is wrong with it in the words of findings. */
export const openedBy = (policy: Policy, note: Uint8Array): OpenedCheckpoint | Pick<Finding, 'code' | 'values'> => {
  try {
    return openCheckpoint(textOf(note), policy)
  } catch (cause) {
    if (!(cause instanceof NoteFault || cause instanceof TypeError)) throw cause
    const kind = cause instanceof NoteFault ? cause.kind : 'malformed'
    const code = ({ malformed: 'checkpoint-malformed', 'false-signature': 'checkpoint-forged', unsigned: 'checkpoint-unsigned' } as const)[kind]
    return { code, values: { why: cause.message } }
  }
}

/** Looks at everything of one log: signatures, each entry, each hash, both roots, completeness, age. Findings are in the order of the log. */
export const auditLog = (files: Files, asked: Asked): Audited => {
  const { add, all } = findingsUpTo(mostAlike)
  const nothing = { opened: null, entries: 0, sources: 0, streams: 0, recorded: 0, lifeSign: 0 }
  const note = files.read('checkpoint')
  if (note === null) return { ...nothing, findings: [{ code: 'file-missing', where: 'checkpoint', values: {} }] }
  const opened = openedBy(asked.policy, note)
  if (!('checkpoint' in opened)) return { ...nothing, findings: [{ ...opened, where: 'checkpoint' }] }
  const { origin, size, root } = opened.checkpoint

  const signed = [...(asked.since ?? [])].filter((since) => {
    if (since.checkpoint.origin !== origin) add('other-log', since.name, { origin, found: since.checkpoint.origin })
    else if (since.checkpoint.size > size) add('cut-since', since.name, { size, since: since.checkpoint.size })
    else return true
    return false
  })

  const complete = completeness(add, isSelection(origin))
  const tree = rebuild((level, index, bytes) => compareTile(files, { level, index, width: bytes.length / 32 }, bytes, add))
  let [recorded, at] = [0, 0]
  const compareSince = (): void => {
    for (const { name, checkpoint } of signed) {
      if (checkpoint.size === at && !sameBytes(checkpoint.root, tree.root())) add('forked-since', name, { size: at, origin })
    }
  }
  compareSince()
  let isWhole = true
  for (let index = 0; index * tileWidth < size; index++) {
    const width = Math.min(tileWidth, size - index * tileWidth)
    const entries = readBundle(files, { level: 'entries', index, width }, add)
    if (entries === null) {
      isWhole = false
      break
    }
    for (const bytes of entries) {
      const hash = leafHash(bytes)
      const where = `${tilePath({ level: 'entries', index, width })} [${at % tileWidth}]`
      const entry = parsedEntry(bytes)
      if (entry === null) add('entry-malformed', where, { index: at })
      else {
        const leaf = toBase64(hash)
        complete.see(entry, leaf, where)
        asked.see?.(entry, leaf)
        const time = Date.parse(entry.recorded) / 1000
        if (time > recorded) recorded = time
      }
      tree.add(hash)
      at++
      compareSince()
    }
    asked.step(origin, at, size)
  }
  if (isWhole) {
    tree.finish()
    if (!sameBytes(tree.root(), root)) add('root-differs', 'checkpoint', { size, computed: toBase64(tree.root()), signed: toBase64(root) })
  }
  compareTilesRoot(files, size, root, add)

  const lifeSign = Math.max(0, ...opened.cosigned.values()) || recorded
  if (!opened.isEnough)
    add('too-few-cosignatures', 'checkpoint', { cosigned: [...opened.cosigned.keys()].join(', ') || '–', quorum: asked.policy.quorum ?? '' })
  if (asked.now - lifeSign > asked.maxAge) add('too-old', 'checkpoint', { hours: Math.floor((asked.now - lifeSign) / 3600), most: asked.maxAge / 3600 })
  if (lifeSign > asked.now + clockSlack) add('from-the-future', 'checkpoint', { time: new Date(lifeSign * 1000).toISOString() })
  return { findings: all(), opened, entries: at, sources: complete.sources(), streams: complete.streams(), recorded, lifeSign }
}

type Add = (code: Finding['code'], where: string, values?: Finding['values']) => void

const parsedEntry = (bytes: Uint8Array): ReturnType<typeof parseEntry> => {
  try {
    return parseEntry(textOf(bytes))
  } catch {
    return null
  }
}

/** The entries of a bundle, its width and no more; null where they cannot be had. */
const readBundle = (files: Files, tile: Tile, add: Add): readonly Uint8Array[] | null => {
  const found = findTile(files, tile)
  if (!found) {
    add('file-missing', tilePath(tile))
    return null
  }
  try {
    const entries = decodeBundle(found.bytes, found.width).slice(0, tile.width)
    for (const other of othersOf(files, tile, found)) if (!agrees(entries, other)) add('older-file-differs', other.path, { newer: found.path })
    return entries
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause
    add('bundle-broken', found.path, { why: cause.message })
    return null
  }
}

/** Whether another file of the same bundle holds the same entries, as far as both go. */
const agrees = (entries: readonly Uint8Array[], other: Found): boolean => {
  const width = Math.min(entries.length, other.width)
  try {
    return sameBytes(encodeBundle(entries.slice(0, width)), encodeBundle(decodeBundle(other.bytes, other.width).slice(0, width)))
  } catch (cause) {
    if (cause instanceof RangeError) return false
    throw cause
  }
}

const compareTile = (files: Files, tile: Tile, expected: Uint8Array, add: Add): void => {
  const found = findTile(files, tile)
  if (!found) {
    add('file-missing', tilePath(tile))
    return
  }
  const differs = (bytes: Uint8Array, width: number): boolean => {
    const most = Math.min(width, tile.width) * 32
    return bytes.length !== width * 32 || !sameBytes(bytes.subarray(0, most), expected.subarray(0, most))
  }
  if (differs(found.bytes, found.width)) add('tile-differs', found.path)
  for (const other of othersOf(files, tile, found)) if (differs(other.bytes, other.width)) add('older-file-differs', other.path, { newer: found.path })
}

/** The root once more, from the tiles alone: this is what other people's tools see, who read no entries. */
const compareTilesRoot = (files: Files, size: number, root: Uint8Array, add: Add): void => {
  try {
    const read = (tile: Tile): Uint8Array => findTile(files, tile)?.bytes.subarray(0, tile.width * 32) ?? new Uint8Array(0)
    if (!sameBytes(rootOf(size, hashesIn(size, read)), root)) add('tiles-root-differs', 'checkpoint', { size })
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause
    add('tiles-root-differs', 'checkpoint', { size })
  }
}
