import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseCheckpoint } from '../../shared/src/evidence/checkpoint.ts'
import { splitNote } from '../../shared/src/evidence/note.ts'
import { tilePath, tilesBetween } from '../../shared/src/evidence/tiles.ts'
import type { BundleWriter } from './writer.ts'

/** Copies what the audit logs have published: each log as of its checkpoint, the policy and the public keys. Nothing where there is no log. */
export const copyLog = async (writer: BundleWriter, folder: string): Promise<void> => {
  if (!existsSync(folder)) return
  for (const name of ['policy', 'keys.json']) if (existsSync(join(folder, name))) await writer.copy(join(folder, name), `log/${name}`)
  for (const log of readdirSync(folder).sort()) {
    const checkpoint = join(folder, log, 'checkpoint')
    if (!existsSync(checkpoint)) continue
    // The log may grow meanwhile: the checkpoint is read once, and names the files.
    const note = readFileSync(checkpoint, 'utf8')
    const size = parseCheckpoint(splitNote(note).text)?.size
    if (size === undefined) throw new Error(`${checkpoint} is not the checkpoint of a log`)
    for (const tile of tilesBetween(0, size)) await writer.copy(join(folder, log, tilePath(tile)), `log/${log}/${tilePath(tile)}`)
    await writer.text(`log/${log}/checkpoint`, note)
  }
}
