import { toBase64, utf8 } from '@collegium/shared/evidence/bytes.ts'
import { sha256 as hash } from '@noble/hashes/sha2.js'

/** The same as shared/src/evidence/digest.ts, for browsers: their own hashing only answers later, and these formats are read at once. */

const leafPrefix = Uint8Array.of(0)
const nodePrefix = Uint8Array.of(1)

/** SHA-256, 32 bytes. */
export const sha256 = (bytes: Uint8Array): Uint8Array => hash(bytes)

/** The RFC 6962 hash of a log entry. */
export const leafHash = (entry: Uint8Array): Uint8Array => hash.create().update(leafPrefix).update(entry).digest()

/** The RFC 6962 hash of a node over two others. */
export const nodeHash = (left: Uint8Array, right: Uint8Array): Uint8Array => hash.create().update(nodePrefix).update(left).update(right).digest()

/** SHA-256 of a text's UTF-8 bytes, in base64. */
export const digestText = (text: string): string => toBase64(hash(utf8(text)))

/** The same as `leafHash`, from the entry's text and in base64. */
export const leafText = (entry: string): string => digestText(`\0${entry}`)
