import { decimalOf, digestOf, toBase64 } from './bytes.ts'
import { NoteFault, openNote, type Signer, signNote, type Verifier } from './note.ts'

/** A service's promise that a fact will stand in a log: its leaf hash, when it was accepted and by when it is merged (seconds since 1970). */
export type Receipt = { readonly origin: string; readonly leaf: Uint8Array; readonly accepted: number; readonly mergeBy: number }

/** Another first line than any other note has: no signature can be used as one of another kind. */
const firstLine = 'collegium-receipt/v1'

/** What is signed of a receipt: five lines. */
export const receiptText = ({ origin, leaf, accepted, mergeBy }: Receipt): string => `${firstLine}\n${origin}\n${toBase64(leaf)}\n${accepted}\n${mergeBy}\n`

/** The receipt as a signed note. */
export const signReceipt = (receipt: Receipt, signer: Signer): string => signNote(receiptText(receipt), [signer])

/** Opens a receipt that one of the verifiers signed. Throws a NoteFault. */
export const openReceipt = (note: string, verifiers: readonly Verifier[]): Receipt => {
  const { text } = openNote(note, verifiers)
  const [first, origin = '', leafText = '', acceptedText = '', mergeText = '', ...rest] = text.split('\n')
  const [leaf, accepted, mergeBy] = [digestOf(leafText), decimalOf(acceptedText), decimalOf(mergeText)]
  if (first !== firstLine || origin === '' || leaf === null || accepted === null || mergeBy === null || rest.join('\n') !== '') {
    throw new NoteFault('malformed', `A receipt begins with ${firstLine} and has five lines`)
  }
  return { origin, leaf, accepted, mergeBy }
}
