import type { Client, ServiceDefinition as GrpcDefinition, UntypedServiceImplementation } from '@grpc/grpc-js'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type pg from 'pg'
import type { Registry } from 'prom-client'
import type { Actor, Aggregate, Recorded } from './aggregate.ts'
import type { Confidential, ConfidentialRecord } from './confidential.ts'
import type { Consumer } from './consume/consumer.ts'
import type { Directory } from './directory.ts'
import type { Callers } from './grpc/callers.ts'
import type { Log, Source } from './log.ts'
import type { Logger } from './logger.ts'
import type { Deadlines, OwnCommand, Reaction } from './reaction.ts'
import type { Receipts } from './receipts.ts'
import type { View } from './view.ts'

/** A moment of an aggregate: nothing = now; `position` as service/shard/position. */
export type Moment = { readonly at?: string; readonly version?: number; readonly position?: string }
export type Loaded<State> = {
  readonly id: string
  readonly state: State
  readonly version: number /** the unit that owns it; null where there is none */
  readonly unit: string | null
}

/** What the kernel gives a service's own code: to ask others, to read its own aggregates and views, to check a permission. */
export type Kernel = {
  readonly name: string
  /** Now, a UTC instant (the clock port). */
  readonly now: () => string
  readonly directory: () => Directory
  /** Folds an own aggregate; state is `initial()` and version 0 where there is none. Never change the state. */
  readonly load: <State extends { status: string }>(aggregate: Aggregate<State, any>, id: string, moment?: Moment) => Promise<Loaded<State>>
  /** The facts of an own aggregate, oldest first; personal texts are open. */
  readonly history: (aggregate: Aggregate, id: string, moment?: Moment) => Promise<readonly Recorded[]>
  /** A key of 32 bytes for one purpose of this service, the same in every process of it. */
  readonly secret: (purpose: string) => Buffer
  /** Runs SQL over an own view; `{table}` in the text becomes the active version's table. Returns rows. */
  readonly query: <R = Record<string, any>>(view: View, sql: string, params?: readonly unknown[]) => Promise<R[]>
  /** Resolves when all own views that listen to its source have this fact. Throws after ten seconds. */
  readonly seen: (fact: Source & { readonly position: number }) => Promise<void>
  /** Resolves when the own views show every fact that this service has stored by now. Throws like `seen`. */
  readonly caughtUp: () => Promise<void>
  /** Called after each committed change of an own view, with its facts and the ids of the units that they were about; with none after a flip: then everything may be new. */
  readonly onChange: (view: View, listener: (units: ReadonlySet<string>, facts: readonly Recorded[]) => void) => () => void
  /** A client of another service's gRPC questions: `kernel.client(RegistryClient, 'documents')`. Every call needs a deadline: `ask()` of grpc.ts sets it. */
  readonly client: <C extends Client>(kind: new (address: string, credentials: any, options?: any) => C, service: string) => C
  /** Throws the 403 that names permission, unit and posts, unless the actor may do this there. */
  readonly allow: (actor: Actor, permission: string, unit: string) => Promise<void>
  /** The units where the actor may do this, of all or of `within` and those below it; the filter of every list. */
  readonly unitsWhere: (actor: Actor, permission: string, within?: string) => string[]
  readonly actorOf: (request: FastifyRequest) => Actor
  /**
   * Lets the actor read a confidential record: writes who reads it, under which post and why, before it resolves. Throws the 403 of the
   * record's permission, `reason-needed` where somebody else reads without one, `read-not-recorded` (503) when it cannot be written.
   */
  readonly confidential: Confidential
  /** Runs an own command for an actor, idempotent by `commandId` (a UUID). What reactions, deadlines and hand-written routes use. */
  readonly execute: (
    command: OwnCommand,
    given: { readonly actor: Actor; readonly commandId: string; readonly correlation?: string; readonly causation?: string },
  ) => Promise<Executed>
}

/** What a command answers. `position` is where its last event stands: what a reader may wait for. */
export type Executed = {
  readonly id: string
  readonly version: number
  readonly position: { readonly shard: number; readonly position: number }
  readonly events: number
  /** Signs the promise that the last fact, and by it all before it in its stream, will stand in the log; null where nothing was said. */
  readonly receipt: () => Promise<string | null>
}

/** What a service gets for work of its own, besides answering and following facts. */
export type WorkParts = {
  readonly pool: pg.Pool
  /** Opens a pool on one of the service's further databases; whoever opens it ends it. */
  readonly database: (name: string) => pg.Pool
  readonly receipts: Receipts
  /** Every service's history, as its owner answers it. */
  readonly log: Pick<Log, 'replay'>
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

export type Service<Ask = any, Own extends Work = any> = {
  readonly name: string
  /** Databases besides its own `<name>`, as `<name>_log`: what must not be restored together. */
  readonly databases?: readonly string[]
  readonly aggregates: readonly Aggregate[]
  readonly views: readonly View[]
  readonly reactions: readonly Reaction[]
  readonly deadlines: readonly Deadlines[]
  /** Records that nobody reads without a trace; see `Kernel.confidential`. */
  readonly confidential?: readonly ConfidentialRecord[]
  /** The questions its commands and reactions may ask, bound to this process. */
  readonly ask: (kernel: Kernel) => Ask
  /** Its gRPC answers to others. */
  readonly answers?: (kernel: Kernel) => readonly {
    readonly definition: GrpcDefinition
    readonly implementation: UntypedServiceImplementation
    readonly callers?: Callers
  }[]
  /** Ordinary Fastify routes: lists over views, exports, what fits no command. Each must declare `config: { permission }`. */
  readonly routes?: (app: FastifyInstance, kernel: Kernel, work: Own) => void
  /** What it does besides all this, for as long as it runs. */
  readonly work?: (parts: WorkParts) => Promise<Own>
}

/** A service's table of contents: everything it mounts, as a plain value. Embedded, distributed, documents and tests all start from it. */
export const service = <Ask, Own extends Work = Work>(declared: Service<Ask, Own>): Service<Ask, Own> => declared
