import { NoteFault, noteVerifier, type Verifier } from '@collegium/shared/evidence/note.ts'
import type { OpenedCheckpoint } from '@collegium/shared/evidence/policy.ts'
import { openReceipt, type Receipt } from '@collegium/shared/evidence/receipt.ts'
import { hashesIn } from '@collegium/shared/evidence/tiles.ts'
import { inclusionProof, isIncluded } from '@collegium/shared/evidence/tree.ts'
import { type Command, type Fact, type Given, Misused, type Report, Unreadable } from '../command.ts'
import type { Finding } from '../findings.ts'
import { newestIn } from '../newest.ts'
import { checkpointIn, demanded, type Log, logsIn, policyOf, textAt, timeText } from '../reading.ts'
import { findLeaf, tilesOf } from '../search.ts'

/** `receipts FILES… --dir DIR`: whether what was promised was kept. */
export const receipts: Command = {
  name: 'receipts',
  usage: 'FILE… --dir DIR --policy FILE --keys KEYS.json|--key VKEY [--at TIME]',
  options: { dir: { type: 'string' }, policy: { type: 'string' }, keys: { type: 'string' }, key: { type: 'string' }, at: { type: 'string' } },
  run: (given): Report => {
    if (given.words.length === 0) throw new Misused('FILE?')
    const policy = policyOf(given)
    const verifier = keyOf(given)
    const facts: Fact[] = []
    const findings: Finding[] = []
    const opened = logsIn(demanded(given, 'dir')).flatMap((log) => {
      const checkpoint = checkpointIn(log, policy)
      if ('checkpoint' in checkpoint) return [{ log, checkpoint }]
      findings.push({ ...checkpoint, where: log.folder })
      return []
    })
    for (const [at, name] of given.words.entries()) {
      for (const note of notesIn(textAt(name))) {
        const seen = lookFor(name, note, verifier, opened, given.now)
        if ('where' in seen) findings.push(seen)
        else facts.push(seen)
      }
      given.step('receipts', at + 1, given.words.length)
    }
    return { facts, findings }
  },
}

type Opened = readonly { readonly log: Log; readonly checkpoint: OpenedCheckpoint }[]

const lookFor = (name: string, note: string, verifier: Verifier, logs: Opened, now: number): Fact | Finding => {
  const receipt = receiptIn(note, verifier)
  if ('code' in receipt) return { ...receipt, where: name }
  const holder = logs.find(({ checkpoint }) => checkpoint.checkpoint.origin === receipt.origin)
  if (!holder) return { code: 'receipt-of-another-log', where: name, values: { found: receipt.origin } }
  const { files } = holder.log
  const { size, root } = holder.checkpoint.checkpoint
  const index = findLeaf(files, size, receipt.leaf)
  if (index !== null) {
    const proof = inclusionProof(index, size, hashesIn(size, tilesOf(files)))
    if (!isIncluded({ leaf: receipt.leaf, index, size, root, proof })) return { code: 'tile-differs', where: holder.log.folder, values: {} }
    return { code: 'receipt-merged', values: { name, index } }
  }
  const mergeBy = timeText(receipt.mergeBy)
  if (now <= receipt.mergeBy) return { code: 'receipt-waiting', values: { name, mergeBy } }
  const newest = newestIn(files, size)
  return { code: 'receipt-overdue', where: name, values: { mergeBy, newest: newest === null ? '–' : timeText(newest) } }
}

const receiptIn = (note: string, verifier: Verifier): Receipt | Pick<Finding, 'code' | 'values'> => {
  try {
    return openReceipt(note, [verifier])
  } catch (cause) {
    if (!(cause instanceof NoteFault)) throw cause
    return { code: cause.kind === 'malformed' ? 'receipt-malformed' : 'receipt-forged', values: { why: cause.message } }
  }
}

/** A file holds a receipt as it is, or answers of the API (JSON, one or a list) that hold one each under `receipt`. Copied texts lose their last line break. */
const notesIn = (text: string): string[] => {
  const whole = (note: string): string => (note.endsWith('\n') ? note : `${note}\n`)
  try {
    const held = [JSON.parse(text)].flat().map((answer) => answer.receipt)
    if (held.every((note) => typeof note === 'string')) return held.map(whole)
  } catch {}
  return [whole(text)]
}

const keyOf = (given: Given): Verifier => {
  const path = given.option('keys')
  const vkey = given.option('key') ?? (path === undefined ? undefined : receiptKeyIn(path))
  if (vkey === undefined) throw new Misused('--keys? --key?')
  try {
    return noteVerifier(vkey)
  } catch (cause) {
    throw new Unreadable(`${path ?? '--key'}: ${(cause as Error).message}`)
  }
}

const receiptKeyIn = (path: string): string => {
  const text = textAt(path)
  try {
    const { receipts } = JSON.parse(text)
    if (typeof receipts === 'string') return receipts
  } catch {}
  throw new Unreadable(`${path}: {"receipts":"…"}`)
}
