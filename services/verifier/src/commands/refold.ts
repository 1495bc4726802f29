import { writeFileSync } from 'node:fs'
import { checkRecords } from '@collegium/shared/bundle/check-records.ts'
import { demandKey, readKeyFile } from '@collegium/shared/bundle/key-file.ts'
import { BundleFault, type Manifest } from '@collegium/shared/bundle/manifest.ts'
import { erasedInBundle, replayBundle } from '@collegium/shared/bundle/replay-bundle.ts'
import { viewFold } from '@collegium/shared/consume/fold-view.ts'
import { sourcesOf } from '@collegium/shared/consume/positions-at.ts'
import { type Position, replayed } from '@collegium/shared/consume/replayed.ts'
import { hashOfRows, type TableRows, tableNames } from '@collegium/shared/consume/state-hash.ts'
import { digestOf, toBase64 } from '@collegium/shared/evidence/bytes.ts'
import { NoteFault, noteVerifier } from '@collegium/shared/evidence/note.ts'
import { openProjection, parsePositions } from '@collegium/shared/evidence/projection.ts'
import { canonical } from '@collegium/shared/store/canonical.ts'
import type { View } from '@collegium/shared/view.ts'
import { manifestIn } from '../bundled.ts'
import { type Command, type Given, Misused, type Report, Unreadable, wordAt } from '../command.ts'
import type { Finding } from '../findings.ts'
import { demanded, textAt } from '../reading.ts'
import { views } from '../views.ts'

/** `refold VIEW --bundle DIR --expect HASH`: folds a published view anew from the facts of a bundle. */
export const refold: Command = {
  name: 'refold',
  usage: 'VIEW --bundle DIR [--expect HASH|--statement FILE --keys KEYS.json] [--positions TEXT] [--key FILE] [--rows FILE]',
  options: Object.fromEntries(['bundle', 'expect', 'statement', 'keys', 'positions', 'key', 'rows'].map((name) => [name, { type: 'string' as const }])),
  run: async (given): Promise<Report> => {
    const folder = demanded(given, 'bundle')
    const manifest = manifestIn(folder)
    const { service, view } = viewNamed(wordAt(given, 0, 'VIEW'))
    const wanted = wantedOf(given, view)
    if ('code' in wanted) return { facts: [], findings: [wanted] }
    const positions = positionsOf(manifest, view, wanted.positions)
    const records = await recordsIn(folder, manifest, given)
    if ('code' in records) return { facts: [], findings: [records] }
    const key = keyOf(given, manifest)
    if (view.personal !== undefined && key === null) throw new Misused(`${service}/${view.name}: --key?`)

    const fold = viewFold(view)
    const total = positions.reduce((sum, { position }) => sum + position, 0)
    let facts = 0
    for await (const page of replayed(positions, replayBundle(folder, key && { reader: service, key }), { mayEnd: manifest.scope.kind !== 'all' })) {
      fold.take(page)
      facts += page.length
      given.step('refold', facts, total)
    }
    const rows = fold.rows(await erasedInBundle(folder, manifest.shards))
    const hash = hashOfRows(view, rows)
    const path = given.option('rows')
    if (path !== undefined) writeRows(path, view, rows)
    const count = [...rows.values()].reduce((sum, each) => sum + each.length, 0)
    const isOther = wanted.hash !== undefined && wanted.hash !== hash
    return {
      facts: [
        { code: 'bundle-records', values: { ...records, scope: manifest.scope.kind === 'all' ? 'all' : `${manifest.scope.kind} ${manifest.scope.id}` } },
        { code: 'refolded', values: { view: `${service}/${view.name}@${view.version}`, facts, rows: count, hash } },
        ...(path === undefined ? [] : [{ code: 'written', values: { path } }]),
      ],
      findings: isOther ? [{ code: 'state-differs', where: `${service}/${view.name}`, values: { expected: wanted.hash as string, found: hash } }] : [],
    }
  },
}

const viewNamed = (name: string): { readonly service: string; readonly view: View } => {
  const all = Object.entries(views).flatMap(([service, each]) => each.map((view) => ({ service, view })))
  const found = all.filter(({ service, view }) => name === view.name || name === `${service}/${view.name}`)
  if (found.length !== 1) throw new Misused(`${name}? ${all.map(({ service, view }) => `${service}/${view.name}`).join(', ')}`)
  return found[0] as (typeof all)[number]
}

type Wanted = { readonly positions: readonly Position[] | null; readonly hash: string | undefined }

/** What is to come out, and as of when: from the line, or from a signed statement. */
const wantedOf = (given: Given, view: View): Wanted | Finding => {
  const [at, expect, path] = [given.option('positions'), given.option('expect'), given.option('statement')]
  if (path === undefined) {
    const positions = at === undefined ? null : parsePositions(at)
    if (at !== undefined && positions === null) throw new Misused(`--positions ${at}`)
    if (expect !== undefined && digestOf(expect) === null) throw new Misused(`--expect ${expect}`)
    return { positions, hash: expect }
  }
  try {
    const { receipts } = JSON.parse(textAt(demanded(given, 'keys'))) as { receipts: string }
    const { positions, hash, view: named } = openProjection(textAt(path), [noteVerifier(receipts)])
    if (named !== `${view.name}@${view.version}`) throw new Misused(`${path}: ${named}, ${view.name}@${view.version}`)
    return { positions, hash: toBase64(hash) }
  } catch (cause) {
    if (cause instanceof NoteFault) return { code: 'statement-forged', where: path, values: { why: cause.message } }
    if (cause instanceof SyntaxError || cause instanceof TypeError) throw new Unreadable(`${demanded(given, 'keys')}: ${cause.message}`)
    throw cause
  }
}

/** Those that the view listens to, as far as the bundle goes where nothing else is said. */
const positionsOf = (manifest: Manifest, view: View, asked: readonly Position[] | null): Position[] => {
  const heard = sourcesOf(view, manifest.shards)
  const own = manifest.sources
    .filter(({ service, shard }) => heard.some((each) => each.service === service && each.shard === shard))
    .map(({ service, shard, head }) => ({ service, shard, position: head }))
  for (const each of asked ?? []) {
    const source = own.find(({ service, shard }) => service === each.service && shard === each.shard)
    if (each.position > (source?.position ?? 0)) throw new Unreadable(`${each.service}/${each.shard}: ${source?.position ?? 0} < ${each.position}`)
  }
  return asked === null ? own : [...asked]
}

const recordsIn = async (folder: string, manifest: Manifest, given: Given): Promise<{ proved: number; unsequenced: number } | Finding> => {
  try {
    const { proved, unsequenced } = await checkRecords(folder, manifest, (done, total) => given.step('records', done, total))
    return { proved, unsequenced }
  } catch (cause) {
    if (cause instanceof BundleFault) return { code: 'bundle-differs', where: folder, values: { why: cause.message } }
    throw cause
  }
}

const keyOf = (given: Given, manifest: Manifest): Buffer | null => {
  const path = given.option('key')
  if (path === undefined) return null
  try {
    const { key } = readKeyFile(path)
    demandKey(key, manifest.keyCheck)
    return key
  } catch (cause) {
    throw new Unreadable((cause as Error).message)
  }
}

const writeRows = (path: string, view: View, rows: TableRows): void => {
  const lines = tableNames(view).flatMap((table) => (rows.get(table) ?? []).map((row) => `${canonical({ table, row })}\n`))
  writeFileSync(path, lines.join(''))
}
