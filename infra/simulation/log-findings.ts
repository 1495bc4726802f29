import type { Recorded } from '../../shared/src/aggregate.ts'
import { sameBytes, textOf } from '../../shared/src/evidence/bytes.ts'
import { parseCheckpoint } from '../../shared/src/evidence/checkpoint.ts'
import { leafHash } from '../../shared/src/evidence/digest.ts'
import { entryOf, leafOf, parseEntry } from '../../shared/src/evidence/entry.ts'
import { noteVerifier, openNote } from '../../shared/src/evidence/note.ts'
import { decodeBundle, tilePath, tilesBetween } from '../../shared/src/evidence/tiles.ts'
import { rootOfLeaves } from '../../shared/src/evidence/tree.ts'
import type { Finding } from './finding.ts'
import { signer } from './log.ts'

export type Checkpoint = { readonly size: number; readonly root: Uint8Array }

/** I7: the log has every fact once, chained to its stream, in the order of its source; and everything that was ever signed is a beginning of it. */
export const logFindings = (
  facts: readonly Recorded[],
  { disk, shown, refused }: { readonly disk: ReadonlyMap<string, Uint8Array>; readonly shown: readonly Checkpoint[]; readonly refused: readonly string[] },
): Finding[] => {
  const found: string[] = refused.map((why) => `it refused to go on: ${why}`)
  try {
    found.push(...differences(facts, disk, shown))
  } catch (error) {
    found.push(`it cannot be read: ${(error as Error).message}`)
  }
  return [...new Set(found)].map((what) => ({ promise: 'log', what: `the log: ${what}` }))
}

const differences = (facts: readonly Recorded[], disk: ReadonlyMap<string, Uint8Array>, shown: readonly Checkpoint[]): string[] => {
  const found: string[] = []
  const file = (path: string): Uint8Array => {
    const bytes = disk.get(path)
    if (bytes === undefined) throw new Error(`${path} is missing`)
    return bytes
  }
  const checkpoint = parseCheckpoint(openNote(textOf(file('checkpoint.pending')), [noteVerifier(signer.vkey)]).text)
  if (checkpoint === null) return ['what it signed is no checkpoint']
  const texts = tilesBetween(0, checkpoint.size)
    .filter(({ level }) => level === 'entries')
    .flatMap((tile) => decodeBundle(file(tilePath(tile)), tile.width))
  const leaves = texts.map(leafHash)
  for (const { size, root } of [...shown, checkpoint])
    if (size > leaves.length || !sameBytes(rootOfLeaves(leaves.slice(0, size)), root)) found.push(`what it signed with ${size} entries is no beginning of it`)
  if (texts.length !== facts.length) found.push(`it has ${texts.length} entries for ${facts.length} facts`)

  const expected = new Map<string, string>()
  const heads = new Map<string, string>()
  for (const fact of facts) {
    const stream = `${fact.service}/${fact.stream}`
    const entry = entryOf(fact.bytes, heads.get(stream) ?? '')
    heads.set(stream, leafOf(entry))
    expected.set(`${fact.service}/${fact.shard}/${fact.position}`, entry)
  }
  const reached = new Map<string, number>()
  for (const [index, bytes] of texts.entries()) {
    const entry = parseEntry(textOf(bytes))
    const source = `${entry?.source}/${entry?.shard}`
    const position = (reached.get(source) ?? 0) + 1
    if (Number(entry?.position) !== position) found.push(`its entry ${index} has ${source}/${entry?.position} where ${position} belongs`)
    if (expected.get(`${source}/${entry?.position}`) !== textOf(bytes)) found.push(`its entry ${index} is not that of ${source}/${entry?.position}`)
    reached.set(source, Number(entry?.position))
  }
  return found
}
