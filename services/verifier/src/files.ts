import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type Tile, tilePath, tileWidth } from '@collegium/shared/evidence/tiles.ts'

/** The files of one log, from wherever: null and empty where there is nothing. Paths are those of the log's layout, with slashes. */
export type Files = { readonly read: (path: string) => Uint8Array | null; readonly list: (folder: string) => readonly string[] }

/** What is not there, or is a folder where a file belongs, is absent; what may not be read throws. */
const orAbsent = <T>(read: () => T, absent: T): T => {
  try {
    return read()
  } catch (cause) {
    if (['ENOENT', 'ENOTDIR', 'EISDIR'].includes((cause as NodeJS.ErrnoException).code ?? '')) return absent
    throw cause
  }
}

/** The files of a folder on disk: the log's own, or a mirror made with any web client. */
export const filesIn = (folder: string): Files => ({
  read: (path) => orAbsent(() => readFileSync(join(folder, path)), null),
  list: (path) => orAbsent(() => readdirSync(join(folder, path)), []),
})

/** The folders that hold a checkpoint: the folder itself, or those right in it. */
export const logFoldersIn = (folder: string): string[] => {
  const holdsLog = (path: string): boolean => orAbsent(() => statSync(join(path, 'checkpoint')).isFile(), false)
  if (holdsLog(folder)) return [folder]
  return orAbsent(() => readdirSync(folder), [])
    .sort()
    .map((name) => join(folder, name))
    .filter(holdsLog)
}

/** A file that holds at least a tile: as wide as asked, or wider where a mirror was made later than the checkpoint. */
export type Found = { readonly path: string; readonly bytes: Uint8Array; readonly width: number }

const widthsBeside = (files: Files, tile: Tile): number[] => {
  const full = tilePath({ ...tile, width: tileWidth })
  return files
    .list(`${full}.p`)
    .map(Number)
    .filter((width) => Number.isInteger(width) && width > 0 && width < tileWidth)
    .sort((a, b) => a - b)
}

/** The tile or bundle of entries: the exact file first, then the whole one, then the next wider. Null where no file has it. */
export const findTile = (files: Files, tile: Tile): Found | null => {
  const tryWidth = (width: number): Found | null => {
    const path = tilePath({ ...tile, width })
    const bytes = files.read(path)
    return bytes && { path, bytes, width }
  }
  const found = tryWidth(tile.width) ?? tryWidth(tileWidth)
  if (found) return found
  const wider = widthsBeside(files, tile).find((width) => width > tile.width)
  return wider === undefined ? null : tryWidth(wider)
}

/** What was published of the tile at other widths and still lies there. It must agree, or two histories were shown. */
export const othersOf = (files: Files, tile: Tile, found: Found): Found[] =>
  [...widthsBeside(files, tile), tileWidth]
    .filter((width) => width !== found.width)
    .flatMap((width) => {
      const path = tilePath({ ...tile, width })
      const bytes = files.read(path)
      return bytes ? [{ path, bytes, width }] : []
    })
