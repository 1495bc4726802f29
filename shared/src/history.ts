import {
  type HeadsRequest,
  HistoryClient,
  type HistoryServer,
  HistoryService,
  type ReplayRequest,
  type StreamRequest,
} from '@collegium/proto/collegium/kernel/v1/history.ts'
import type { Recorded } from './aggregate.ts'
import { answer, answerStream } from './grpc/answer.ts'
import { ask, askStream, type Clients } from './grpc/client.ts'
import type { Answers } from './grpc/server.ts'
import type { Source } from './log.ts'
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
    replay: answerStream(async function* ({ service, shard, after, limit }: ReplayRequest) {
      for (const { position, bytes } of await storeOf(service).readShardBytes(shard, after, limit))
        yield { entry: { position, record: Buffer.from(bytes), sealed: false } }
    }),
    stream: answerStream(async function* ({ service, stream }: StreamRequest) {
      for (const fact of await storeOf(service).readStream(stream)) yield { entry: { position: fact.position, record: Buffer.from(fact.bytes), sealed: false } }
    }),
    heads: answer(async ({ service }: HeadsRequest) => ({ heads: [...(await storeOf(service).heads())].map(([shard, position]) => ({ shard, position })) })),
  }
  return { definition: HistoryService, implementation, callers: { replay: ['*'], stream: ['*'], heads: ['*'] } }
}

/** Asks a service how far its own facts reach. */
export const headsOverGrpc =
  (clients: Clients) =>
  async (service: string): Promise<Map<number, number>> => {
    const { heads } = await ask(clients.client(HistoryClient, service), 'heads', { service }, { deadlineMs: 2_000 })
    return new Map(heads.map(({ shard, position }) => [shard, position]))
  }

/** Asks the owner of a source for its facts after a position. */
export const replayOverGrpc =
  (clients: Clients) =>
  async (source: Source, after: number, limit: number): Promise<Recorded[]> => {
    const facts: Recorded[] = []
    for await (const { entry } of askStream(clients.client(HistoryClient, source.service), 'replay', { ...source, after, limit }, { deadlineMs: 10_000 })) {
      if (entry) facts.push(decodeRecord(Buffer.from(entry.record).toString()))
    }
    return facts
  }
