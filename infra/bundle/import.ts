import { createHash } from 'node:crypto'
import { join } from 'node:path'
import pg from 'pg'
import { checkRecords } from '../../shared/src/bundle/check-records.ts'
import { type BundleKey, demandKey } from '../../shared/src/bundle/key-file.ts'
import { inGroups, valuesOf } from '../../shared/src/bundle/lines.ts'
import {
  type BundledKey,
  type BundledSource,
  BundleFault,
  erasedPath,
  keysPath,
  type Manifest,
  pendingPath,
  recordsPath,
} from '../../shared/src/bundle/manifest.ts'
import { checkFiles, readManifest } from '../../shared/src/bundle/open-bundle.ts'
import { migrateService } from '../../shared/src/start-service.ts'
import { type ErasedPerson, isEmptyStore, restoreErased, restoreFacts, restoreKeys, restoreShards, rewrapped } from '../../shared/src/store/restore.ts'
import type { Progress } from './export.ts'
import { factsIn } from './facts-in.ts'

const groupSize = 1_000

/** The bundle cannot be taken in here, though nothing is wrong with it. */
export class ImportRefused extends Error {}

export type Imported = { readonly manifest: Manifest; readonly facts: number; readonly proved: number; readonly unsequenced: number }

/**
 * Checks a bundle whole: who signed it, each file, each record against the audit logs in it. Throws a BundleFault that says what is wrong.
 * Writes nothing.
 */
export const checkBundle = async (folder: string, bundleKey: BundleKey, progress: Progress = () => {}): Promise<Imported> => {
  const manifest = readManifest(folder, bundleKey.verifier)
  demandKey(bundleKey.key, manifest.keyCheck)
  await checkFiles(folder, manifest, (done, total) => progress(done, total, 'files'))
  const { proved, unsequenced } = await checkRecords(folder, manifest, (done, total) => progress(done, total, 'entries of the log'))
  return { manifest, facts: manifest.sources.reduce((sum, { facts }) => sum + facts, 0), proved, unsequenced }
}

/**
 * Takes a whole bundle into an empty installation: the same positions, versions and bytes; people's keys wrapped by this master key. What goes
 * wrong leaves every service empty. Who dies between the services' last words leaves some that hold all of theirs and some that are empty: the
 * same bundle again goes on from there. Throws ImportRefused for a part, or where there are other facts, and BundleFault for what is wrong with it.
 */
export const importBundle = async (given: {
  readonly folder: string
  /** Service → its database, which is there. */
  readonly urls: ReadonlyMap<string, string>
  readonly masterKey: Buffer
  readonly bundleKey: BundleKey
  readonly progress?: Progress
  /** Told of each service that has its part for good. */
  readonly committed?: (service: string) => void
}): Promise<Imported> => {
  const { folder, urls, progress = () => {} } = given
  const checked = await checkBundle(folder, given.bundleKey, progress)
  const { manifest } = checked
  if (manifest.scope.kind !== 'all')
    throw new ImportRefused(
      `This bundle holds the ${manifest.scope.kind} ${manifest.scope.id} only. A part is read and verified where it lies; an installation takes whole histories`,
    )
  const unknown = new Set(manifest.sources.map(({ service }) => service).filter((service) => !urls.has(service)))
  if (unknown.size > 0) throw new ImportRefused(`This version has no service ${[...unknown].join(', ')}`)
  const clients = new Map<string, pg.Client>()
  try {
    const empty = new Set<string>()
    for (const [service, url] of urls) {
      const client = await openAlone(service, url)
      clients.set(service, client)
      if (await isEmptyStore(client)) empty.add(service)
      else await demandSame(manifest, service, client)
    }
    let done = 0
    for (const [service, client] of clients) {
      if (!empty.has(service)) continue
      await restoreService(given, manifest, service, client, (count) => {
        done += count
        progress(done, checked.facts, service)
      })
    }
    for (const [service, client] of clients) {
      await client.query('commit')
      given.committed?.(service)
    }
    return checked
  } finally {
    await Promise.all([...clients.values()].map((client) => client.end()))
  }
}

/** A connection in a transaction that nobody else of this installation writes beside. */
const openAlone = async (service: string, connectionString: string): Promise<pg.Client> => {
  const pool = new pg.Pool({ connectionString, max: 1 })
  await migrateService(pool, service).finally(() => pool.end())
  const client = new pg.Client({ connectionString, application_name: 'collegium-bundle' })
  await client.connect()
  await client.query('begin')
  await client.query('lock table shards, events, person_keys in access exclusive mode')
  return client
}

