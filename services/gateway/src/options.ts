import type { KeyObject } from 'node:crypto'
import type { Directory } from '@collegium/shared/directory.ts'
import type { Logger } from '@collegium/shared/logger.ts'
import type { Redis } from 'ioredis'
import type { Pool } from 'pg'
import type { Registry } from 'prom-client'
import type { Contracts } from './contracts.ts'
import type { Erasures } from './erasures.ts'
import type { Settings } from './settings.ts'
import type { Upstream } from './upstream.ts'

/** What a gateway is made of; wiring fills it in, for both forms. */
export type GatewayOptions = {
  /** Its own database, migrated. */
  readonly pool: Pool
  /** Ed25519, private: signs actor tokens; services hold the public half. */
  readonly actorKey: KeyObject
  readonly logger: Logger
  readonly metrics: Registry
  /** The organization as of now, and (before a refusal) as membership itself tells it. */
  readonly directory: () => Directory
  readonly freshDirectory?: () => Promise<Directory>
  /** The campus that a person belongs to, as membership tells it; null for nobody. */
  readonly homeOf: (person: string) => Promise<string | null>
  /** Whose accounts go; absent where nobody tells. */
  readonly erasures?: Erasures
  /** By the name of the service. */
  readonly upstreams: Readonly<Record<string, Upstream>>
  /** The services' own documents: the routing table and the public documents follow from them. Asked on each request: return the same object until it changes. */
  readonly contracts: () => Contracts
  /** Counts requests and tells endings across several gateways; null where there is one. */
  readonly redis: Redis | null
  /** The built console; null where there is none. */
  readonly consoleFolder: string | null
  readonly settings: Settings
}
