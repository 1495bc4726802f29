import { decimalOf, digestOf, textOf } from '@collegium/shared/evidence/bytes.ts'
import { type Checkpoint, parseCheckpoint } from '@collegium/shared/evidence/checkpoint.ts'
import { splitNote } from '@collegium/shared/evidence/note.ts'

/** What a log asks: that its checkpoint (a signed note, nothing of it checked yet) be cosigned, which continues a tree of `old` entries. */
export type Request = {
  readonly old: number
  readonly proof: readonly Uint8Array[]
  readonly note: string
  readonly text: string
  readonly checkpoint: Checkpoint
}

const mostHashes = 63

/** Reads the body of add-checkpoint. Throws an error that says what is malformed. */
export const parseRequest = (body: Uint8Array): Request => {
  const whole = textOf(body)
  const end = whole.indexOf('\n\n')
  if (end < 0) throw new Error('no blank line before the checkpoint')
  const [first = '', ...lines] = whole.slice(0, end).split('\n')
  const old = first.startsWith('old ') ? decimalOf(first.slice('old '.length)) : null
  if (old === null) throw new Error('the first line is not "old" and a size')
  if (lines.length > mostHashes) throw new Error(`more than ${mostHashes} hashes`)
  const proof = lines.map((line) => {
    const hash = digestOf(line)
    if (!hash) throw new Error('a line of the proof is not 32 bytes of base64')
    return hash
  })
  const note = whole.slice(end + 2)
  const { text } = splitNote(note)
  const checkpoint = parseCheckpoint(text, 'allowed')
  if (!checkpoint) throw new Error('the note is not a checkpoint')
  if (old > checkpoint.size) throw new Error(`the old size ${old} is larger than the checkpoint’s ${checkpoint.size}`)
  return { old, proof, note, text, checkpoint }
}
