import { utf8 } from '@collegium/shared/evidence/bytes.ts'
import { type Checkpoint, checkpointText } from '@collegium/shared/evidence/checkpoint.ts'
import { cosigner } from '@collegium/shared/evidence/cosignature.ts'
import { leafHash, sha256 } from '@collegium/shared/evidence/digest.ts'
import { entryOf, leafOf } from '@collegium/shared/evidence/entry.ts'
import { noteSigner, type Signer, signNote } from '@collegium/shared/evidence/note.ts'
import { encodeBundle, tilePath, tilesBetween, tileWidth } from '@collegium/shared/evidence/tiles.ts'
import { frontier } from '@collegium/shared/evidence/tree.ts'
import { canonical } from '@collegium/shared/store/canonical.ts'
import type { Files } from '../files.ts'
import { rebuild } from '../rebuild.ts'

/** Logs for specs and measurements, made from the formats alone; everything in them follows from numbers, so that a failure can be repeated. */

export const sampleOrigin = 'log.example/events'
/** 2026-10-01T00:00:00Z, when the sample logs begin; a fact a second. */
export const sampleBegin = 1_790_812_800

const seedOf = (name: string): Uint8Array => sha256(utf8(name))

const logSigner = noteSigner(sampleOrigin, seedOf('log'))
/** The log of confidential reads beside it. */
export const readsSigner = noteSigner('log.example/reads', seedOf('reads'))
export const receiptSigner = noteSigner('log.example/receipts', seedOf('receipts'))
const witnesses = ['w1.example', 'w2.example']
const witnessAt = (name: string, time: number) => cosigner(name, seedOf(name), () => time)

/** The policy of the sample: its log, and both witnesses must have cosigned. */
export const samplePolicy = [
  `log ${logSigner.vkey}`,
  ...witnesses.map((name) => `witness ${name} ${witnessAt(name, 0).vkey}`),
  `group both all ${witnesses.join(' ')}`,
  'quorum both',
  '',
].join('\n')
/** The same log, with nobody to cosign. */
export const policyWithoutWitnesses = `log ${logSigner.vkey}\nquorum none\n`

