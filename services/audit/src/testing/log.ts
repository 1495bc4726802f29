import { textOf } from '@collegium/shared/evidence/bytes.ts'
import { parseCheckpoint } from '@collegium/shared/evidence/checkpoint.ts'
import { leafHash } from '@collegium/shared/evidence/digest.ts'
import { type Entry, parseEntry } from '@collegium/shared/evidence/entry.ts'
import { noteVerifier, openNote } from '@collegium/shared/evidence/note.ts'
import { decodeBundle, tilePath, tilesBetween } from '@collegium/shared/evidence/tiles.ts'
import { rootOfLeaves } from '@collegium/shared/evidence/tree.ts'
import { expect } from 'vitest'

/**
 * Reads a whole log as a stranger would, by nothing but its files, and holds it to its promises: the checkpoint is signed, its root is that of
 * all entries, and each stream's versions and hashes follow each other. Returns the entries.
 */
export const wholeLog = async (
  read: (path: string) => Promise<Uint8Array | null>,
  vkey: string,
  name: 'checkpoint' | 'checkpoint.pending' = 'checkpoint.pending',
): Promise<{ readonly size: number; readonly root: Uint8Array; readonly entries: readonly Entry[] }> => {
  const checkpoint = parseCheckpoint(openNote(textOf((await read(name)) as Uint8Array), [noteVerifier(vkey)]).text)
  if (checkpoint === null) throw new Error('no checkpoint')
  const { size, root } = checkpoint
  const texts: Uint8Array[] = []
  for (const tile of tilesBetween(0, size).filter(({ level }) => level === 'entries')) {
    const bytes = await read(tilePath(tile))
    if (bytes === null) throw new Error(`${tilePath(tile)} is missing`)
    texts.push(...decodeBundle(bytes, tile.width))
  }
  const hashes = texts.map(leafHash)
  expect(Buffer.from(rootOfLeaves(hashes)).equals(root), `the root of ${size} entries`).toBe(true)
  const entries = texts.map((text) => parseEntry(textOf(text)) as Entry)
  const heads = new Map<string, { version: number; leaf: string }>()
  for (const [index, entry] of entries.entries()) {
    const key = `${entry.source} ${entry.stream}`
    const head = heads.get(key) ?? { version: 0, leaf: '' }
    expect([entry.version, entry.prev], key).toEqual([`${head.version + 1}`, head.leaf])
    heads.set(key, { version: head.version + 1, leaf: Buffer.from(hashes[index] as Uint8Array).toString('base64') })
  }
  return { size, root, entries }
}
