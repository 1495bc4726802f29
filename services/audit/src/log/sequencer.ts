import { sameBytes, utf8 } from '@collegium/shared/evidence/bytes.ts'
import { leafHash } from '@collegium/shared/evidence/digest.ts'
import type { Signer } from '@collegium/shared/evidence/note.ts'
import { edgeOf, extend, hashesOnDisk } from './extension.ts'
import type { Files } from './files.ts'
import type { Head, HeadRow } from './head.ts'
import { publish, readSigned, type Signed, sign } from './notes.ts'
import type { Places, Stopped } from './places.ts'
import { LogRefused } from './refused.ts'

/** What a log is made of. Its origin is the name of the signer's key. */
export type LogParts = {
  readonly signer: Signer
  readonly files: Files
  readonly head: HeadRow
  readonly places: Places
  /** The most entries of one step. */
  readonly most: number
}

/** After a step: what is signed, how many entries it added, whether more facts wait, and the sources that stand still. */
export type Step = { readonly signed: Signed; readonly added: number; readonly more: boolean; readonly stopped: readonly Stopped[] }

/**
 * Takes a log one step on: places for facts → files for good → read back → the head moved → signed → published as pending. Each step first
 * compares everything that is kept apart (facts, head, files, what was signed), and finishes what an earlier one began and could not end; so
 * it makes no difference where the one before ended. Throws LogRefused where the parts do not belong together; nothing is signed then.
 */
export const step = async (parts: LogParts): Promise<Step> => {
  const { signer, files, places, most } = parts
  const { head, pending } = await agreedHead(parts)
  let signed = pending
  if (signed === null || signed.checkpoint.size < head.size) {
    signed = sign({ origin: signer.name, ...head }, signer)
    await publish(files, 'checkpoint.pending', signed)
  }
  let given = await places.size()
  const { seen, stopped } = given > head.size ? { seen: 1, stopped: [] } : await places.give(most)
  given = await places.size()
  if (given === head.size) return { signed, added: 0, more: seen > 0, stopped }

  const to = Math.min(given, head.size + most)
  const next = await extend(files, head, await places.entries(head.size, to))
  if (!(await parts.head.move(head, next))) throw new LogRefused(`Another process has moved ${signer.name} on from its ${head.size} entries`)
  signed = sign({ origin: signer.name, ...next }, signer)
  await publish(files, 'checkpoint.pending', signed)
  return { signed, added: to - head.size, more: true, stopped }
}

/** The head, when all that is kept apart agrees on it. */
const agreedHead = async ({ signer, files, head: row, places }: LogParts): Promise<{ head: Head; pending: Signed | null }> => {
  const origin = signer.name
  const [pending, cosigned, given, found] = await Promise.all([
    readSigned(files, 'checkpoint.pending', origin, signer.vkey),
    readSigned(files, 'checkpoint', origin, signer.vkey),
    places.size(),
    row.read(),
  ])
  if (found === null && (given > 0 || pending !== null || cosigned !== null))
    throw new LogRefused(
      `${origin} was begun before, and its checkpoint database knows nothing of it: it was lost, or restored from before. Restore the newest one`,
    )
  const head = found ?? (await row.begin())
  for (const signed of [pending, cosigned]) {
    if (signed === null) continue
    const { size, root } = signed.checkpoint
    if (size > head.size)
      throw new LogRefused(
        `${origin} was published with ${size} entries, and its checkpoint database knows ${head.size}: it was restored from an old backup. Nothing is signed`,
      )
    if (size === head.size && !sameBytes(root, head.root))
      throw new LogRefused(`${origin} was published with another history of ${size} entries than its checkpoint database has`)
  }
  if (given < head.size)
    throw new LogRefused(
      `${origin} has ${head.size} entries, and the audit database knows ${given} of them: it was restored from an old backup. Nothing is signed; restore a newer one`,
    )
  await edgeOf(files, head)
  if (head.size > 0) await sameLast(files, head.size, places, origin)
  return { head, pending }
}

/** Do the facts and the files tell the same of the last entry? It carries the hash of the one before it in its stream. */
const sameLast = async (files: Files, size: number, places: Places, origin: string): Promise<void> => {
  const [entry] = await places.entries(size - 1, size)
  const read = await hashesOnDisk(files, size, (hash) => hash(0, size - 1))
  if (!sameBytes(leafHash(utf8(entry as string)), read(0, size - 1)))
    throw new LogRefused(`${origin} has another entry ${size - 1} in its files than the audit database knows: they belong to different histories`)
}
