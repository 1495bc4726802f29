import { join } from 'node:path'
import pg from 'pg'
import { checkRecords } from '../../shared/src/bundle/check-records.ts'
import { type BundleKey, demandKey } from '../../shared/src/bundle/key-file.ts'
import { inGroups, valuesOf } from '../../shared/src/bundle/lines.ts'
import { type BundledKey, BundleFault, erasedPath, keysPath, type Manifest, pendingPath } from '../../shared/src/bundle/manifest.ts'
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
 * Takes a whole bundle into an empty installation: the same positions, versions and bytes; people's keys wrapped by this master key. All
 * services at once, or none. Throws ImportRefused for a part, or where there are facts already, and BundleFault for what is wrong with it.
 */
export const importBundle = async (given: {
  readonly folder: string
  /** Service → its database, which is there. */
  readonly urls: ReadonlyMap<string, string>
  readonly masterKey: Buffer
  readonly bundleKey: BundleKey
  readonly progress?: Progress
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
    for (const [service, url] of urls) clients.set(service, await openEmpty(service, url))
    let done = 0
    for (const [service, client] of clients)
      await restoreService(given, manifest, service, client, (count) => {
        done += count
        progress(done, checked.facts, service)
      })
    for (const client of clients.values()) await client.query('commit')
    return checked
  } finally {
    await Promise.all([...clients.values()].map((client) => client.end()))
  }
}

/** A connection in a transaction that nobody else of this installation writes beside. */
const openEmpty = async (service: string, connectionString: string): Promise<pg.Client> => {
  const pool = new pg.Pool({ connectionString, max: 1 })
  await migrateService(pool, service).finally(() => pool.end())
  const client = new pg.Client({ connectionString, application_name: 'collegium-bundle' })
  await client.connect()
  await client.query('begin')
  await client.query('lock table shards, events, person_keys in access exclusive mode')
  if (await isEmptyStore(client)) return client
  await client.end()
  throw new ImportRefused(`This installation is not empty: ${service} has a history already, and no history is ever written over another`)
}

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
