import type { EventActor, PolicyValue, Recorded } from '../aggregate.ts'
import { canonical } from './canonical.ts'

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
    `{"actor":${canonical(around.actor)},"causation":${JSON.stringify(around.causation)},"command":${JSON.stringify(around.command)},"correlation":${JSON.stringify(around.correlation)}` +
    `,"data":${canonical(data)},"id":"${id}","occurred":"${around.occurred}","policies":${canonical(around.policies)},"position":`,
  middle:
    `,"reason":${canonical(around.reason)},"recorded":"${around.recorded}","schema":${schemaVersionOf(type)},"service":"${around.service}","shard":${around.shard}` +
    `,"stream":${JSON.stringify(around.stream)},"type":"${type}","unit":${JSON.stringify(around.unit)},"version":`,
})

/** The N of `.vN`. Throws for a type without one. */
export const schemaVersionOf = (type: string): number => {
  const version = Number(/\.v(\d+)$/.exec(type)?.[1])
  if (!Number.isInteger(version)) throw new Error(`${type} has no version: event types end in .v1, .v2, …`)
  return version
}

/** A digest in the place of a personal text. */
export type SealedText = { readonly sealed: string }

export const isSealed = (value: unknown): value is SealedText => typeof value === 'object' && value !== null && typeof (value as SealedText).sealed === 'string'

/** Reads canonical bytes. Personal texts become null; the owner opens them (see the vault). */
export const decodeRecord = (bytes: string): Recorded => {
  const record = JSON.parse(bytes)
  if (bytes.includes('"sealed":"')) for (const [name, value] of Object.entries(record.data)) if (isSealed(value)) record.data[name] = null
  record.bytes = bytes
  return record as Recorded
}
