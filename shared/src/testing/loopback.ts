import type { Client } from '@grpc/grpc-js'
import { pino } from 'pino'
import type { Actor } from '../aggregate.ts'
import { type Clients, clientFactory } from '../grpc/client.ts'
import { credentialsOf } from '../grpc/credentials.ts'
import { type Answers, type GrpcServer, serveGrpc } from '../grpc/server.ts'
import type { Logger } from '../logger.ts'

export type Loopback = Clients & {
  readonly server: GrpcServer
  readonly log: Logger
  /** Every line that was logged. */
  readonly logged: readonly Record<string, any>[]
  readonly stop: () => Promise<void>
}

/** For specs: a real server on loopback and clients that reach it as `activities`. Tokens are the actor's JSON; nobody else listens there. */
export const loopback = async (
  answers: readonly Answers[],
  { address = '127.0.0.1:0', graceMs = 300, verify = (token: string): Actor => JSON.parse(token) } = {},
): Promise<Loopback> => {
  const logged: Record<string, any>[] = []
  const log = pino({ level: 'debug' }, { write: (line: string) => logged.push(JSON.parse(line)) })
  const credentials = credentialsOf({})
  const server = await serveGrpc({ answers, address, credentials, log, graceMs, verify })
  const clients = clientFactory({ addresses: { activities: server.address, membership: server.address }, credentials, sign: JSON.stringify })
  return {
    ...clients,
    server,
    log,
    logged,
    stop: async () => {
      clients.close()
      await server.close()
    },
  }
}

/** The first message of a raw stream, for what no generated client covers. */
export const rawAnswer = (client: Client, path: string, request: Uint8Array): Promise<Buffer> =>
  new Promise((resolve, fail) => {
    const call = client.makeBidiStreamRequest(
      path,
      (bytes: Uint8Array) => Buffer.from(bytes),
      (bytes) => bytes,
    )
    call.on('data', resolve).on('error', fail)
    call.write(request)
    call.end()
  })
