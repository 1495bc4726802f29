import { fromBase64, joined, toBase64, toHex, utf8 } from './bytes.ts'
import { sha256 } from './digest.ts'
import { keyPairOf, signatureCheck } from './signature.ts'

/** Signed notes (c2sp.org/signed-note): a text, a blank line, and a line a signature. */

/** What a key signs: 0x01 = the text of any note, 0x04 = a checkpoint's cosignature with a time. */
export const noteSignature = 0x01
export const cosignatureV1 = 0x04

/** Who signs a note: `sign` gives the bytes that follow the key's id. */
export type Signer = { readonly name: string; readonly id: string; readonly vkey: string; readonly sign: (text: string) => Uint8Array }

/** Who checks one key's signatures. */
export type Verifier = {
  readonly name: string
  readonly id: string
  readonly vkey: string
  readonly type: number
  readonly publicKey: Uint8Array
  readonly verify: (text: string, signature: Uint8Array) => boolean
}

/** A signature line: `id` is the key's, 8 hexadecimal digits; `line` the whole line with its newline. */
export type NoteSignature = { readonly name: string; readonly id: string; readonly signature: Uint8Array; readonly line: string }

/** What is wrong with a note: its form, nobody known signed it, or a known key's signature is false. */
export class NoteFault extends Error {
  readonly kind: 'malformed' | 'unsigned' | 'false-signature'

  constructor(kind: NoteFault['kind'], message: string) {
    super(message)
    this.kind = kind
  }
}

const malformed = (message: string): NoteFault => new NoteFault('malformed', message)

/** Bounds of what is read: signatures a note, characters a note. */
const mostSignatures = 100
const mostCharacters = 1_000_000

/** Whether a key may have this name: not empty, no space of any kind, no plus. */
export const isKeyName = (name: string): boolean => name !== '' && !/[\p{White_Space}+]/u.test(name) && isText(name)

/** Well-formed Unicode without control characters below U+0020, newlines apart. */
const isText = (text: string): boolean => {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) < 0x20 && text[at] !== '\n') return false
  return text.isWellFormed()
}

/** The id of a key: the first four bytes of the digest over its name, type and public key, as 8 hexadecimal digits. */
export const keyId = (name: string, type: number, publicKey: Uint8Array): string =>
  toHex(sha256(joined(utf8(`${name}\n`), Uint8Array.of(type), publicKey)).subarray(0, 4))

/** The text of a public key: `<name>+<id>+<base64 of type and key>`. Throws a TypeError for a name that no key can have. */
export const vkeyOf = (name: string, type: number, publicKey: Uint8Array): string => {
  if (!isKeyName(name)) throw new TypeError(`A key cannot be called "${name}": no spaces, no plus, not empty`)
  return `${name}+${keyId(name, type, publicKey)}+${toBase64(joined(Uint8Array.of(type), publicKey))}`
}

/** The text of a private key: `PRIVATE+KEY+<name>+<id>+<base64 of type and 32 bytes>`. */
export const skeyOf = (name: string, type: number, seed: Uint8Array): string =>
  `PRIVATE+KEY+${name}+${keyId(name, type, keyPairOf(seed).publicKey)}+${toBase64(joined(Uint8Array.of(type), seed))}`

const keyParts = (text: string): { name: string; id: string; type: number; key: Uint8Array } => {
  const [name = '', id = '', ...rest] = text.split('+')
  const bytes = fromBase64(rest.join('+'))
  if (!isKeyName(name) || !/^[0-9a-f]{8}$/.test(id) || bytes?.length !== 33) throw new TypeError('A key is written <name>+<8 hex digits>+<base64 of 33 bytes>')
  return { name, id, type: bytes[0] as number, key: bytes.subarray(1) }
}

/** Reads a public key of the type. Throws a TypeError that says what is wrong, for another type, and for an id that is not the key's. */
export const parseVkey = (vkey: string, type: number): Omit<Verifier, 'verify'> => {
  const { name, id, type: found, key } = keyParts(vkey)
  if (found !== type) throw new TypeError(`${name}: a key of type ${found} where one of type ${type} belongs`)
  if (id !== keyId(name, type, key)) throw new TypeError(`${name}: the id ${id} is not that of the key`)
  return { name, id, vkey, type, publicKey: key }
}

