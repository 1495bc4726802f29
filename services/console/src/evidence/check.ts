import { textOf, toBase64, utf8 } from '@collegium/shared/evidence/bytes.ts'
import { leafHash, sha256 } from '@collegium/shared/evidence/digest.ts'
import { type Entry, parseEntry } from '@collegium/shared/evidence/entry.ts'
import { NoteFault, noteVerifier } from '@collegium/shared/evidence/note.ts'
import { type Policy, PolicyFault, parsePolicy } from '@collegium/shared/evidence/policy.ts'
import { ProofFault, readProof, verifyProof } from '@collegium/shared/evidence/proof.ts'
import { openReceipt } from '@collegium/shared/evidence/receipt.ts'
import { canonical } from '@collegium/shared/store/canonical.ts'

/** By whose keys something is checked. */
export type Trust = { readonly policy: string; readonly receipts: string }

export type Proved = {
  readonly kind: 'proof'
  readonly origin: string
  readonly index: number
  readonly size: number
  readonly root: string
  /** Null where the proof is of something that is no entry of ours. */
  readonly entry: Entry | null
  /** Witness and seconds since 1970. */
  readonly cosigned: readonly (readonly [name: string, time: number])[]
}
export type Promised = {
  readonly kind: 'receipt'
  readonly origin: string
  readonly leaf: string
  readonly accepted: number
  readonly mergeBy: number
  readonly note: string
}

/** Why nothing can be believed; `why` is for those who look closer. */
export type Faulty = {
  readonly kind: 'fault'
  readonly code: 'unknown' | 'form' | 'place' | 'quorum' | 'forged' | 'unsigned' | 'no-entry' | 'policy'
  readonly why: string
}

export type Verdict = Proved | Promised | Faulty

const fault = (code: Faulty['code'], why = ''): Faulty => ({ kind: 'fault', code, why })

/** Checks a proof, or a receipt, or an answer of the API with a receipt in it. Here and now: nothing is asked of anybody. */
export const checkText = (text: string, trust: Trust): Verdict => {
  const note = noteIn(text)
  try {
    if (note.startsWith('c2sp.org/tlog-proof')) return checkProof(note, parsePolicy(trust.policy))
    if (note.startsWith('collegium-receipt/')) return checkReceipt(note, trust.receipts)
    return fault('unknown')
  } catch (cause) {
    return faultOf(cause)
  }
}

/** Whether a record is the one that an entry speaks of, byte by byte in its canonical form. */
export const isRecordOf = (record: unknown, entry: Entry): boolean => entry.record === toBase64(sha256(utf8(canonical(record))))

const noteIn = (text: string): string => {
  const lines = text.replaceAll('\r\n', '\n').trim()
  if (lines.startsWith('{')) {
    try {
      const { receipt, proof } = JSON.parse(lines)
      const held: unknown = receipt ?? proof?.proof
      if (typeof held === 'string') return held
    } catch {}
  }
  return `${lines}\n`
}

const checkProof = (text: string, policy: Policy): Verdict => {
  const proof = readProof(text)
  if (!proof.extra) return fault('no-entry')
  const { checkpoint, cosigned } = verifyProof(proof, leafHash(proof.extra), policy)
  const { origin, size, root } = checkpoint
  return { kind: 'proof', origin, index: proof.index, size, root: toBase64(root), entry: parseEntry(textOf(proof.extra)), cosigned: [...cosigned] }
}

const checkReceipt = (note: string, vkey: string): Verdict => {
  const { origin, leaf, accepted, mergeBy } = openReceipt(note, [noteVerifier(vkey)])
  return { kind: 'receipt', origin, leaf: toBase64(leaf), accepted, mergeBy, note }
}

const faultOf = (cause: unknown): Faulty => {
  const why = (cause as Error).message
  if (cause instanceof ProofFault) return fault(cause.kind, why)
  if (cause instanceof NoteFault) return fault(({ malformed: 'form', 'false-signature': 'forged', unsigned: 'unsigned' } as const)[cause.kind], why)
  if (cause instanceof PolicyFault || cause instanceof TypeError) return fault('policy', why)
  throw cause
}
