import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { textOf } from '../evidence/bytes.ts'
import { parseCheckpoint } from '../evidence/checkpoint.ts'
import { parseEntry } from '../evidence/entry.ts'
import { splitNote } from '../evidence/note.ts'
import { decodeBundle, tileAt, tilePath, tileWidth } from '../evidence/tiles.ts'
import { linesOf } from './lines.ts'
import { type BundledSource, BundleFault, type Manifest, recordsPath } from './manifest.ts'

/** How many records of a bundle have their entry in its logs, how many wait for it, and of how many entries the bundle has no record. */
export type CheckedRecords = { readonly proved: number; readonly unsequenced: number; readonly elsewhere: number }

/**
 * Checks each record against the entry that the logs in the bundle hold of it, source by source in order. Throws a BundleFault (history-differs)
 * for a record that is another than the log says, stands elsewhere, or is missing from a whole bundle. Whether the logs are sound, `verify`
 * tells; who signed them is not looked at here.
 */
export const checkRecords = async (folder: string, manifest: Manifest, step: (done: number, total: number) => void = () => {}): Promise<CheckedRecords> => {
  const logs = existsSync(join(folder, 'log')) ? readdirSync(join(folder, 'log')).filter((name) => existsSync(join(folder, 'log', name, 'checkpoint'))) : []
  const sizes = new Map(logs.map((log) => [log, sizeOf(join(folder, 'log', log))]))
  const total = [...sizes.values()].reduce((sum, size) => sum + size, 0)
  const known = new Map(manifest.sources.map((source) => [`${source.service}/${source.shard}`, source]))
  let [proved, elsewhere, done] = [0, 0, 0]
  for (const [log, size] of sizes) {
    // Each log holds some of a source's facts, in their order: a cursor a source, and what it passes belongs to another log.
    const cursors = new Map<string, ReturnType<typeof cursorOver>>()
    for (const text of entriesOf(join(folder, 'log', log), size)) {
      if (++done % 10_000 === 0) step(done, total)
      const entry = parseEntry(text)
      if (entry === null) throw new BundleFault('history-differs', `log/${log} holds an entry that is none`)
      const name = `${entry.source}/${entry.shard}`
      const [source, position] = [known.get(name), Number(entry.position)]
      // The log went on while the bundle was written.
      if (source === undefined || position > source.head) {
        elsewhere += 1
        continue
      }
      if (!cursors.has(name)) cursors.set(name, cursorOver(folder, source))
      const record = await (cursors.get(name) as ReturnType<typeof cursorOver>)(position)
      if (record === null && manifest.scope.kind === 'all')
        throw new BundleFault('history-differs', `The bundle lacks the record ${name}/${position}, of which the log ${log} has an entry`)
      if (record === null) elsewhere += 1
      else if (createHash('sha256').update(record).digest('base64') !== entry.record)
        throw new BundleFault('history-differs', `The record ${name}/${position} is not the one that the log ${log} has an entry of`)
      else proved += 1
    }
  }
  // The same fact may stand in two logs.
  const facts = manifest.sources.reduce((sum, source) => sum + source.facts, 0)
  return { proved, unsequenced: Math.max(0, facts - proved), elsewhere }
}

const sizeOf = (folder: string): number => {
  const checkpoint = parseCheckpoint(splitNote(readFileSync(join(folder, 'checkpoint'), 'utf8')).text)
  if (!checkpoint) throw new BundleFault('damaged', `${folder}/checkpoint is not the checkpoint of a log`)
  return checkpoint.size
}

function* entriesOf(folder: string, size: number): Generator<string> {
  for (let at = 0; at < size; at += tileWidth) {
    const tile = tileAt('entries', at, size)
    for (const entry of decodeBundle(readFileSync(join(folder, tilePath(tile))), tile.width)) yield textOf(entry)
  }
}

/** Gives a source's records by ascending positions; null where it has none there. */
const cursorOver = (folder: string, source: BundledSource) => {
  const lines = linesOf(join(folder, recordsPath(source)))
  let ahead: { readonly position: number; readonly line: string } | null | undefined
  const next = async (): Promise<typeof ahead> => {
    const { value, done } = await lines.next()
    return done ? null : { position: (JSON.parse(value) as { position: number }).position, line: value }
  }
  return async (position: number): Promise<string | null> => {
    if (ahead === undefined) ahead = await next()
    while (ahead && ahead.position < position) ahead = await next()
    return ahead?.position === position ? ahead.line : null
  }
}
