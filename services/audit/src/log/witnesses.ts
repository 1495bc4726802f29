import { decimalOf, toBase64 } from '@collegium/shared/evidence/bytes.ts'
import type { Checkpoint } from '@collegium/shared/evidence/checkpoint.ts'
import { cosignatureVerifier, cosignedAt } from '@collegium/shared/evidence/cosignature.ts'
import { openNote, splitNote } from '@collegium/shared/evidence/note.ts'

/** Where a witness answers, and what to call it. With its public key, nothing but its own true cosignature is taken from it. */
export type Witness = { readonly url: string; readonly name: string; readonly vkey?: string }

/** A witness that did not cosign: its HTTP status (0 = not reached, or no usable answer) and what it said. 422 is an alarm: it holds another history. */
export type Refusal = { readonly witness: string; readonly status: number; readonly text: string }

export type Wanted = {
  readonly note: string
  readonly checkpoint: Checkpoint
  readonly witnesses: readonly Witness[]
  readonly consistencyProof: (from: number) => Promise<readonly Uint8Array[]>
  /** For each witness, all its answers together. */
  readonly timeoutMs: number
}

/** How often a witness is asked anew from the size that it answers; others may submit to it meanwhile. */
const mostTurns = 4
const mostCharacters = 65_536

/** What each witness held last, so that it need not be asked from nothing first; a wrong guess costs one more question. */
const heldLast = new Map<string, number>()

/** The body of an answer, cut where it is longer than any cosignature. */
const shortText = async (answer: Response): Promise<string> => {
  let text = ''
  const decoder = new TextDecoder()
  for await (const chunk of answer.body ?? []) {
    text += decoder.decode(chunk, { stream: true })
    if (text.length > mostCharacters) break
  }
  return text.slice(0, mostCharacters)
}

/** The cosignature lines of an answer. Throws where it has none, or a false one. */
const linesOf = (text: string, answer: string, { name, vkey }: Witness): string[] => {
  const note = `${text}\n${answer}`
  const signatures = vkey === undefined ? splitNote(note).signatures : openNote(note, [cosignatureVerifier(vkey)]).signatures
  const lines = signatures.filter(({ signature }) => cosignedAt(signature) !== null).map(({ line }) => line)
  if (lines.length === 0) throw new Error(`${name} answered no cosignature`)
  return lines
}

const cosign = async (witness: Witness, { note, checkpoint, consistencyProof, timeoutMs }: Wanted): Promise<{ lines: string[] } | Refusal> => {
  const signal = AbortSignal.timeout(timeoutMs)
  const key = `${witness.url} ${checkpoint.origin}`
  let old = Math.min(heldLast.get(key) ?? 0, checkpoint.size)
  let refusal: Refusal = { witness: witness.name, status: 409, text: 'it held another size each time' }
  for (let turn = 0; turn < mostTurns; turn++) {
    const proof = await consistencyProof(old)
    const answer = await fetch(`${witness.url.replace(/\/+$/, '')}/add-checkpoint`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain; charset=utf-8' },
      body: [`old ${old}`, ...proof.map(toBase64), '', note].join('\n'),
      redirect: 'error',
      signal,
    })
    const text = await shortText(answer)
    if (answer.status === 200) {
      const lines = linesOf(splitNote(note).text, text, witness)
      heldLast.set(key, checkpoint.size)
      return { lines }
    }
    refusal = { witness: witness.name, status: answer.status, text: text.trim() }
    const held = answer.status === 409 ? decimalOf(text.trim()) : null
    // Ahead of this checkpoint means that a later one has been cosigned already.
    if (held === null || held > checkpoint.size || held === old) return refusal
    old = held
  }
  return refusal
}

/**
 * Asks all witnesses at once to cosign a signed checkpoint; `consistencyProof` proves that it continues the log of a size. Gives the signature
 * lines to put under the note, and who did not cosign and why; it throws for nobody's sake.
 */
export const collectCosignatures = async (wanted: Wanted): Promise<{ lines: string[]; refusals: Refusal[] }> => {
  const answers = await Promise.all(
    wanted.witnesses.map((witness) =>
      cosign(witness, wanted).catch((cause: Error & { cause?: unknown }): Refusal => {
        const why = cause.cause instanceof Error ? `${cause.message}: ${cause.cause.message}` : cause.message
        return { witness: witness.name, status: 0, text: why }
      }),
    ),
  )
  return {
    lines: answers.flatMap((answer) => ('lines' in answer ? answer.lines : [])),
    refusals: answers.flatMap((answer) => ('lines' in answer ? [] : [answer])),
  }
}
