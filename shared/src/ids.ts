import { createHash } from 'node:crypto'
import { uuidv7 } from 'uuidv7'

/** A new time-ordered UUID. */
export const newId = (): string => uuidv7()

/** The same UUID (version 8) for the same words: ids of commands that must not happen twice. */
export const idFrom = (...words: readonly (string | number)[]): string => {
  const hex = createHash('sha256').update(words.join('\u0000')).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
