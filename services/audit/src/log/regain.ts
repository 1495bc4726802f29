import { inTransaction } from '@collegium/shared/consume/transaction.ts'
import { textOf } from '@collegium/shared/evidence/bytes.ts'
import { parseEntry } from '@collegium/shared/evidence/entry.ts'
import { decodeBundle, tileAt, tilePath, tileWidth } from '@collegium/shared/evidence/tiles.ts'
import type { Pool } from 'pg'
import { edgeOf } from './extension.ts'
import type { Files } from './files.ts'
import type { Head } from './head.ts'
import { LogRefused } from './refused.ts'

/**
 * Gives facts of a restored audit database the places again that they have in the log's files: from the first that it does not know up to the
 * head. Only where the files give the head's root, and each entry there is, to the letter, that of a fact here; nothing is signed or written
 * to the log. Facts that came after the backup must have been taken again first. Returns how many places it gave; throws LogRefused otherwise.
 */
export const regainPlaces = async ({
  pool,
  log,
  files,
  head,
}: {
  readonly pool: Pool
  readonly log: string
  readonly files: Files
  readonly head: Head
}): Promise<number> => {
  await edgeOf(files, head)
  return inTransaction(pool, async (tx) => {
    await tx.query('lock table leaves in exclusive mode')
    const { rows } = await tx.query<{ size: string }>('select coalesce(max(index) + 1, 0) as size from leaves where log = $1', [log])
    const known = Number(rows[0]?.size)
    for (let from = known; from < head.size; from = (Math.floor(from / tileWidth) + 1) * tileWidth) {
      const tile = tileAt('entries', from, head.size)
      const bytes = (await files.read(tilePath(tile))) ?? new Uint8Array(0)
      const texts = decodeBundle(bytes, tile.width)
        .slice(from % tileWidth)
        .map(textOf)
      const entries = texts.map((text) => parseEntry(text))
      const columns = [entries.map((entry) => entry?.source), entries.map((entry) => entry?.shard), entries.map((entry) => entry?.position)]
      const placed = await tx.query(
        `insert into leaves (log, index, service, shard, position)
         select $1, $2::bigint + e.ordinal - 1, f.service, f.shard, f.position
         from unnest($3::text[], $4::smallint[], $5::bigint[], $6::text[]) with ordinality as e(service, shard, position, entry, ordinal)
         join facts f on f.service = e.service and f.shard = e.shard and f.position = e.position and f.entry = e.entry`,
        [log, from, ...columns, texts],
      )
      if (placed.rowCount !== texts.length)
        throw new LogRefused(
          `Of the entries from ${from} on, ${texts.length - (placed.rowCount ?? 0)} are no facts of this database: not all were taken again yet, or they are of another history`,
        )
      await tx.query(
        `insert into cursors (log, service, shard, position)
         select $1, service, shard, max(position) from unnest($2::text[], $3::smallint[], $4::bigint[]) e(service, shard, position) group by 2, 3
         on conflict (log, service, shard) do update set position = greatest(cursors.position, excluded.position)`,
        [log, ...columns],
      )
    }
    return Math.max(0, head.size - known)
  })
}
