import { createSecretKey } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Recorded } from '../aggregate.ts'
import type { Replay, Source } from '../log.ts'
import { decrypt, type Key } from '../store/keys.ts'
import { decodeRecord, decodeWith } from '../store/record.ts'
import { linesOf, valuesOf } from './lines.ts'
import { type Beside, type BundledKey, besidePath, keysPath, recordsPath } from './manifest.ts'

type Box = { readonly key: string; readonly iv: string; readonly ct: string; readonly tag: string }

/**
 * The records of a bundle as a log replays them, source by source and each from its beginning on. With the bundle's key the texts of people
 * are open in the facts of the service `reader`, as they are to that service itself; elsewhere they are null.
 */
export const replayBundle = (folder: string, open: { readonly reader: string; readonly key: Buffer } | null = null): Replay => {
  const cursors = new Map<string, { after: number; readonly facts: AsyncGenerator<Recorded> }>()
  let keys: Promise<ReadonlyMap<string, Key>> | null = null

  const decoded = async function* (source: Source): AsyncGenerator<Recorded> {
    const path = join(folder, recordsPath(source))
    if (open === null || open.reader !== source.service) {
      for await (const line of linesOf(path)) yield decodeRecord(line)
      return
    }
    keys ??= keysIn(folder, open.reader, open.key)
    const held = await keys
    const besides = valuesOf<Beside>(join(folder, besidePath(source)))
    let beside = (await besides.next()).value as Beside | undefined
    for await (const line of linesOf(path)) {
      const { position } = JSON.parse(line) as { position: number }
      while (beside && beside.position < position) beside = (await besides.next()).value as Beside | undefined
      const sealed = (beside?.position === position ? (beside.sealed ?? {}) : {}) as Readonly<Record<string, Box>>
      yield decodeWith(line, (digest, about) => opened(sealed[digest], held, about))
    }
  }

  return async (source, after, limit) => {
    const name = `${source.service}/${source.shard}`
    let cursor = cursors.get(name)
    if (cursor === undefined || cursor.after !== after) {
      cursor = { after: 0, facts: decoded(source) }
      cursors.set(name, cursor)
    }
    const facts: Recorded[] = []
    while (facts.length < limit) {
      const { value, done } = await cursor.facts.next()
      if (done) break
      if (value.position > after) facts.push(value)
    }
    cursor.after = facts.at(-1)?.position ?? after
    return facts
  }
}

const opened = (box: Box | undefined, keys: ReadonlyMap<string, Key>, about: string): string | null => {
  const key = box && keys.get(box.key)
  if (!box || !key) return null
  const [iv, ct, tag] = [box.iv, box.ct, box.tag].map((text) => Buffer.from(text, 'base64url')) as [Buffer, Buffer, Buffer]
  return decrypt(key.secret, { iv, ct, tag }, about).toString()
}

const keysIn = async (folder: string, service: string, bundleKey: Buffer): Promise<ReadonlyMap<string, Key>> => {
  const keys = new Map<string, Key>()
  for await (const { id, person, wrapped } of valuesOf<BundledKey>(join(folder, keysPath(service)))) {
    if (wrapped === null) continue
    const bytes = Buffer.from(wrapped, 'base64')
    const box = { iv: bytes.subarray(0, 12), ct: bytes.subarray(12, -16), tag: bytes.subarray(-16) }
    keys.set(id, { id, secret: createSecretKey(decrypt(bundleKey, box, `${id} ${person}`)) })
  }
  return keys
}

/** Who was erased by the facts of a bundle. */
export const erasedInBundle = async (folder: string, shards: number): Promise<ReadonlySet<string>> => {
  const erased = new Set<string>()
  for (let shard = 0; shard < shards; shard++) {
    const path = join(folder, recordsPath({ service: 'membership', shard }))
    if (!existsSync(path)) continue
    for await (const line of linesOf(path))
      if (line.includes('"type":"membership.person-erased.v1"')) erased.add((JSON.parse(line) as Recorded).data.person as string)
  }
  return erased
}
