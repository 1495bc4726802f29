import { decimalOf, digestOf, toBase64 } from './bytes.ts'

/** A log at a moment (c2sp.org/tlog-checkpoint): whose, how many entries, and the RFC 6962 root over them. */
export type Checkpoint = { readonly origin: string; readonly size: number; readonly root: Uint8Array }

/** The three lines that the log signs as a note. */
export const checkpointText = ({ origin, size, root }: Checkpoint): string => `${origin}\n${size}\n${toBase64(root)}\n`

/**
 * Reads the text of a checkpoint, or null where it is none. Lines beyond the three are refused, unless `more` allows them: our logs write
 * none, and nobody can audit them.
 */
export const parseCheckpoint = (text: string, more: 'refused' | 'allowed' = 'refused'): Checkpoint | null => {
  const lines = text.split('\n')
  if (lines.pop() !== '' || lines.some((line) => line === '')) return null
  const [origin, sizeText, rootText, ...extensions] = lines
  if (origin === undefined || sizeText === undefined || rootText === undefined || (extensions.length > 0 && more === 'refused')) return null
  const size = decimalOf(sizeText)
  const root = digestOf(rootText)
  return size === null || root === null ? null : { origin, size, root }
}
