import { textOf, utf8 } from '@collegium/shared/evidence/bytes.ts'
import { type Checkpoint, checkpointText, parseCheckpoint } from '@collegium/shared/evidence/checkpoint.ts'
import { noteVerifier, openNote, type Signer, signNote } from '@collegium/shared/evidence/note.ts'
import { type Files, writeForGood } from './files.ts'
import { LogRefused } from './refused.ts'

/** What the log has signed: `checkpoint` cosigned by as many witnesses as the policy wants, `checkpoint.pending` by itself alone. */
export type Published = 'checkpoint' | 'checkpoint.pending'

export type Signed = { readonly note: string; readonly checkpoint: Checkpoint }

export const sign = (checkpoint: Checkpoint, signer: Signer): Signed => ({ note: signNote(checkpointText(checkpoint), [signer]), checkpoint })

/** What stands in a file. Null where there is none; throws LogRefused for anything that this log's key has not signed. */
export const readSigned = async (files: Files, name: Published, origin: string, vkey: string): Promise<Signed | null> => {
  const bytes = await files.read(name)
  if (bytes === null) return null
  try {
    const note = textOf(bytes)
    const checkpoint = parseCheckpoint(openNote(note, [noteVerifier(vkey)]).text)
    if (checkpoint?.origin !== origin) throw new Error(`it is none of ${origin}`)
    return { note, checkpoint }
  } catch (error) {
    throw new LogRefused(`The file ${name} of ${origin} is not one that this log signed: ${(error as Error).message}`)
  }
}

export const publish = (files: Files, name: Published, { note }: Signed): Promise<void> => writeForGood(files, [[name, utf8(note)]])
