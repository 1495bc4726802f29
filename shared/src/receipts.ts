import { fromBase64, utf8 } from './evidence/bytes.ts'
import { noteSignature, noteSignerOf, parseSkey, signatureLine, signNote } from './evidence/note.ts'
import { receiptText } from './evidence/receipt.ts'
import { signingAside } from './evidence/signature.ts'

/** How long the log may take from the acceptance of a fact to the entry that proves it. */
const mergeSeconds = 60

/** Signs, for those whose commands were accepted, that the facts will stand in the log. */
export type Receipts = {
  /** The public key, as the text that a policy carries. */
  readonly vkey: string
  /** The log that the receipts speak of. */
  readonly origin: string
  /** The note about a leaf hash (base64) that was accepted at a moment. The same fact has the same receipt, however often it is asked for. */
  readonly sign: (leaf: string, accepted: string) => Promise<string>
  /** The note of another text, whose first line must be no receipt's. */
  readonly signText: (text: string) => string
}

/** Receipts signed by a private key's text, for the log `<name>/events`. Throws where the key belongs to another log's name. */
export const receiptsOf = (skey: string, logName: string): Receipts => {
  const signer = noteSignerOf(skey)
  if (signer.name !== `${logName}/receipts`) throw new Error(`The key of receipts is that of ${signer.name}; this log wants ${logName}/receipts`)
  const origin = `${logName}/events`
  // A signature takes as long as a fifth of a command: another thread makes it.
  const sign = signingAside(parseSkey(skey, noteSignature).seed)
  return {
    vkey: signer.vkey,
    origin,
    signText: (text) => signNote(text, [signer]),
    sign: async (leafText, accepted) => {
      const leaf = fromBase64(leafText)
      if (leaf === null) throw new TypeError(`${leafText} is no leaf hash`)
      const seconds = Math.floor(Date.parse(accepted) / 1_000)
      const text = receiptText({ origin, leaf, accepted: seconds, mergeBy: seconds + mergeSeconds })
      const signature = await sign(utf8(text))
      return `${text}\n${signatureLine(text, { ...signer, sign: () => signature })}`
    },
  }
}
