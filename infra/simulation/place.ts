import type pg from 'pg'
import { pino } from 'pino'
import type { Files } from '../../services/audit/src/log/files.ts'
import type { Logger } from '../../shared/src/logger.ts'
import type { Owner } from './scheduler.ts'

/** Says nothing: what a simulated process logs is noise to who runs ten thousand of them. */
export const silent: Logger = pino({ level: process.env.SPEC_LOG ?? 'silent' })

/** Where a simulated process runs: its connections, the disk of its machine, and who hears what it shows to the world. */
export type Place = {
  readonly owner: Owner
  /** A pool on one of the databases. */
  readonly pool: (database: string) => pg.Pool
  readonly logger: Logger
  /** The services whose facts there are. */
  readonly sources: readonly string[]
  readonly files: Files
  /** The log was seen with this size and root. */
  readonly shown: (size: number, root: Uint8Array) => void
  /** The log refused to go on. */
  readonly refused: (why: string) => void
}