const uuid = (of: string): string => {
  const hex = Buffer.from(sha256(utf8(of))).toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

export type SampleFact = { readonly id: string; readonly service: string; readonly shard: number; readonly stream: string; readonly record: string }

/** A fact by what matters of it: everything else follows from its place. `actor` null = the system. */
export type SampleStep = {
  readonly service?: string
  readonly shard?: number
  readonly stream: string
  readonly type: string
  readonly actor: string | null
  readonly post?: { readonly kind: string; readonly unit: string } | null
  readonly data?: Readonly<Record<string, unknown>>
}

/** Facts in this order, a second apart, each at the next position of its source and the next version of its stream. `salt` makes other ids. */
function* factsIn(steps: Iterable<SampleStep>, salt: string): Generator<SampleFact> {
  const counts = new Map<string, number>()
  const next = (key: string): number => {
    counts.set(key, (counts.get(key) ?? 0) + 1)
    return counts.get(key) as number
  }
  let at = 0
  for (const { service = 'membership', shard = 0, stream, type, actor, post = null, data = {} } of steps) {
    const id = uuid(`fact ${at}${salt}`)
    const time = new Date((sampleBegin + at) * 1000).toISOString()
    const record = canonical({
      actor: { person: actor, post, system: actor === null ? 'collegium' : null },
      causation: id,
      command: id,
      correlation: id,
      data,
      id,
      occurred: time,
      policies: {},
      position: next(`${service} ${shard}`),
      reason: null,
      recorded: time,
      schema: 1,
      service,
      shard,
      stream,
      type,
      unit: 'federation',
      version: next(`${service}/${stream}`),
    })
    at++
    yield { id, service, shard, stream, record }
  }
}

/** `factsIn` as a list. */
export const factsOf = (steps: Iterable<SampleStep>, salt = ''): SampleFact[] => [...factsIn(steps, salt)]

/** Steps of two services in two shards each, six a stream. */
function* sampleSteps(count: number): Generator<SampleStep> {
  const post = { kind: 'head', unit: 'federation' }
  for (let at = 0; at < count; at++) {
    const service = ['membership', 'documents'][at % 2] as string
    const stream = `thing-${at % 4}-${Math.floor(at / 24)}`
    const data = { thing: stream, ...(at % 5 === 0 ? { name: { sealed: Buffer.from(seedOf(`name ${at}`)).toString('base64') } } : {}) }
    yield { service, shard: Math.floor(at / 2) % 2, stream, type: `${service}.thing-changed.v1`, actor: uuid(`person ${at % 7}`), post, data }
  }
}

export const sampleFacts = (count: number, salt = ''): SampleFact[] => factsOf(sampleSteps(count), salt)

function* entriesIn(facts: Iterable<SampleFact>): Generator<Uint8Array> {
  const heads = new Map<string, string>()
  for (const { service, stream, record } of facts) {
    const entry = entryOf(record, heads.get(`${service}/${stream}`) ?? '')
    heads.set(`${service}/${stream}`, leafOf(entry))
    yield utf8(entry)
  }
}

/** The log's entries of facts in this order, each bound to the one before in its stream. */
export const entriesOf = (facts: Iterable<SampleFact>): Uint8Array[] => [...entriesIn(facts)]

/** Hands out the files of a long sample log one by one, so that it need not be held: what `write` gets may be used again afterwards. */
export const writeLongLog = (count: number, write: (path: string, bytes: Uint8Array) => void): void => {
  const tree = frontier()
  const tiles = rebuild((level, index, bytes) => write(tilePath({ level, index, width: bytes.length / 32 }), bytes))
  let bundle: Uint8Array[] = []
  const endBundle = (): void => {
    if (bundle.length === 0) return
    write(tilePath({ level: 'entries', index: Math.floor((tree.size() - 1) / tileWidth), width: bundle.length }), encodeBundle(bundle))
    bundle = []
  }
  for (const entry of entriesIn(factsIn(sampleSteps(count), ''))) {
    const leaf = leafHash(entry)
    tree.append(leaf)
    tiles.add(leaf)
    if (bundle.push(entry) === tileWidth) endBundle()
  }
  endBundle()
  tiles.finish()
  write('checkpoint', utf8(signRoot(logSigner, count, tree.root(), sampleBegin + count)))
}

/** The log's head over entries, unsigned. */
export const checkpointOf = (entries: readonly Uint8Array[]): Checkpoint => {
  const tree = frontier()
  for (const entry of entries) tree.append(leafHash(entry))
  return { origin: sampleOrigin, size: entries.length, root: tree.root() }
}

const signRoot = (signer: Signer, size: number, root: Uint8Array, cosigned: number | null): string =>
  signNote(checkpointText({ origin: signer.name, size, root }), [signer, ...(cosigned === null ? [] : witnesses.map((name) => witnessAt(name, cosigned)))])

/** Every file of the log over entries. `cosigned` as for the checkpoint. */
export const logFiles = (
  entries: readonly Uint8Array[],
  cosigned: number | null = sampleBegin + entries.length,
  signer = logSigner,
): Map<string, Uint8Array> => {
  const files = new Map<string, Uint8Array>()
  const rows = new Map<number, Uint8Array[]>()
  const tree = frontier()
  for (const entry of entries)
    tree.append(leafHash(entry), (level, _, hash) => {
      if (level % 8 !== 0) return
      if (!rows.has(level / 8)) rows.set(level / 8, [])
      rows.get(level / 8)?.push(hash)
    })
  for (const tile of tilesBetween(0, entries.length)) {
    const [start, end] = [tile.index * tileWidth, tile.index * tileWidth + tile.width]
    const row = tile.level === 'entries' ? [] : (rows.get(tile.level) as Uint8Array[])
    files.set(tilePath(tile), tile.level === 'entries' ? encodeBundle(entries.slice(start, end)) : Buffer.concat(row.slice(start, end)))
  }
  files.set('checkpoint', utf8(signRoot(signer, entries.length, tree.root(), cosigned)))
  return files
}

/** Files held in memory. */
export const filesOf = (files: ReadonlyMap<string, Uint8Array>): Files => ({
  read: (path) => files.get(path) ?? null,
  list: (folder) => [...files.keys()].flatMap((path) => (path.startsWith(`${folder}/`) ? [path.slice(folder.length + 1)] : [])),
})
