import { toHex, utf8 } from '@collegium/shared/evidence/bytes.ts'
import { sha256 } from '@collegium/shared/evidence/digest.ts'
import type { Signer, Verifier } from '@collegium/shared/evidence/note.ts'
import { endConnectionsOnClose } from '@collegium/shared/http/ended-connections.ts'
import type { Logger } from '@collegium/shared/logger.ts'
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import { addCheckpoint, heldOf } from './cosign.ts'
import type { Memory } from './memory.ts'

const plain = 'text/plain; charset=utf-8'

/** Room for a checkpoint with many signatures. */
const mostBytes = 262_144

/** The witness' HTTP interface by c2sp.org/tlog-witness, and a page that tells what it has cosigned. */
export const buildWitness = (given: {
  readonly logs: readonly Verifier[]
  readonly signer: Signer
  readonly memory: Memory
  readonly logger: Logger
  readonly now: () => number
}): FastifyInstance => {
  const { logs, signer, memory, logger } = given
  const app = Fastify({
    loggerInstance: logger as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: mostBytes,
    requestTimeout: 10_000,
    forceCloseConnections: 'idle',
  })
  endConnectionsOnClose(app)
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_, body, done) => done(null, body))
  app.setErrorHandler((error: { statusCode?: number; message: string }, _, reply) => {
    const status = error.statusCode ?? 500
    if (status >= 500) logger.error({ err: error }, 'unexpected')
    return reply
      .status(status)
      .type(plain)
      .send(`${status >= 500 ? 'this witness cannot answer now' : error.message}\n`)
  })

  const origins = [...new Set(logs.map(({ name }) => name))]
  const byHash = new Map(origins.map((origin) => [toHex(sha256(utf8(origin))), origin]))

  app.post('/add-checkpoint', (request, reply) => {
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
    const { status, text } = addCheckpoint(body, given)
    if (status === 422) logger.warn({ why: text.trim() }, 'refused')
    return reply
      .status(status)
      .type(status === 409 ? 'text/x.tlog.size' : plain)
      .send(text)
  })

  app.get<{ Params: { hash: string } }>('/:hash/checkpoint', (request, reply) => {
    const origin = byHash.get(request.params.hash)
    const note = origin === undefined ? null : memory.held(origin)
    return reply
      .status(note === null ? 404 : 200)
      .type(plain)
      .send(note ?? 'nothing cosigned of that log\n')
  })

  app.get('/', () => ({
    name: signer.name,
    vkey: signer.vkey,
    logs: [...byHash].map(([hash, origin]) => ({
      origin,
      vkeys: logs.filter(({ name }) => name === origin).map(({ vkey }) => vkey),
      size: heldOf(memory, origin).size,
      checkpoint: memory.held(origin) === null ? null : `/${hash}/checkpoint`,
    })),
    refused: memory.refused().length,
  }))
  app.get('/refused', () => memory.refused())
  app.get('/livez', () => ({ ok: true }))
  return app
}
