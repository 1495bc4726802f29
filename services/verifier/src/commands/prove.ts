import { writeFileSync } from 'node:fs'
import { textOf } from '@collegium/shared/evidence/bytes.ts'
import { parseCheckpoint } from '@collegium/shared/evidence/checkpoint.ts'
import { leafHash } from '@collegium/shared/evidence/digest.ts'
import { splitNote } from '@collegium/shared/evidence/note.ts'
import { writeProof } from '@collegium/shared/evidence/proof.ts'
import { decodeBundle, hashesIn, tileAt, tileWidth } from '@collegium/shared/evidence/tiles.ts'
import { inclusionProof, isIncluded } from '@collegium/shared/evidence/tree.ts'
import { type Command, type Given, type Report, Unreadable, wordAt } from '../command.ts'
import { type Files, findTile } from '../files.ts'
import { checkpointIn, type Log, logsIn, policyOf } from '../reading.ts'
import { type FoundEntry, findEntry, tilesOf } from '../search.ts'

/** `prove ID DIR`: the proof of one fact, with the entry itself in it, for whoever has neither the log nor a network. */
export const prove: Command = {
  name: 'prove',
  usage: 'ID|SERVICE/SHARD/POSITION|SERVICE/RECORD/VERSION DIR [-o FILE] [--policy FILE]',
  options: { policy: { type: 'string' }, output: { type: 'string', short: 'o' } },
  run: (given): Report => {
    const wanted = wordAt(given, 0, 'ID')
    const policy = given.option('policy') === undefined ? null : policyOf(given)
    for (const log of logsIn(wordAt(given, 1, 'DIR'))) {
      const opened = policy && checkpointIn(log, policy)
      if (opened && !('checkpoint' in opened)) return { facts: [], findings: [{ ...opened, where: log.folder }] }
      const report = provedIn(given, log, wanted)
      if (report) return opened ? report : { ...report, facts: [...report.facts, { code: 'signatures-unseen', values: {} }] }
    }
    return { facts: [], findings: [{ code: 'not-in-the-log', where: given.words[1] as string, values: { wanted } }] }
  },
}

/** Null where the fact is not in this log. */
const provedIn = (given: Given, { folder, files }: Log, wanted: string): Report | null => {
  const note = textOf(files.read('checkpoint') as Uint8Array)
  const checkpoint = parseCheckpoint(splitNote(note).text)
  if (!checkpoint) throw new Unreadable(`${folder}/checkpoint`)
  const found = findEntry(files, checkpoint.size, wanted, (done) => given.step(checkpoint.origin, done, checkpoint.size))
  if (!found) return null
  const proof = proofOf(files, note, found)
  if (proof === null) return { facts: [], findings: [{ code: 'tile-differs', where: folder, values: {} }] }
  const facts = [{ code: 'proof', values: { origin: checkpoint.origin, index: found.index, size: checkpoint.size } }]
  const path = given.option('output')
  if (path === undefined) return { facts, findings: [], output: proof }
  writeFileSync(path, proof)
  return { facts: [...facts, { code: 'written', values: { path } }], findings: [] }
}

/** The proof of an entry by the log's tiles and its signed checkpoint; null where tiles and checkpoint do not agree. */
const proofOf = (files: Files, note: string, { index, bytes }: FoundEntry): string | null => {
  const checkpoint = parseCheckpoint(splitNote(note).text)
  if (!checkpoint) return null
  const { size, root } = checkpoint
  const hashes = inclusionProof(index, size, hashesIn(size, tilesOf(files)))
  const holds = isIncluded({ leaf: leafHash(bytes), index, size, root, proof: hashes })
  return holds ? writeProof({ extra: bytes, index, hashes, checkpoint: note }) : null
}

/** The proof of the entry at an index, of a log that is at hand and sound. Throws a RangeError where it is neither. */
export const proofAt = (files: Files, index: number): string => {
  const note = textOf(files.read('checkpoint') ?? new Uint8Array(0))
  const size = parseCheckpoint(splitNote(note).text)?.size ?? 0
  const tile = tileAt('entries', index, size)
  const bytes = decodeBundle(findTile(files, tile)?.bytes ?? new Uint8Array(0), tile.width)[index % tileWidth]
  const proof = bytes ? proofOf(files, note, { index, bytes }) : null
  if (proof === null) throw new RangeError(`The log cannot prove its entry ${index}`)
  return proof
}
