import type { EventActor, PolicyValue, Recorded } from '../aggregate.ts'
import { canonical, quote } from './canonical.ts'

/** What stands around an event's data in the record. */
export type Envelope = {
  readonly service: string
  readonly shard: number
  readonly stream: string
  readonly unit: string
  readonly actor: EventActor
  readonly correlation: string
  readonly causation: string
  readonly command: string
  readonly occurred: string
  readonly recorded: string
  readonly reason: string | null
  readonly policies: Readonly<Record<string, { readonly value: PolicyValue; readonly version: number }>>
}

/** The canonical record in two pieces: only the database knows `position` and `version`, and it writes them in between and behind. */
export type Pieces = { readonly head: string; readonly middle: string }

/** Keys in canonical order: actor … policies | position | reason … unit | version. */
export const piecesOf = (id: string, type: string, data: unknown, around: Envelope): Pieces => ({
  head:
    `{"actor":${actorText(around.actor)},"causation":${quote(around.causation)},"command":${quote(around.command)},"correlation":${quote(around.correlation)}` +
    `,"data":${canonical(data)},"id":"${id}","occurred":${quote(around.occurred)},"policies":${canonical(around.policies)},"position":`,
  middle:
    `,"reason":${textOrNull(around.reason)},"recorded":${quote(around.recorded)},"schema":${schemaVersionOf(type)},"service":${quote(around.service)}` +
    `,"shard":${around.shard},"stream":${quote(around.stream)},"type":${quote(type)},"unit":${quote(around.unit)},"version":`,
})

const textOrNull = (text: string | null): string => (text === null ? 'null' : quote(text))

const actorText = ({ person, post, system }: EventActor): string =>
  `{"person":${textOrNull(person)},"post":${post === null ? 'null' : `{"kind":${quote(post.kind)},"unit":${quote(post.unit)}}`},"system":${textOrNull(system)}}`

/** The N of `.vN`. Throws for a type without one. */
export const schemaVersionOf = (type: string): number => {
  const version = Number(type.slice(type.lastIndexOf('.v') + 2))
  if (!type.includes('.v') || !Number.isInteger(version) || version < 1) throw new Error(`${type} has no version: event types end in .v1, .v2, …`)
  return version
}

/** A digest in the place of a personal text. */
export type SealedText = { readonly sealed: string }

const isSealed = (value: unknown): value is SealedText => typeof value === 'object' && value !== null && typeof (value as SealedText).sealed === 'string'

/** Gives back a personal text by its digest, or null. `about` binds it to its event and field. */
export type Unseal = (digest: string, about: string) => string | null

const nothingOpens: Unseal = () => null

/** Reads canonical bytes with the personal texts that `unseal` can give; the others are null. */
export const decodeWith = (bytes: string, unseal: Unseal): Recorded => {
  const record = JSON.parse(bytes)
  record.bytes = bytes
  // Most records have nothing sealed, and then their data needs no walk.
  if (!bytes.includes('{"sealed":"')) return record
  for (const field of Object.keys(record.data)) {
    const value: unknown = record.data[field]
    if (isSealed(value)) record.data[field] = unseal(value.sealed, aboutOf(record.id, field))
  }
  return record
}

/** Reads canonical bytes. Personal texts are null: only the owning service opens them. */
export const decodeRecord = (bytes: string): Recorded => decodeWith(bytes, nothingOpens)

/** What a ciphertext is bound to: it opens nowhere else. */
export const aboutOf = (event: string, field: string): string => `${event} ${field}`
