import { EventEmitter } from 'node:events'
import type { Pool } from 'pg'
import type { EventActor, EventDefinition, PolicyValue, Recorded } from '../aggregate.ts'
import { newId } from '../ids.ts'
import { passedOver } from '../log.ts'
import { queryInTime } from '../overload/query-in-time.ts'
import { appender } from './append.ts'
import type { Entry, Placed } from './batch.ts'
import { newerFacts, type Stored } from './newer-facts.ts'
import { decodeRecord, piecesOf } from './record.ts'
import { MisshapenEvent, shapeOf } from './shape.ts'
import { openVault } from './vault.ts'

/** Facts to append to one stream, all or none. */
export type Append = {
  readonly stream: string
  /** The version that the stream must be at; or that it must not exist, may be anything, must exist. */
  readonly expected: number | 'none' | 'any' | 'exists'
  readonly command: { readonly id: string; readonly fingerprint: string }
  readonly unit: string
  readonly actor: EventActor
  readonly correlation: string
  readonly causation: string
  readonly occurred: string
  readonly reason: string | null
  readonly policies: Readonly<Record<string, { readonly value: PolicyValue; readonly version: number }>>
  readonly events: readonly { readonly type: string; readonly data: Readonly<Record<string, unknown>> }[]
}

/** Where the last event of a command stands. `repeated`: it was appended by an earlier call. */
export type Appended = {
  readonly kind: 'appended' | 'repeated'
  readonly version: number
  readonly shard: number
  readonly position: number
  /** When this call recorded. */
  readonly recorded: string
  /** The canonical bytes of what this call appended, oldest first; none where it repeats. */
  readonly records: readonly string[]
}

/** A fact with its personal texts open, as only the owner may read it, and without them. */
export type Both = { readonly open: Recorded; readonly closed: Recorded }

export type StoredCommand = {
  readonly fingerprint: string
  readonly stream: string
  readonly version: number
  readonly shard: number
  readonly position: number
}

/** The stream was not at the expected version. */
export class VersionConflict extends Error {
  readonly actual: number

  constructor(stream: string, expected: Append['expected'], actual: number) {
    super(`${stream} is at version ${actual}, expected ${expected}`)
    this.actual = actual
  }
}

/** The command's id was used before with another fingerprint. */
export class CommandReused extends Error {}

export { StoreUnavailable } from './append.ts'
export { MisshapenEvent } from './shape.ts'

const shardOpen = 'select bytes, sealed from events where shard = $1 and position > $2 order by position limit $3'

const words = { none: 0, any: -1, exists: -2 } as const

/** What a batch separates its texts by is a control character. */
const isName = (text: string): boolean => !/\p{Cc}/u.test(text)
const uuid = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i

/** Which facts of a stream: versions and UTC instants, `to…` inclusive. */
export type Range = { readonly afterVersion?: number; readonly toVersion?: number; readonly toOccurred?: string; readonly toRecorded?: string }

/**
 * The event store of one service. `shards` is fixed when the database is first used; another number later is an error, because a stream's
 * shard is a hash over it. Validates every event against its definition; personal texts are sealed before they leave this process.
 * `append` throws VersionConflict, CommandReused, MisshapenEvent, StoreUnavailable (repeat it) or the refusal `overloaded`.
 */
