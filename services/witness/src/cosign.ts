import { sameBytes } from '@collegium/shared/evidence/bytes.ts'
import { type Checkpoint, parseCheckpoint } from '@collegium/shared/evidence/checkpoint.ts'
import { type NoteFault, openNote, type Signer, signatureLine, splitNote, type Verifier } from '@collegium/shared/evidence/note.ts'
import { emptyRoot, isConsistent } from '@collegium/shared/evidence/tree.ts'
import type { Memory } from './memory.ts'
import { parseRequest, type Request } from './request.ts'

export type Answer = { readonly status: 200 | 400 | 403 | 404 | 409 | 422; readonly text: string }

/** The checkpoint that a log stands at for this witness; nothing cosigned yet is the empty log. */
export const heldOf = (memory: Memory, origin: string): Checkpoint => {
  const note = memory.held(origin)
  if (note === null) return { origin, size: 0, root: emptyRoot() }
  const checkpoint = parseCheckpoint(splitNote(note).text, 'allowed')
  if (checkpoint?.origin !== origin) throw new Error(`the memory of ${origin} is damaged: this witness must not go on`)
  return checkpoint
}

/** Why a checkpoint cannot be cosigned after what is held, or null. */
const contradiction = ({ old, proof, checkpoint }: Request, held: Checkpoint): string | null => {
  if (checkpoint.size === 0 && !sameBytes(checkpoint.root, emptyRoot())) return 'a log without entries has another root'
  if (checkpoint.size === held.size && !sameBytes(checkpoint.root, held.root)) return `another log of ${held.size} entries was cosigned`
  const is = isConsistent({ from: old, fromRoot: held.root, to: checkpoint.size, toRoot: checkpoint.root, proof })
  return is ? null : `the proof does not lead from the ${old} entries cosigned to these ${checkpoint.size}`
}

/**
 * Answers add-checkpoint of c2sp.org/tlog-witness: compares with what is held, holds the new checkpoint, and only then gives the cosignature
 * away. A request that its log signed and that contradicts what is held is kept.
 */
export const addCheckpoint = (body: Uint8Array, given: { logs: readonly Verifier[]; signer: Signer; memory: Memory; now: () => number }): Answer => {
  const { logs, signer, memory } = given
  let request: Request
  try {
    request = parseRequest(body)
  } catch (cause) {
    return { status: 400, text: `${(cause as Error).message}\n` }
  }
  const { old, note, text, checkpoint } = request
  const { origin, size } = checkpoint
  const keys = logs.filter(({ name }) => name === origin)
  if (keys.length === 0) return { status: 404, text: 'this witness does not know that log\n' }
  let lines: string[]
  try {
    lines = openNote(note, keys).signatures.map(({ line }) => line)
  } catch (cause) {
    return { status: 403, text: `${(cause as NoteFault).message}\n` }
  }
  return memory.alone(() => {
    const held = heldOf(memory, origin)
    const forked = size === held.size && !sameBytes(checkpoint.root, held.root)
    const why = old === held.size || forked ? contradiction(request, held) : null
    if (why !== null) {
      const at = new Date(given.now()).toISOString()
      memory.keep({ at, origin, why, request: new TextDecoder().decode(body), held: memory.held(origin) })
    }
    if (old !== held.size) return { status: 409, text: `${held.size}\n` }
    if (why !== null) return { status: 422, text: `${why}\n` }
    const cosignature = signatureLine(text, signer)
    memory.hold(origin, `${text}\n${lines.join('')}${cosignature}`)
    return { status: 200, text: cosignature }
  })
}
