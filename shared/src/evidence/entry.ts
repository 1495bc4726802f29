import { digestText, leafText } from './digest.ts'

type Post = { readonly kind: string; readonly unit: string }

/** What of a canonical record goes into the log. */
type Fact = {
  readonly actor: { readonly person: string | null; readonly post: Post | null; readonly system: string | null }
  readonly data: unknown
  readonly id: string
  readonly occurred: string
  readonly position: number
  readonly recorded: string
  readonly schema: number
  readonly service: string
  readonly shard: number
  readonly stream: string
  readonly type: string
  readonly unit: string
  readonly version: number
}

/** The entry of a fact in the log, as it is read back. Every value is a text, so that no writer of JSON can write it differently. */
export type Entry = {
  readonly actor: string
  readonly id: string
  readonly occurred: string
  readonly position: string
  readonly post: string
  readonly prev: string
  readonly record: string
  readonly recorded: string
  readonly schema: string
  readonly sealed: readonly string[]
  readonly shard: string
  readonly source: string
  readonly stream: string
  readonly type: string
  readonly unit: string
  readonly v: string
  readonly version: string
}

/** The digests of the ciphertexts that stand for personal texts. */
const sealedIn = (data: unknown): string[] =>
  Object.values(data ?? {})
    .flatMap((value: { sealed?: unknown } | null) => (typeof value?.sealed === 'string' && Object.keys(value).length === 1 ? [value.sealed] : []))
    .sort()

/** The id under which a fact stands in the log: whoever knows the fact's own id finds it, nobody guesses it. */
export const idInLog = (id: string): string => digestText(id)

/**
 * The log's entry (v1) of one fact: canonical JSON of its canonical record `record` and `prev`, the leaf hash (base64) of the stream's fact
 * before, '' for the first. It holds digests, random ids and times; no name, no reason, no data.
 */
export const entryOf = (record: string, prev: string): string => {
  const { actor, data, id, occurred, position, recorded, schema, service, shard, stream, type, unit, version }: Fact = JSON.parse(record)
  // The keys stand in canonical order, and canonical JSON writes texts as JSON.stringify does.
  const entry: Entry = {
    actor: actor.person ?? (actor.system === null ? '' : `system:${actor.system}`),
    id: idInLog(id),
    occurred,
    position: `${position}`,
    post: actor.post === null ? '' : `${actor.post.kind}@${actor.post.unit}`,
    prev,
    record: digestText(record),
    recorded,
    schema: `${schema}`,
    sealed: sealedIn(data),
    shard: `${shard}`,
    source: service,
    stream,
    type,
    unit,
    v: '1',
    version: `${version}`,
  }
  return JSON.stringify(entry)
}

/** The leaf hash of an entry in base64, as the stream's next entry and receipts carry it. */
export const leafOf = (entry: string): string => leafText(entry)

const names = 'actor,id,occurred,position,post,prev,record,recorded,schema,sealed,shard,source,stream,type,unit,v,version'

/** Reads an entry, or null where it is not exactly what `entryOf` writes. */
export const parseEntry = (text: string): Entry | null => {
  try {
    const entry: Entry = JSON.parse(text)
    const isEntry =
      Object.keys(entry).join() === names &&
      JSON.stringify(entry) === text &&
      Object.entries(entry).every(([name, value]) =>
        name === 'sealed' ? Array.isArray(value) && value.every((one) => typeof one === 'string') : typeof value === 'string',
      )
    return isEntry && entry.v === '1' ? entry : null
  } catch {
    return null
  }
}