export const openStore = async (given: {
  service: string
  pool: Pool
  shards?: number
  masterKey: Buffer
  definitions: readonly EventDefinition[]
  clock: () => string
  /** Makes the ids of facts. */
  ids?: () => string
}) => {
  const { service, pool, clock, shards = 4, ids = newId } = given
  await fixShards(pool, shards)
  const vault = openVault(pool, given.masterKey)
  const shapes = new Map(given.definitions.map((definition) => [definition.type, shapeOf(definition)]))
  const appends = new EventEmitter().setMaxListeners(0)
  const queues = appender(pool, (shard, position) => appends.emit('append', { shard, position }))
  const newer = newerFacts(pool, vault.decode)
  let isOpen = true

  const shardOf = (stream: string): number => {
    let hash = 0x811c9dc5
    for (let index = 0; index < stream.length; index++) hash = Math.imul(hash ^ stream.charCodeAt(index), 0x01000193)
    return (hash >>> 0) % shards
  }

  const encode = (request: Append, shard: number, recorded: string) => {
    const around = { ...request, service, shard, command: request.command.id, recorded }
    return request.events.map(({ type, data }) => {
      const shape = shapes.get(type)
      if (!shape) throw new MisshapenEvent(`${service} declares no event ${type}`)
      shape.check(data)
      const id = ids()
      const encoded = (kept: Readonly<Record<string, unknown>>, sealed: string) => ({ type, sealed, ...piecesOf(id, type, kept, around) })
      return shape.personal.length === 0 ? encoded(data, '') : vault.seal(id, data, shape.personal).then((each) => encoded(each.data, each.sealed))
    })
  }

  /** Without a wait up to the queue where nothing is to be sealed, so that requests keep the order of their calls. */
  const append = (request: Append): Promise<Appended> => {
    try {
      if (!isOpen) throw new Error(`The store of ${service} is closed`)
      const { stream, command } = request
      const expected = versionOf(request)
      const shard = shardOf(stream)
      const recorded = clock()
      const send = (events: Entry['events']): Promise<Appended> =>
        queues
          .append({ shard, stream, expected, command: command.id, fingerprint: command.fingerprint, events })
          .then((placed) => answer(request, placed, events, recorded))
      const events = encode(request, shard, recorded)
      return events.some((event) => event instanceof Promise) ? Promise.all(events).then(send) : send(events as Entry['events'])
    } catch (error) {
      return Promise.reject(error)
    }
  }

  const read = async <Row>(name: string, text: string, values: readonly unknown[]): Promise<Row[]> =>
    (await queryInTime<any>(pool, { name, text, values: [...values] })).rows

  /** Each position after one, at most `limit`; what it holds only where its type is wanted. */
  const readWanted = async <More = unknown>(shard: number, after: number, limit: number, types: ReadonlySet<string>, sealed: boolean) => {
    const text = `select position, case when type = any($4) then bytes end as bytes${sealed ? ', case when type = any($4) then sealed end as sealed' : ''}
      from events where shard = $1 and position > $2 order by position limit $3`
    const rows = await read<{ position: string; bytes: string | null } & More>(`store-wanted-${sealed}`, text, [shard, after, limit, [...types]])
    return rows.map((row) => ({ ...row, position: Number(row.position) }))
  }

  return {
    service,
    shards,
    append,
    shardOf,
    /** The earlier answer to a command, or null. */
    async command(id: string): Promise<StoredCommand | null> {
      const text = 'select fingerprint, stream, version, shard, position from events where command = $1'
      const [row] = await read<Record<keyof StoredCommand, any>>('store-command', text, [id])
      return row ? { ...row, version: Number(row.version), position: Number(row.position) } : null
    },
    /** What was added to a stream since a version, oldest first, with personal texts open; many who ask at the same time are one question. */
    newerFacts: (stream: string, version: number): Promise<readonly Recorded[]> => (isName(stream) ? newer(stream, version) : Promise.resolve([])),
    /** A stream's facts, oldest first, with personal texts open. */
    async readStream(stream: string, { afterVersion = 0, toVersion = Number.MAX_SAFE_INTEGER, toOccurred, toRecorded }: Range = {}): Promise<Recorded[]> {
      const text = 'select bytes, sealed from events where stream = $1 and version > $2 and version <= $3 order by version'
      const facts = await vault.decode(await read<Stored>('store-stream', text, [stream, afterVersion, toVersion]))
      if (toOccurred === undefined && toRecorded === undefined) return facts
      const occurredBy = toOccurred === undefined ? Number.POSITIVE_INFINITY : Date.parse(toOccurred)
      const recordedBy = toRecorded === undefined ? Number.POSITIVE_INFINITY : Date.parse(toRecorded)
      return facts.filter((fact) => Date.parse(fact.occurred) <= occurredBy && Date.parse(fact.recorded) <= recordedBy)
    },
    /** A shard's facts after a position, at most `limit`; with `types`, of others only where they stand. Only the owner's own consumers may open personal texts. */
    async readShard(
      shard: number,
      after: number,
      limit: number,
      { open = false, types }: { readonly open?: boolean; readonly types?: ReadonlySet<string> | undefined } = {},
    ): Promise<Recorded[]> {
      if (types) {
        const rows = await readWanted<{ sealed?: string | null }>(shard, after, limit, types, open)
        const opened = await vault.decode(rows.flatMap(({ bytes, sealed = null }) => (bytes === null ? [] : [{ bytes, sealed }])))
        return rows.map(({ position, bytes }) => (bytes === null ? passedOver({ service, shard }, position) : (opened.shift() as Recorded)))
      }
      if (open) return vault.decode(await read<Stored>('store-shard-open', shardOpen, [shard, after, limit]))
      const text = 'select bytes from events where shard = $1 and position > $2 order by position limit $3'
      return (await read<{ bytes: string }>('store-shard', text, [shard, after, limit])).map((row) => decodeRecord(row.bytes))
    },
    /** The same facts, each as its owner and as others may read it. */
    async readBoth(shard: number, after: number, limit: number): Promise<Both[]> {
      const rows = await read<Stored>('store-shard-open', shardOpen, [shard, after, limit])
      const opened = await vault.decode(rows)
      return rows.map(({ bytes, sealed }, index) => {
        const open = opened[index] as Recorded
        return { open, closed: sealed === null ? open : decodeRecord(bytes) }
      })
    },
    /** The same as stored: what relays and replays pass on. */
    async readShardBytes(shard: number, after: number, limit: number): Promise<{ position: number; stream: string; type: string; bytes: string }[]> {
      const text = 'select position, stream, type, bytes from events where shard = $1 and position > $2 order by position limit $3'
      const rows = await read<{ position: string; stream: string; type: string; bytes: string }>('store-bytes', text, [shard, after, limit])
      return rows.map((row) => ({ ...row, position: Number(row.position) }))
    },
    /** The same, only of these types; of the others the bytes are null. */
    readShardBytesOf: (shard: number, after: number, limit: number, types: ReadonlySet<string>) => readWanted(shard, after, limit, types, false),
    /** The last position of each shard. */
    async heads(): Promise<Map<number, number>> {
      const rows = await read<{ shard: number; last_position: string }>('store-heads', 'select shard, last_position from shards order by shard', [])
      return new Map(rows.map((row) => [row.shard, Number(row.last_position)]))
    },
    /** Called in this process after each committed batch. Returns how to stop. */
    onAppend(listener: (at: { readonly shard: number; readonly position: number }) => void): () => void {
      appends.on('append', listener)
      return () => appends.off('append', listener)
    },
    /** Closes the keys that this process holds open and tells who keeps opened texts in memory: somebody was erased. */
    forgetOpened(): void {
      vault.forget()
      appends.emit('forget')
    },
    onForget(listener: () => void): () => void {
      appends.on('forget', listener)
      return () => appends.off('forget', listener)
    },
    /** Resolves when nothing waits to be appended; gives the connections for writing back until the next append. */
    idle: queues.idle,
    /** Refuses new facts, stores those that wait, gives the connections back. The pool stays the caller's. */
    close: (): Promise<void> => {
      isOpen = false
      return queues.idle()
    },
  }
}

