import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { linesOf, valuesOf } from '../../shared/src/bundle/lines.ts'
import { type Beside, type BundledSource, BundleFault, besidePath, recordsPath } from '../../shared/src/bundle/manifest.ts'
import { canonical } from '../../shared/src/store/canonical.ts'
import type { RestoredFact } from '../../shared/src/store/restore.ts'

type Box = { readonly iv: string; readonly ct: string; readonly tag: string }

/**
 * The facts of a source of a whole bundle, as tables take them. Throws a BundleFault where a record is not canonical, is of another source,
 * stands at another position than its line, or has a ciphertext that its digest does not name.
 */
export async function* factsIn(folder: string, source: BundledSource): AsyncGenerator<RestoredFact> {
  const { service, shard } = source
  const path = recordsPath(source)
  const besides = valuesOf<Beside>(join(folder, besidePath(source)))
  let beside = (await besides.next()).value as Beside | undefined
  let line = 0
  for await (const bytes of linesOf(join(folder, path))) {
    line += 1
    const record = parsed(bytes, `${path}:${line}`)
    if (record.service !== service || record.shard !== shard || record.position !== line)
      throw new BundleFault('history-differs', `${path}:${line} is the record ${record.service}/${record.shard}/${record.position}`)
    const mine = beside?.position === line ? beside : undefined
    if (mine) beside = (await besides.next()).value as Beside | undefined
    for (const [digest, box] of Object.entries(mine?.sealed ?? {})) demandDigest(digest, box as Box, bytes, `${path}:${line}`)
    yield {
      position: line,
      stream: record.stream,
      version: record.version,
      type: record.type,
      bytes,
      sealed: mine?.sealed ? JSON.stringify(mine.sealed) : null,
      command: mine?.ends ? record.command : null,
      fingerprint: mine?.ends ? (mine.ends === 'system' ? '' : 'moved') : null,
    }
  }
  if (beside) throw new BundleFault('history-differs', `${besidePath(source)} names the position ${beside.position}, which is not there`)
}

type Parsed = { service: string; shard: number; position: number; stream: string; version: number; type: string; command: string }

const parsed = (bytes: string, where: string): Parsed => {
  try {
    const record = JSON.parse(bytes) as Parsed
    if (canonical(record) === bytes) return record
  } catch {}
  throw new BundleFault('history-differs', `${where} is not a canonical record`)
}

const demandDigest = (digest: string, { iv, ct, tag }: Box, bytes: string, where: string): void => {
  const hash = createHash('sha256')
  for (const part of [iv, ct, tag]) hash.update(Buffer.from(part, 'base64url'))
  if (hash.digest('base64url') !== digest || !bytes.includes(`{"sealed":"${digest}"}`))
    throw new BundleFault('history-differs', `${where} comes with a ciphertext that is not the one it names`)
}
