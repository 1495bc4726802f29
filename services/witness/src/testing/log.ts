import { toBase64, utf8 } from '@collegium/shared/evidence/bytes.ts'
import { type Checkpoint, checkpointText } from '@collegium/shared/evidence/checkpoint.ts'
import { leafHash } from '@collegium/shared/evidence/digest.ts'
import { type Signer, signNote } from '@collegium/shared/evidence/note.ts'
import { consistencyProof, frontier, type ReadHash, rootOf } from '@collegium/shared/evidence/tree.ts'

/** A log for specs: entries are numbered, and from `forkAt` on they carry the fork's name. */
export const logOf = (signer: Signer, entries: number, fork = '', forkAt = 0) => {
  const hashes = new Map<string, Uint8Array>()
  const edge = frontier()
  for (let at = 0; at < entries; at++) {
    edge.append(leafHash(utf8(`entry ${at}${at < forkAt ? '' : fork}`)), (level, index, hash) => hashes.set(`${level} ${index}`, hash))
  }
  const read: ReadHash = (level, index) => {
    const hash = hashes.get(`${level} ${index}`)
    if (!hash) throw new RangeError(`no hash ${index} at level ${level}`)
    return hash
  }
  const checkpoint = (size: number): Checkpoint => ({ origin: signer.name, size, root: rootOf(size, read) })
  const note = (size: number): string => signNote(checkpointText(checkpoint(size)), [signer])
  const proof = (from: number, to: number): Uint8Array[] => consistencyProof(from, to, read)
  return {
    checkpoint,
    note,
    proof,
    /** The body of add-checkpoint, each part as it should be unless given. */
    request: (old: number, size: number, given: { proof?: readonly Uint8Array[]; note?: string } = {}): string =>
      [`old ${old}`, ...(given.proof ?? proof(old, size)).map(toBase64), '', given.note ?? note(size)].join('\n'),
  }
}
