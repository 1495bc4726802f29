import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { AttendanceClient, type AttendanceServer, AttendanceService } from '@collegium/proto/collegium/activities/v1/attendance.ts'
import pg from 'pg'
import { Registry } from 'prom-client'
import { answer } from '../grpc/answer.ts'
import { ask } from '../grpc/client.ts'
import { buildApp } from '../http/server.ts'
import { makeLogger } from '../logger.ts'
import { flushTraces } from '../traceparent.ts'
import { loopback } from './loopback.ts'

/**
 * A process for the spec of telemetry.ts: `GET /attended/:person` asks over gRPC, and the answer asks Postgres. Prints its address as the
 * first line, ends with its standard input.
 */
const pool = new pg.Pool({ connectionString: process.env.COLLEGIUM_POSTGRES_URL as string, max: 2 })
const attendance: Pick<AttendanceServer, 'attended'> = {
  attended: answer(async ({ person }) => ({ attended: (await pool.query('select $1 <> $2 as attended', [person, 'nobody'])).rows[0].attended })),
}
const asked = await loopback([{ definition: AttendanceService, implementation: attendance as unknown as AttendanceServer }])
const app = await buildApp({
  name: 'traced',
  logger: makeLogger('traced', 'info'),
  actorKey: generateKeyPairSync('ed25519').publicKey,
  metrics: new Registry(),
  ready: async () => ({}),
})
app.get('/attended/:person', { config: { permission: 'public' } }, async (request) => {
  const { person } = request.params as { person: string }
  const found = await ask(asked.client(AttendanceClient, 'activities'), 'attended', { activity: 'a-1', person })
  request.log.info('answered')
  return { ...found, trace: request.id }
})
process.stdout.write(`${await app.listen({ port: 0, listenTextResolver: () => 'listening' })}\n`)
await once(process.stdin.resume(), 'end')
await app.close()
await asked.stop()
await pool.end()
await flushTraces()
