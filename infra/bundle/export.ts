import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { type BundleKey, keyCheckOf } from '../../shared/src/bundle/key-file.ts'
import {
  type Beside,
  type BundledKey,
  type BundledSource,
  besidePath,
  erasedPath,
  keysPath,
  type Manifest,
  manifestFile,
  pendingPath,
  recordsPath,
  type Scope,
  signatureFile,
  signManifest,
} from '../../shared/src/bundle/manifest.ts'
import type { Signer } from '../../shared/src/evidence/note.ts'
import { canonical } from '../../shared/src/store/canonical.ts'
import { rewrapped } from '../../shared/src/store/restore.ts'
import { type Choice, choiceOf, chooseStreams } from './choice.ts'
import { type Looked, openCut } from './cut.ts'
import { copyLog } from './log-files.ts'
import { type BundleWriter, bundleWriter } from './writer.ts'

const pageSize = 1_000

export type Progress = (done: number, total: number, what: string) => void

/**
 * Writes a bundle to `out`, which must not be there; it comes into being whole, or not at all. Texts of people stay ciphertext; their keys
 * go along wrapped by the bundle's key alone. Constant memory. Throws for a campus or a term that there is not.
 */
export const exportBundle = async (given: {
  readonly out: string
  readonly scope: Scope
  /** Service → its database. */
  readonly urls: ReadonlyMap<string, string>
  readonly masterKey: Buffer
  readonly bundleKey: BundleKey
  readonly signer: Signer
  readonly origin: string
  readonly auditFolder: string
  readonly progress?: Progress
}): Promise<Manifest> => {
  const { out, scope, signer, origin, progress = () => {} } = given
  if (existsSync(out)) throw new Error(`${out} is there already: a bundle is never written over anything`)
  const folder = `${out}.unfinished-${process.pid}`
  const writer = bundleWriter(folder)
  mkdirSync(dirname(out), { recursive: true })
  mkdirSync(folder)
  try {
    const { looked, end } = await openCut(given.urls)
    const sources: BundledSource[] = []
    try {
      const membership = looked.find(({ service }) => service === 'membership') ?? (looked[0] as Looked)
      const choice = await choiceOf(membership.client, scope)
      for (const each of looked) sources.push(...(await writeService(writer, each, choice, given, countOf(looked, sources, progress))))
    } finally {
      await end()
    }
    await copyLog(writer, given.auditFolder)
    const manifest: Manifest = {
      format: 'collegium-bundle/v1',
      scope,
      made: new Date().toISOString(),
      origin,
      shards: 1 + Math.max(...sources.map(({ shard }) => shard)),
      sources,
      keyCheck: keyCheckOf(given.bundleKey.key),
      files: writer.files(),
    }
    const text = `${canonical(manifest)}\n`
    await writer.last(manifestFile, text)
    await writer.last(signatureFile, signManifest(origin, createHash('sha256').update(text).digest('base64'), signer))
    renameSync(folder, out)
    return manifest
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    throw error
  }
}

/** Of all facts that there are, how many have been passed. */
const countOf = (looked: readonly Looked[], finished: readonly BundledSource[], progress: Progress) => {
  const total = looked.reduce((sum, { heads }) => sum + heads.reduce((heap, head) => heap + head, 0), 0)
  return (shard: number, position: number, service: string): void => {
    const before = finished.reduce((sum, { head }) => sum + head, 0)
    const mine = looked.find((each) => each.service === service)?.heads.slice(0, shard) ?? []
    progress(before + mine.reduce((sum, head) => sum + head, 0) + position, total, service)
  }
}

type Given = { readonly masterKey: Buffer; readonly bundleKey: BundleKey }
type Passed = (shard: number, position: number, service: string) => void

const writeService = async (writer: BundleWriter, looked: Looked, choice: Choice, given: Given, passed: Passed): Promise<BundledSource[]> => {
  const { service, client, heads } = looked
  if (choice !== null) await chooseStreams(client, service, choice)
  const sources: BundledSource[] = []
  const usedKeys = new Set<string>()
  for (const [shard, head] of heads.entries()) {
    const facts = await writeShard(
      writer,
      looked,
      shard,
      choice,
      (key) => usedKeys.add(key),
      (position) => passed(shard, position, service),
    )
    sources.push({ service, shard, facts, head })
  }
  await writeKeys(writer, looked, choice === null ? null : usedKeys, given)
  if (choice === null) {
    await writeRows(writer, looked, erasedPath(service), 'select row_to_json(e) as row from erased_persons e order by person')
    await writePending(writer, looked)
  }
  return sources
}

