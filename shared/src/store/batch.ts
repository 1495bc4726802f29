import type { Pieces } from './record.ts'

/** One caller's events, encoded: what the database needs to place them. */
export type Entry = {
  readonly shard: number
  readonly stream: string
  /** a version, 0 = none yet, -1 = any, -2 = some */
  readonly expected: number
  readonly command: string
  readonly fingerprint: string
  readonly events: readonly (Pieces & { readonly type: string; readonly sealed: string })[]
}

export type Placed = {
  readonly outcome: 'appended' | 'repeated' | 'reused' | 'conflict'
  readonly version: number
  readonly shard: number
  readonly position: number
}

/** In no canonical JSON and in no name that is let in, so that lists of text need no quoting. */
const separator = '\u0001'

const outcomes = ['appended', 'repeated', 'reused', 'conflict'] as const

/** The one call of `append_batch` for many entries, of one shard or several. */
export const batchStatement = (batch: readonly { readonly entry: Entry }[]) => {
  const shards = [...new Set(batch.map(({ entry }) => entry.shard))].sort((one, other) => one - other)
  let places = ''
  let expected = ''
  let counts = ''
  let commands = ''
  let requests = ''
  let ordinals = ''
  const streams: string[] = []
  const fingerprints: string[] = []
  const names: string[] = []
  const types: string[] = []
  const heads: string[] = []
  const middles: string[] = []
  const sealed: string[] = []
  const marks: string[] = []
  for (let index = 0; index < batch.length; index++) {
    const { shard, stream, command, fingerprint, events, expected: version } = (batch[index] as { entry: Entry }).entry
    const comma = index === 0 ? '' : ','
    streams.push(stream)
    fingerprints.push(fingerprint)
    places += comma + (shards.indexOf(shard) + 1)
    expected += comma + version
    counts += comma + events.length
    commands += comma + command
    for (let ordinal = 1; ordinal <= events.length; ordinal++) {
      const event = events[ordinal - 1] as Entry['events'][number]
      const further = heads.length === 0 ? '' : ','
      requests += `${further}${index + 1}`
      ordinals += further + ordinal
      names.push(stream)
      types.push(event.type)
      heads.push(event.head)
      middles.push(event.middle)
      sealed.push(event.sealed)
      marks.push(ordinal === events.length ? fingerprint : '')
    }
  }
  const text = (list: readonly string[]): string => list.join(separator)
  return {
    name: 'append-batch',
    text: 'select * from append_batch($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)',
    rowMode: 'array' as const,
    values: [
      ...[`{${shards}}`, `{${places}}`, text(streams), `{${expected}}`, `{${counts}}`, `{${commands}}`, text(fingerprints)],
      ...[`{${requests}}`, `{${ordinals}}`, text(names), text(types), text(heads), text(middles), text(sealed), text(marks)],
    ],
  }
}

type Row = readonly [outcome: number, version: string, shard: number, position: string | null]

/** Its answer: one for each entry, in their order. */
export const placedOf = (rows: readonly Row[]): Placed[] =>
  rows.map(([outcome, version, shard, position]) => ({
    outcome: outcomes[outcome] as Placed['outcome'],
    version: Number(version),
    shard,
    position: Number(position),
  }))