/** Reads a private key of the type: its name and its 32 bytes. Throws a TypeError that never shows the key. */
export const parseSkey = (skey: string, type: number): { readonly name: string; readonly seed: Uint8Array } => {
  const head = 'PRIVATE+KEY+'
  if (!skey.startsWith(head)) throw new TypeError(`A private key begins with ${head}`)
  const { name, id, type: found, key } = keyParts(skey.slice(head.length))
  if (found !== type) throw new TypeError(`${name}: a private key of type ${found} where one of type ${type} belongs`)
  if (id !== keyId(name, type, keyPairOf(key).publicKey)) throw new TypeError(`${name}: the id ${id} is not that of the private key`)
  return { name, seed: key }
}

/** Signs notes by a private key of 32 bytes. */
export const noteSigner = (name: string, seed: Uint8Array): Signer => {
  const pair = keyPairOf(seed)
  const vkey = vkeyOf(name, noteSignature, pair.publicKey)
  return { name, id: keyId(name, noteSignature, pair.publicKey), vkey, sign: (text) => pair.sign(utf8(text)) }
}

/** Signs notes by the text of a private key. */
export const noteSignerOf = (skey: string): Signer => {
  const { name, seed } = parseSkey(skey, noteSignature)
  return noteSigner(name, seed)
}

/** Checks notes by the text of a public key. */
export const noteVerifier = (vkey: string): Verifier => {
  const key = parseVkey(vkey, noteSignature)
  const check = signatureCheck(key.publicKey)
  return { ...key, verify: (text, signature) => check(utf8(text), signature) }
}

/** The signature line of a signer under a text, with its newline. */
export const signatureLine = (text: string, { name, id, sign }: Signer): string => {
  const idBytes = Uint8Array.from([0, 2, 4, 6], (at) => Number.parseInt(id.slice(at, at + 2), 16))
  return `— ${name} ${toBase64(joined(idBytes, sign(text)))}\n`
}

/** The note: the text and a signature by each. Throws a NoteFault for a text that no note can have. */
export const signNote = (text: string, signers: readonly Signer[]): string => {
  if (!text.endsWith('\n') || !isText(text)) throw malformed('A note’s text ends with a newline and holds no other control character')
  return `${text}\n${signers.map((signer) => signatureLine(text, signer)).join('')}`
}

/** Splits a note without checking any signature: its text is not to be believed yet. Throws a NoteFault (malformed). */
export const splitNote = (note: string): { readonly text: string; readonly signatures: readonly NoteSignature[] } => {
  if (note.length > mostCharacters) throw malformed(`A note has at most ${mostCharacters} characters`)
  if (!isText(note)) throw malformed('A note holds a control character, or is not Unicode')
  const end = note.lastIndexOf('\n\n')
  if (end < 0) throw malformed('A note has a blank line between its text and its signatures')
  const lines = note.slice(end + 2).split('\n')
  if (lines.pop() !== '' || lines.length === 0) throw malformed('A note ends with a signature line and its newline')
  if (lines.length > mostSignatures) throw malformed(`A note has at most ${mostSignatures} signatures`)
  return { text: note.slice(0, end + 1), signatures: lines.map(readSignature) }
}

const readSignature = (line: string): NoteSignature => {
  const [dash, name = '', base64 = '', ...rest] = line.split(' ')
  const bytes = fromBase64(base64)
  if (dash !== '—' || rest.length > 0 || !isKeyName(name) || !bytes || bytes.length < 5) throw malformed(`This is not a signature line: ${line.slice(0, 200)}`)
  return { name, id: toHex(bytes.subarray(0, 4)), signature: bytes.subarray(4), line: `${line}\n` }
}

/**
 * Opens a note that at least one of the verifiers signed; `signatures` are those that were checked and hold. Signatures by unknown keys are
 * passed over. Throws a NoteFault: malformed, false-signature (of a known key), unsigned (by any known key).
 */
export const openNote = (
  note: string,
  verifiers: readonly Verifier[],
): { readonly text: string; readonly signatures: readonly (NoteSignature & { readonly by: Verifier })[] } => {
  const { text, signatures } = splitNote(note)
  const found = signatures.flatMap((signature) => {
    const by = verifiers.find(({ name, id }) => name === signature.name && id === signature.id)
    if (!by) return []
    if (!by.verify(text, signature.signature)) throw new NoteFault('false-signature', `The signature by ${by.name} does not belong to this text`)
    return [{ ...signature, by }]
  })
  if (found.length === 0) throw new NoteFault('unsigned', 'No known key signed this')
  return { text, signatures: found }
}
