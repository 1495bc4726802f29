import { decimalOf, digestOf, toBase64 } from './bytes.ts'
import { NoteFault, openNote, type Verifier } from './note.ts'

/**
 * What a view held at a moment: the log, how many of its facts the view had read, `name@version`, the state hash of its rows, and how far it
 * had read each source. Whoever has the facts up to these positions folds them and must find the same hash.
 */
export type Projection = {
  readonly origin: string
  readonly facts: number
  readonly view: string
  readonly hash: Uint8Array
  readonly positions: readonly { readonly service: string; readonly shard: number; readonly position: number }[]
}

/** Another first line than any other note has: no signature can be used as one of another kind. */
const firstLine = 'collegium-projection/v1'

/** `activities/0/1042,activities/1/77`; sources that nothing was read of are left out. */
export const positionsText = (positions: Projection['positions']): string =>
  positions.flatMap(({ service, shard, position }) => (position > 0 ? [`${service}/${shard}/${position}`] : [])).join()

/** Reads what `positionsText` writes, or null where it is something else. */
export const parsePositions = (text: string): Projection['positions'] | null => {
  const parts = text.split(',').filter((part) => part !== '')
  const positions = parts.map((part) => {
    const [, service = '', shard, position] = /^([a-z]+)\/(\d{1,4})\/(\d{1,15})$/.exec(part) ?? []
    return { service, shard: Number(shard), position: Number(position) }
  })
  return positions.every(({ position }) => position > 0) && positionsText(positions) === text ? positions : null
}

/** The text that is signed as a note. */
export const projectionText = ({ origin, facts, view, hash, positions }: Projection): string =>
  `${firstLine}\n${origin}\n${facts}\n${view}\n${toBase64(hash)}\n${positionsText(positions)}\n`

/** Opens a statement that one of the verifiers signed. Throws a NoteFault. */
export const openProjection = (note: string, verifiers: readonly Verifier[]): Projection => {
  const { text } = openNote(note, verifiers)
  const [first, origin = '', factsText = '', view = '', hashText = '', positionText = '', ...rest] = text.split('\n')
  const [facts, hash, positions] = [decimalOf(factsText), digestOf(hashText), parsePositions(positionText)]
  if (first !== firstLine || origin === '' || view === '' || facts === null || hash === null || positions === null || rest.join('\n') !== '')
    throw new NoteFault('malformed', `The statement of a view begins with ${firstLine} and has six lines`)
  return { origin, facts, view, hash, positions }
}
