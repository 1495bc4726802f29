import { emptyRoot } from '@collegium/shared/evidence/tree.ts'
import type { Pool } from 'pg'

/** How far a log has come, for good. */
export type Head = { readonly size: number; readonly root: Uint8Array }

/** The log's head in the database that holds nothing else. */
export const headOf = (pool: Pool, origin: string) => ({
  /** Null for a log that was never begun. */
  read: async (): Promise<Head | null> => {
    const { rows } = await pool.query<{ size: string; root: Uint8Array }>('select size, root from checkpoints where origin = $1', [origin])
    return rows[0] ? { size: Number(rows[0].size), root: rows[0].root } : null
  },
  begin: async (): Promise<Head> => {
    const head = { size: 0, root: emptyRoot() }
    await pool.query('insert into checkpoints (origin, size, root) values ($1, 0, $2)', [origin, head.root])
    return head
  },
  /** Moves it on from exactly where the caller believes it to be; false where another was there first. */
  move: async (from: Head, to: Head): Promise<boolean> => {
    const moved = await pool.query('update checkpoints set size = $4, root = $5, moved = now() where origin = $1 and size = $2 and root = $3', [
      origin,
      from.size,
      from.root,
      to.size,
      to.root,
    ])
    return moved.rowCount === 1
  },
})

export type HeadRow = ReturnType<typeof headOf>
