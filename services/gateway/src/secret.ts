import { createHash, randomBytes } from 'node:crypto'

/** A new secret of 256 bits, as 43 characters that fit a cookie or a header. */
export const newSecret = (): string => randomBytes(32).toString('base64url')

/** Is this shaped like one? What is not never reaches the database. */
export const isSecret = (text: string): boolean => /^[A-Za-z0-9_-]{43}$/.test(text)

/** What is stored and cached instead of a secret. One fast hash is enough: there is nothing to guess in 256 random bits. */
export const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest()

/** How logs and actor tokens name a session or token. */
export const referenceOf = (hash: Buffer): string => hash.toString('hex').slice(0, 16)
