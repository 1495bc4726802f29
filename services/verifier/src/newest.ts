import { textOf } from '@collegium/shared/evidence/bytes.ts'
import { parseEntry } from '@collegium/shared/evidence/entry.ts'
import { decodeBundle, tileAt } from '@collegium/shared/evidence/tiles.ts'
import { type Files, findTile } from './files.ts'

/** When the last of the log's entries was recorded, in seconds since 1970; null where that cannot be seen. */
export const newestIn = (files: Files, size: number): number | null => {
  if (size === 0) return null
  const tile = tileAt('entries', size - 1, size)
  const found = findTile(files, tile)
  const bytes = found && decodeBundle(found.bytes, found.width)[tile.width - 1]
  const entry = bytes && parseEntry(textOf(bytes))
  return entry ? Date.parse(entry.recorded) / 1000 : null
}
