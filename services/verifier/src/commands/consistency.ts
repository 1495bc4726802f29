import { existsSync } from 'node:fs'
import { decimalOf } from '@collegium/shared/evidence/bytes.ts'
import { type Checkpoint, parseCheckpoint } from '@collegium/shared/evidence/checkpoint.ts'
import { splitNote } from '@collegium/shared/evidence/note.ts'
import { hashesIn } from '@collegium/shared/evidence/tiles.ts'
import { consistencyProof, isConsistent, rootOf } from '@collegium/shared/evidence/tree.ts'
import { openedBy } from '../audit-log.ts'
import { type Command, type Given, type Report, Unreadable, wordAt } from '../command.ts'
import type { Finding } from '../findings.ts'
import { bytesAt, type Log, logsIn, policyOf } from '../reading.ts'
import { tilesOf } from '../search.ts'

/** A moment named on the line: a number of entries, or a checkpoint with its root. */
type Moment = { readonly name: string; readonly size: number; readonly signed: Checkpoint | null }

/** `consistency A B DIR`: with `--policy` the signatures of both are checked too. */
export const consistency: Command = {
  name: 'consistency',
  usage: 'CHECKPOINT|SIZE CHECKPOINT|SIZE DIR [--policy FILE]',
  options: { policy: { type: 'string' } },
  run: (given): Report => {
    const findings: Finding[] = []
    const moments = [wordAt(given, 0, 'A'), wordAt(given, 1, 'B')].map((word) => momentOf(given, word, findings))
    const folder = wordAt(given, 2, 'DIR')
    const [one, other] = moments
    if (!one || !other) return { facts: [], findings }
    const [from, to] = one.size <= other.size ? [one, other] : [other, one]
    const origin = (from.signed ?? to.signed)?.origin
    if (from.signed && to.signed && from.signed.origin !== to.signed.origin) {
      return { facts: [], findings: [{ code: 'other-log', where: from.name, values: { origin: to.signed.origin, found: from.signed.origin } }] }
    }
    const log = logOf(folder, origin)
    const holds = isContinued(log, from, to)
    const values = { origin: log.checkpoint.origin, from: from.size, to: to.size }
    if (!holds) return { facts: [], findings: [{ code: 'inconsistent', where: from.name, values }] }
    const unsigned = (from.signed || to.signed) && given.option('policy') === undefined ? [{ code: 'signatures-unseen', values: {} }] : []
    return { facts: [{ code: 'consistent', values }, ...unsigned], findings }
  },
}

const momentOf = (given: Given, word: string, findings: Finding[]): Moment | null => {
  const size = decimalOf(word)
  if (size !== null && !existsSync(word)) return { name: word, size, signed: null }
  const note = bytesAt(word)
  if (given.option('policy') !== undefined) {
    const opened = openedBy(policyOf(given), note)
    if ('checkpoint' in opened) return { name: word, size: opened.checkpoint.size, signed: opened.checkpoint }
    findings.push({ ...opened, where: word })
    return null
  }
  const signed = signedIn(note)
  if (!signed) throw new Unreadable(word)
  return { name: word, size: signed.size, signed }
}

const signedIn = (note: Uint8Array): Checkpoint | null => {
  try {
    return parseCheckpoint(splitNote(new TextDecoder('utf-8', { fatal: true }).decode(note)).text)
  } catch {
    return null
  }
}

/** The log of the origin in the folder, or the only one. Its tiles answer for every size up to its checkpoint's. */
const logOf = (folder: string, origin: string | undefined): Log & { readonly checkpoint: Checkpoint } => {
  const logs = logsIn(folder).flatMap((log) => {
    const checkpoint = signedIn(log.files.read('checkpoint') as Uint8Array)
    return checkpoint ? [{ ...log, checkpoint }] : []
  })
  const log = origin === undefined && logs.length === 1 ? logs[0] : logs.find(({ checkpoint }) => checkpoint.origin === origin)
  if (!log) throw new Unreadable(`${folder}: ${origin ?? 'checkpoint'}`)
  return log
}

/** Asks the log's own tiles for the way from one moment to the other, and believes only what leads to both roots. */
const isContinued = ({ files, checkpoint, folder }: Log & { readonly checkpoint: Checkpoint }, from: Moment, to: Moment): boolean => {
  if (to.size > checkpoint.size) throw new Unreadable(`${folder}: ${checkpoint.size} < ${to.size}`)
  const read = hashesIn(checkpoint.size, tilesOf(files))
  try {
    const fromRoot = from.signed?.root ?? rootOf(from.size, read)
    const toRoot = to.signed?.root ?? rootOf(to.size, read)
    return isConsistent({ from: from.size, fromRoot, to: to.size, toRoot, proof: consistencyProof(from.size, to.size, read) })
  } catch (cause) {
    if (cause instanceof RangeError) throw new Unreadable(`${folder}: ${cause.message}`)
    throw cause
  }
}