type Row = { position: string; bytes: string; sealed: string | null; fingerprint: string | null }

const writeShard = async (
  writer: BundleWriter,
  { service, client, heads }: Looked,
  shard: number,
  choice: Choice,
  usesKey: (key: string) => void,
  passed: (position: number) => void,
): Promise<number> => {
  const records = writer.lines(recordsPath({ service, shard }))
  const besides = writer.lines(besidePath({ service, shard }))
  const chosen = choice === null ? '' : 'join chosen c on c.stream = e.stream and e.version <= c.version'
  let [facts, after] = [0, 0]
  for (;;) {
    const { rows } = await client.query<Row>({
      name: 'bundle-facts',
      text: `select e.position, e.bytes, e.sealed, e.fingerprint from events e ${chosen}
              where e.shard = $1 and e.position > $2 and e.position <= $3 order by e.position limit ${pageSize}`,
      values: [shard, after, heads[shard]],
    })
    for (const row of rows) {
      await records.add(row.bytes)
      const beside = besideOf(row)
      if (beside !== null) await besides.add(canonical(beside))
      for (const box of Object.values(beside?.sealed ?? {})) usesKey((box as { key: string }).key)
    }
    facts += rows.length
    after = Number(rows.at(-1)?.position ?? after)
    passed(after)
    if (rows.length < pageSize) break
  }
  await records.end()
  await besides.end()
  return facts
}

const besideOf = ({ position, sealed, fingerprint }: Row): Beside | null =>
  sealed === null && fingerprint === null
    ? null
    : {
        position: Number(position),
        // The mark itself is a hash over a client's input, and stays here: a repeated request is refused over there, never done twice.
        ...(fingerprint === null ? {} : { ends: fingerprint === '' ? 'system' : 'client' }),
        ...(sealed === null ? {} : { sealed: JSON.parse(sealed) }),
      }

const writeKeys = async (
  writer: BundleWriter,
  { service, client }: Looked,
  used: ReadonlySet<string> | null,
  { masterKey, bundleKey }: Given,
): Promise<void> => {
  const lines = writer.lines(keysPath(service))
  let after = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const { rows } = await client.query<{ key_id: string; person: string; wrapped: Buffer | null; destroyed_at: Date | null }>(
      `select key_id, person, wrapped, destroyed_at from person_keys where key_id > $1 order by key_id limit ${pageSize}`,
      [after],
    )
    for (const { key_id: id, person, wrapped, destroyed_at } of rows) {
      if (used !== null && !used.has(id)) continue
      const anew = wrapped === null ? null : rewrapped(wrapped, id, person, masterKey, bundleKey.key).toString('base64')
      await lines.add(canonical({ id, person, wrapped: anew, destroyed: destroyed_at?.toISOString() ?? null } satisfies BundledKey))
    }
    if (rows.length < pageSize) break
    after = rows.at(-1)?.key_id as string
  }
  await lines.end()
}

const writeRows = async (writer: BundleWriter, { client }: Looked, path: string, sql: string): Promise<void> => {
  const lines = writer.lines(path)
  for (const { row } of (await client.query<{ row: object }>(sql)).rows) await lines.add(canonical(row))
  await lines.end()
}

/** Views are built anew from the facts; what has effects must go on where it was. */
const writePending = async (writer: BundleWriter, looked: Looked): Promise<void> => {
  const acting = `consumer like 'reaction:%' or consumer like 'deadlines:%'`
  const of = (table: string, where: string, order: string): string =>
    `select json_build_object('table', '${table}', 'row', row_to_json(t)) as row from ${table} t where ${where} order by ${order}`
  await writeRows(
    writer,
    looked,
    pendingPath(looked.service),
    `(${of('checkpoints', acting, 'consumer, service, shard')}) union all (${of('deadlines', 'true', 'name, key')}) union all (${of('parked', acting, 'consumer, service, shard, position')})`,
  )
}
