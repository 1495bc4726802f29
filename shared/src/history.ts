import {
  type HeadsRequest,
  HistoryClient,
  type HistoryServer,
  HistoryService,
  type ReplayRequest,
  type ReplayResponse,
  type StreamRequest,
} from '@collegium/proto/collegium/kernel/v1/history.ts'
import type { Recorded } from './aggregate.ts'
import { answer, answerStream } from './grpc/answer.ts'
import { ask, askStream, type Clients } from './grpc/client.ts'
import type { Answers } from './grpc/server.ts'
import { passedOver, type Source } from './log.ts'
import { refuse } from './refusals.ts'
import { decodeRecord } from './store/record.ts'
import type { Store } from './store/store.ts'

/** The owner's own word on its facts, for whoever found a hole in the log: one answer for all services of a process. */
export const historyAnswers = (stores: ReadonlyMap<string, Store>): Answers => {
  const storeOf = (service: string): Store => {
    const store = stores.get(service)
    if (!store) throw refuse('unknown-id', { aggregate: 'service', id: service })
    return store
  }
  const implementation: HistoryServer = {
    replay: answerStream(async function* ({ service, shard, after, limit, types }: ReplayRequest) {
      const store = storeOf(service)
      yield* inRuns(types.length === 0 ? await store.readShardBytes(shard, after, limit) : await store.readShardBytesOf(shard, after, limit, new Set(types)))
    }),
    stream: answerStream(async function* ({ service, stream }: StreamRequest) {
      for (const fact of await storeOf(service).readStream(stream)) yield { entry: { position: fact.position, record: Buffer.from(fact.bytes), sealed: false } }
    }),
    heads: answer(async ({ service }: HeadsRequest) => ({ heads: [...(await storeOf(service).heads())].map(([shard, position]) => ({ shard, position })) })),
  }
  return { definition: HistoryService, implementation, callers: { replay: ['*'], stream: ['*'], heads: ['*'] } }
}

/** Facts as they are; neighbours that are passed over as one run. What is missing in between stays missing. */
function* inRuns(rows: readonly { readonly position: number; readonly bytes: string | null }[]): Generator<ReplayResponse> {
  let run: { first: number; last: number } | null = null
  for (const { position, bytes } of rows) {
    if (bytes === null && run?.last === position - 1) run.last = position
    else {
      if (run !== null) yield { entry: undefined, passed: run }
      run = bytes === null ? { first: position, last: position } : null
      if (bytes !== null) yield { entry: { position, record: Buffer.from(bytes), sealed: false }, passed: undefined }
    }
  }
  if (run !== null) yield { entry: undefined, passed: run }
}

/** Asks a service how far its own facts reach. */
export const headsOverGrpc =
  (clients: Clients) =>
  async (service: string): Promise<Map<number, number>> => {
    const { heads } = await ask(clients.client(HistoryClient, service), 'heads', { service }, { deadlineMs: 2_000 })
    return new Map(heads.map(({ shard, position }) => [shard, position]))
  }

/** Asks the owner of a source for its facts after a position. One that does not know of types yet answers with all. */
export const replayOverGrpc =
  (clients: Clients) =>
  async (source: Source, after: number, limit: number, types: ReadonlySet<string> = new Set()): Promise<Recorded[]> => {
    const facts: Recorded[] = []
    const asked = { ...source, after, limit, types: [...types] }
    for await (const { entry, passed } of askStream(clients.client(HistoryClient, source.service), 'replay', asked, { deadlineMs: 10_000 })) {
      for (let position = passed?.first ?? 1; position <= (passed?.last ?? 0); position++) facts.push(passedOver(source, position))
      if (entry) facts.push(decodeRecord(Buffer.from(entry.record).toString()))
    }
    return facts
  }
