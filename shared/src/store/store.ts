import { EventEmitter } from 'node:events'
import type { Pool } from 'pg'
import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { uuidv7 } from 'uuidv7'
import type { EventActor, EventDefinition, PolicyValue, Recorded } from '../aggregate.ts'
import { closed, isPersonal } from '../schema.ts'
import { appender } from './append.ts'
import { decodeRecord, piecesOf } from './record.ts'
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
export type Appended = { readonly kind: 'appended' | 'repeated'; readonly version: number; readonly shard: number; readonly position: number }

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

/** A fact that does not fit its own schema: a defect of the deciding code, never of a client. */
export class MisshapenEvent extends Error {}

const words = { none: 0, any: -1, exists: -2 } as const

/**
 * The event store of one service. `shards` is fixed when the database is first used; another number later is an error, because a stream's
 * shard is a hash over it. Validates every event against its definition; personal texts are sealed before they leave this process.
 */
export const openStore = async (given: {
  service: string
  pool: Pool
  shards?: number
  masterKey: Buffer
  definitions: readonly EventDefinition[]
  clock: () => string
}) => {
  const { service, pool, clock, shards = 4 } = given
  await fixShards(pool, shards)
  const vault = openVault(pool, given.masterKey)
  const definitions = new Map(given.definitions.map((definition) => [definition.type, prepare(definition)]))
  const appends = new EventEmitter().setMaxListeners(0)
  const appenders = Array.from({ length: shards }, (_, shard) => appender(pool, shard, (position) => appends.emit('append', { shard, position })))

  const shardOf = (stream: string): number => {
    let hash = 0x811c9dc5
    for (let index = 0; index < stream.length; index++) hash = Math.imul(hash ^ stream.charCodeAt(index), 0x01000193)
    return (hash >>> 0) % shards
  }

  const encode = async (type: string, data: Readonly<Record<string, unknown>>, around: Parameters<typeof piecesOf>[3]) => {
    const definition = definitions.get(type)
    if (!definition) throw new MisshapenEvent(`${service} declares no event ${type}`)
    if (!definition.checker.Check(data))
      throw new MisshapenEvent(`${type}: ${[...definition.checker.Errors(data)].map((error) => `${error.instancePath} ${error.message}`).join('; ')}`)
    const id = uuidv7()
    const stored = definition.personal.length > 0 ? await vault.seal(id, data, definition.personal) : { data, sealed: '' }
    return { type, sealed: stored.sealed, ...piecesOf(id, type, stored.data, around) }
  }

  const append = async (request: Append): Promise<Appended> => {
    const { stream, expected, command } = request
    const shard = shardOf(stream)
    const around = { ...request, service, shard, command: command.id, recorded: clock() }
    const events: Awaited<ReturnType<typeof encode>>[] = []
    for (const event of request.events) events.push(await encode(event.type, event.data, around))
    const placed = await (appenders[shard] as (typeof appenders)[number]).append({
      stream,
      expected: typeof expected === 'number' ? expected : words[expected],
      command: command.id,
      fingerprint: command.fingerprint,
      events,
    })
    if (placed.outcome === 'conflict') throw new VersionConflict(stream, expected, placed.version)
    if (placed.outcome === 'reused') throw new CommandReused(`command ${command.id} was used before for something else`)
    return { kind: placed.outcome, version: placed.version, shard: placed.shard, position: placed.position }
  }

  const decode = async (rows: readonly { bytes: string; sealed: string | null }[], open: boolean): Promise<Recorded[]> => {
    const decoded = rows.map((row) => ({ event: decodeRecord(row.bytes), sealed: row.sealed }))
    if (open) await vault.open(decoded)
    return decoded.map((each) => each.event)
  }

  return {
    service,
    shards,
    append,
    shardOf,
    /** The earlier answer to a command, or null. */
    async command(id: string): Promise<StoredCommand | null> {
      const { rows } = await pool.query({
        name: 'store-command',
        text: 'select fingerprint, stream, version, shard, position from commands where command = $1',
        values: [id],
      })
      const row = rows[0]
      return row ? { ...row, version: Number(row.version), position: Number(row.position) } : null
    },
    /** A stream's facts, oldest first, with personal texts open. */
    async readStream(stream: string, range: { readonly afterVersion?: number; readonly toVersion?: number } = {}): Promise<Recorded[]> {
      const { rows } = await pool.query({
        name: 'store-stream',
        text: 'select bytes, sealed from events where stream = $1 and version > $2 and version <= $3 order by version',
        values: [stream, range.afterVersion ?? 0, range.toVersion ?? Number.MAX_SAFE_INTEGER],
      })
      return decode(rows, true)
    },
    /** A shard's facts after a position, at most `limit`. Only the owner's own consumers may open personal texts. */
    async readShard(shard: number, after: number, limit: number, { open = false }: { readonly open?: boolean } = {}): Promise<Recorded[]> {
      const { rows } = await pool.query({
        name: open ? 'store-shard-open' : 'store-shard',
        text: `select bytes, ${open ? 'sealed' : 'null as sealed'} from events where shard = $1 and position > $2 order by position limit $3`,
        values: [shard, after, limit],
      })
      return decode(rows, open)
    },
    /** The same as stored: what relays and replays pass on. */
    async readShardBytes(shard: number, after: number, limit: number): Promise<{ position: number; bytes: string }[]> {
      const { rows } = await pool.query({
        name: 'store-bytes',
        text: 'select position, bytes from events where shard = $1 and position > $2 order by position limit $3',
        values: [shard, after, limit],
      })
      return rows.map((row) => ({ position: Number(row.position), bytes: row.bytes }))
    },
    /** The last position of each shard. */
    async heads(): Promise<Map<number, number>> {
      const { rows } = await pool.query({ name: 'store-heads', text: 'select shard, last_position from shards' })
      return new Map(rows.map((row) => [row.shard, Number(row.last_position)]))
    },
    /** Called in this process after each committed batch. Returns how to stop. */
    onAppend(listener: (at: { readonly shard: number; readonly position: number }) => void): () => void {
      appends.on('append', listener)
      return () => appends.off('append', listener)
    },
    /** Resolves when nothing waits to be appended. */
    idle: async (): Promise<void> => void (await Promise.all(appenders.map((each) => each.idle()))),
  }
}

export type Store = Awaited<ReturnType<typeof openStore>>

const prepare = (definition: EventDefinition) => {
  const properties = definition.schema.properties as Record<string, TSchema>
  return { checker: Compile(closed(definition.schema)), personal: Object.keys(properties).filter((name) => isPersonal(properties[name] as TSchema)) }
}

const fixShards = async (pool: Pool, shards: number): Promise<void> => {
  await pool.query('insert into shards (shard) select generate_series(0, $1 - 1) where not exists (select from shards) on conflict do nothing', [shards])
  const { rows } = await pool.query<{ count: string }>('select count(*) from shards')
  if (Number(rows[0]?.count) !== shards) throw new Error(`This database was made with ${rows[0]?.count} shards; it cannot be opened with ${shards}`)
}