/** An earlier try may have left a service with its part of this very bundle: byte for byte, or it is another history. */
const demandSame = async (manifest: Manifest, service: string, client: pg.Client): Promise<void> => {
  const sources = manifest.sources.filter((source) => source.service === service)
  const { rows: heads } = await client.query<{ shard: number; head: string }>('select shard, max(position) as head from events group by shard order by shard')
  const wanted = sources.filter(({ head }) => head > 0).map(({ shard, head }) => ({ shard, head: String(head) }))
  const isSame = JSON.stringify(heads) === JSON.stringify(wanted.toSorted((one, other) => one.shard - other.shard))
  let differs = !isSame
  for (const source of sources) differs ||= (await digestOf(client, source.shard)) !== fileOf(manifest, source)
  if (!differs) return
  throw new ImportRefused(`This installation is not empty: ${service} has a history already, and no history is ever written over another`)
}

/** What the file of a source's records would hash to if it were made of what is stored; base64. */
const digestOf = async (client: pg.Client, shard: number): Promise<string> => {
  const hash = createHash('sha256')
  for (let after = 0; ; ) {
    const { rows } = await client.query<{ position: string; bytes: string }>(
      'select position, bytes from events where shard = $1 and position > $2 order by position limit $3',
      [shard, after, groupSize],
    )
    for (const { bytes } of rows) hash.update(`${bytes}\n`)
    after = Number(rows.at(-1)?.position ?? after)
    if (rows.length < groupSize) return hash.digest('base64')
  }
}

const fileOf = (manifest: Manifest, source: BundledSource): string =>
  manifest.files.find(({ path }) => path === recordsPath(source))?.sha256 ?? createHash('sha256').digest('base64')

type Given = { readonly folder: string; readonly masterKey: Buffer; readonly bundleKey: BundleKey }

const restoreService = async (given: Given, manifest: Manifest, service: string, client: pg.Client, restored: (facts: number) => void): Promise<void> => {
  const { folder, masterKey, bundleKey } = given
  const sources = manifest.sources.filter((source) => source.service === service)
  await restoreShards(
    client,
    Array.from({ length: manifest.shards }, (_, shard) => sources.find((source) => source.shard === shard)?.head ?? 0),
  )
  for await (const keys of inGroups(valuesOf<BundledKey>(join(folder, keysPath(service))), groupSize)) {
    const anew = keys.map(({ id, person, wrapped, destroyed }) => ({
      id,
      person,
      destroyed,
      wrapped: wrapped === null ? null : rewrapped(Buffer.from(wrapped, 'base64'), id, person, bundleKey.key, masterKey),
    }))
    await restoreKeys(client, anew)
  }
  for (const source of sources) {
    let last = 0
    for await (const facts of inGroups(factsIn(folder, source), groupSize)) {
      await restoreFacts(client, source.shard, facts)
      last = facts.at(-1)?.position ?? last
      restored(facts.length)
    }
    if (last !== source.head) throw new BundleFault('damaged', `${service}/${source.shard} ends at ${last}; the manifest says ${source.head}`)
  }
  await demandWholeStreams(client, service)
  for await (const erased of inGroups(valuesOf<ErasedPerson>(join(folder, erasedPath(service))), groupSize)) await restoreErased(client, erased)
  for await (const rows of inGroups(valuesOf<{ table: Pending; row: object }>(join(folder, pendingPath(service))), groupSize))
    for (const [table, each] of Map.groupBy(rows, (row) => row.table))
      await restorePending(
        client,
        table,
        each.map(({ row }) => row),
      )
}

const pendingTables = ['checkpoints', 'deadlines', 'parked'] as const
type Pending = (typeof pendingTables)[number]

const restorePending = async (client: pg.Client, table: Pending, rows: readonly object[]): Promise<void> => {
  if (!pendingTables.includes(table)) throw new BundleFault('damaged', `There is no table ${table} of what is pending`)
  // Of an installation that was started once and has no facts, the consumers stand at the beginning.
  const known = table === 'checkpoints' ? 'on conflict (consumer, service, shard) do update set position = excluded.position' : ''
  await client.query(`insert into ${table} select * from json_populate_recordset(null::${table}, $1) ${known}`, [JSON.stringify(rows)])
}

const demandWholeStreams = async (client: pg.Client, service: string): Promise<void> => {
  const { rows } = await client.query<{ stream: string }>('select stream from events group by stream having max(version) <> count(*) limit 1')
  if (rows[0]) throw new BundleFault('history-differs', `${service}: the stream ${rows[0].stream} has a hole`)
}
