import { createHash, hash } from 'node:crypto'

const leafPrefix = Uint8Array.of(0)
const nodePrefix = Uint8Array.of(1)

/** SHA-256, 32 bytes. */
export const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest()

/** The RFC 6962 hash of a log entry. */
export const leafHash = (entry: Uint8Array): Uint8Array => createHash('sha256').update(leafPrefix).update(entry).digest()

/** The RFC 6962 hash of a node over two others. */
export const nodeHash = (left: Uint8Array, right: Uint8Array): Uint8Array => createHash('sha256').update(nodePrefix).update(left).update(right).digest()

/** SHA-256 of a text's UTF-8 bytes, in base64. */
export const digestText = (text: string): string => hash('sha256', text, 'base64')

/** The same as `leafHash`, from the entry's text and in base64. */
export const leafText = (entry: string): string => hash('sha256', `\0${entry}`, 'base64')
