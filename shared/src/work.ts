import type pg from 'pg'
import type { Registry } from 'prom-client'
import type { Consumer } from './consume/consumer.ts'
import type { Logger } from './logger.ts'
import type { Receipts } from './receipts.ts'
import type { Kernel } from './service.ts'

/** What a service gets for work of its own, besides answering and following facts. */
export type WorkParts = {
  readonly pool: pg.Pool
  /** Opens a pool on one of the service's further databases; whoever opens it ends it. */
  readonly database: (name: string) => pg.Pool
  readonly receipts: Receipts
  /** The environment that it may read its own settings from. */
  readonly settings: Readonly<Record<string, string | undefined>>
  readonly clock: () => string
  readonly logger: Logger
  readonly metrics: Registry
}

/** Such work: consumers of its own, and what runs from when the service follows facts until it closes. */
export type Work = {
  readonly consumers: readonly Consumer[]
  readonly start: (kernel: Kernel) => Promise<void>
  readonly close: () => Promise<void>
}
