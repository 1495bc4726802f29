import { createHash } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** A request that its log signed and that contradicts what was cosigned: `request` and `held` together show who lied. */
export type Refused = { readonly at: string; readonly origin: string; readonly why: string; readonly request: string; readonly held: string | null }

/** What the witness has cosigned, in one file. */
export type Memory = {
  /** The signed checkpoint with the witness' own cosignature that it holds of a log, or null. */
  readonly held: (origin: string) => string | null
  /** Does all of it or nothing, while no other process reads or writes the file. Once it returns, a power cut undoes nothing. */
  readonly alone: <T>(work: () => T) => T
  readonly hold: (origin: string, note: string) => void
  readonly keep: (refused: Refused) => void
  readonly refused: () => readonly Refused[]
  readonly close: () => void
}

/** How many refused requests are kept for one log. The first ones tell the most. */
const mostRefused = 1000

/** Opens the memory, or makes it. SQLite, because comparing and writing must be one step even for two processes on one file. */
export const openMemory = (path: string): Memory => {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const database = new DatabaseSync(path, { timeout: 10_000 })
  // EXTRA syncs the folder too, after the journal is gone: what was committed is on the disk.
  database.exec('pragma journal_mode = delete; pragma synchronous = extra')
  database.exec(`
    create table if not exists held (origin text primary key, note text not null) strict;
    create table if not exists refused (digest blob primary key, at text not null, origin text not null, why text not null, request text not null, held text) strict;
  `)
  const find = database.prepare('select note from held where origin = ?')
  const put = database.prepare('insert into held values (?, ?) on conflict (origin) do update set note = excluded.note')
  const count = database.prepare('select count(*) as count from refused where origin = ?')
  const add = database.prepare('insert or ignore into refused values (?, ?, ?, ?, ?, ?)')
  const all = database.prepare('select at, origin, why, request, held from refused order by at, rowid')
  return {
    held: (origin) => (find.get(origin) as { note: string } | undefined)?.note ?? null,
    alone: (work) => {
      database.exec('begin immediate')
      try {
        const result = work()
        database.exec('commit')
        return result
      } catch (cause) {
        if (database.isTransaction) database.exec('rollback')
        throw cause
      }
    },
    hold: (origin, note) => {
      put.run(origin, note)
    },
    keep: ({ at, origin, why, request, held }) => {
      if ((count.get(origin) as { count: number }).count >= mostRefused) return
      add.run(createHash('sha256').update(request).digest(), at, origin, why, request, held)
    },
    refused: () => all.all().map((row) => ({ ...row }) as Refused),
    close: () => database.close(),
  }
}