export type Store = Awaited<ReturnType<typeof openStore>>

/** The expected version as the database takes it. Throws for what must not reach a batch that others share. */
const versionOf = ({ stream, expected, command, events }: Append): number => {
  if (!isName(stream) || !isName(command.fingerprint)) throw new TypeError('A stream or a fingerprint has control characters')
  if (!uuid.test(command.id)) throw new TypeError(`A command's id is a UUID, not ${command.id}`)
  if (events.length === 0) throw new TypeError(`${stream}: there is nothing to append`)
  if (typeof expected !== 'number') return words[expected]
  if (!Number.isSafeInteger(expected) || expected < 0) throw new TypeError(`${stream}: ${expected} is no version`)
  return expected
}

const answer = ({ stream, expected, command }: Append, placed: Placed, events: Entry['events'], recorded: string): Appended => {
  const { outcome, version, shard, position } = placed
  if (outcome === 'conflict') throw new VersionConflict(stream, expected, version)
  if (outcome === 'reused') throw new CommandReused(`The command ${command.id} was used before for something else`)
  if (outcome === 'repeated') return { kind: outcome, version, shard, position, recorded, records: [] }
  const before = events.length
  const records = events.map(({ head, middle }, index) => `${head}${position - before + index + 1}${middle}${version - before + index + 1}}`)
  return { kind: outcome, version, shard, position, recorded, records }
}

const fixShards = async (pool: Pool, shards: number): Promise<void> => {
  if (!Number.isInteger(shards) || shards < 1 || shards > 256) throw new Error(`A store has 1 to 256 shards, not ${shards}`)
  const count = async (): Promise<number> => Number((await pool.query('select count(*) from shards')).rows[0].count)
  // Whoever is first makes all of them; who comes at the same moment waits for the lock and then sees them.
  if ((await count()) === 0) {
    await pool.query(`begin; lock table shards in exclusive mode;
      insert into shards (shard) select generate_series(0, ${shards - 1}) where not exists (select from shards); commit`)
  }
  const found = await count()
  if (found !== shards) throw new Error(`This database was made with ${found} shards; it cannot be opened with ${shards}`)
}
