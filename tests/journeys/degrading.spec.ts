import { randomUUID } from 'node:crypto'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { engines } from '../../infra/engines/find.ts'
import { postgresUrl } from '../../shared/src/testing/database.ts'
import type { Answer, Client } from '../kit/client.ts'
import { type DistributedCollegium, type EmbeddedCollegium, startCollegium, startCollegiumDistributed } from '../kit/collegium.ts'
import { eventually, federation, inHours, ok, yaml } from './scene.ts'

const duty = (title: string) => ({ unit: 'north-su-tea', title, owner: 'officer', due: inHours(24 * 20) })
const quick = async (work: () => Promise<Answer>): Promise<number> => {
  const began = performance.now()
  ok(await work())
  return performance.now() - began
}

describe('what is slow degrades only what needs it', () => {
  let collegium: EmbeddedCollegium
  let operator: Client
  let activities: pg.Client
  beforeAll(async () => {
    collegium = await startCollegium({
      settings: {
        COLLEGIUM_SIGN_IN_LIMIT: '1000',
        COLLEGIUM_RATE_LIMIT: '5000',
        COLLEGIUM_REQUEST_MS: '3000',
        COLLEGIUM_IN_FLIGHT_READS: '10',
        COLLEGIUM_QUEUE: '5',
      },
    })
    operator = await collegium.signIn('operator')
    await eventually(
      () => operator.post('/imports', federation, yaml),
      ({ status }) => expect(status).toBe(201),
    )
    const url = new URL(postgresUrl())
    url.pathname = new URL(collegium.gatewayPool().options.connectionString as string).pathname.replace(/_gateway$/, '_activities')
    activities = new pg.Client({ connectionString: url.href })
    await activities.connect()
  })
  afterAll(async () => {
    await activities?.end()
    await collegium?.stop()
  })

  it('a Postgres that does not answer one service: its readers are told, the others and the sign-in are as quick as ever, and operators see which', async () => {
    const { rows } = await activities.query(`select schema from views where name = 'duties' and state = 'active'`)
    await activities.query(`begin; lock table "${rows[0].schema}".duty in access exclusive mode`)
    const reading = Array.from({ length: 40 }, () => operator.get('/duties'))
    await eventually(
      () => operator.get('/activities-consumers/health'),
      (answer) => expect(ok(answer).slow).toContain('postgres'),
    )
    const took = await Promise.all([quick(() => operator.get('/units')), quick(() => operator.get('/documents')), quick(() => operator.get('/session'))])
    expect(Math.max(...took)).toBeLessThan(1_500)
    expect((await collegium.signIn('operator')).cookie).not.toBe('')
    expect(ok(await operator.get('/membership-consumers/health')).slow).not.toContain('consumers')
    const answers = await Promise.all(reading)
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([503]))
    expect(new Set(answers.map(({ body }) => body.code))).toEqual(new Set(['overloaded', 'too-late']))
    expect(answers.every(({ headers }) => headers.has('retry-after'))).toBe(true)
    await activities.query('rollback')
    await eventually(
      () => operator.get('/duties'),
      ({ status }) => expect(status).toBe(200),
    )
  })

  it('readers that do not read what they asked for: others get theirs, and commands go on', async () => {
    const { hostname, port } = new URL(collegium.address)
    const sleepers = Array.from({ length: 20 }, () => {
      const socket = connect(Number(port), hostname)
      socket.pause()
      socket.write(`GET /api/v1/events?from=0 HTTP/1.1\r\nhost: localhost\r\ncookie: ${operator.cookie}\r\n\r\n`)
      return socket
    })
    for (let count = 0; count < 20; count++) expect(await quick(() => operator.post('/duties', duty(`Beside sleepers ${count}`)))).toBeLessThan(2_000)
    const feed = await fetch(`${collegium.address}/api/v1/events?from=0&live=false`, { headers: { cookie: operator.cookie } })
    expect((await feed.text()).split('\n').length).toBeGreaterThan(20)
    for (const socket of sleepers) socket.destroy()
  })
})

/** How long the gateway waits for a service that restarts: a restart is hidden from who asks as long as it takes less, and on a busy machine it takes its time. */
const patienceMs = 60_000

describe.skipIf(!(await engines('postgres', 'kafka', 'redis')))('the distributed form goes on', () => {
  let collegium: DistributedCollegium
  let operator: Client
  beforeAll(async () => {
    collegium = await startCollegiumDistributed({ environment: { COLLEGIUM_UPSTREAM_PATIENCE_MS: String(patienceMs) } })
    operator = await collegium.signIn('operator')
    ok(await operator.post('/imports', federation, yaml))
  }, 240_000)
  afterAll(() => collegium?.stop())

  it('services restarted one after the other under load: no request that was let in fails, and each command is there once', async () => {
    const { processes } = collegium.system
    let isDone = false
    let sent = 0
    const failed: unknown[] = []
    const client = async (name: number): Promise<void> => {
      for (let count = 0; !isDone; count++) {
        const answer =
          count % 2 === 0
            ? await operator.post('/duties', duty(`Restart ${name} ${count}`), { 'idempotency-key': randomUUID() })
            : await operator.get(count % 4 === 1 ? '/duties?limit=5' : '/documents')
        if (count % 2 === 0) sent += 1
        if (answer.status >= 300) failed.push([answer.status, answer.body])
        await sleep(20)
      }
    }
    const clients = Array.from({ length: 8 }, (_, name) => client(name))
    const took: number[] = []
    for (const name of ['activities', 'documents', 'activities']) {
      await sleep(1_000)
      const began = performance.now()
      await processes[name]?.stop()
      await processes[name]?.start()
      took.push(performance.now() - began)
    }
    await sleep(1_000)
    isDone = true
    await Promise.all(clients)
    expect(failed).toEqual([])
    expect(Math.max(...took)).toBeLessThan(patienceMs)
    const pool = new pg.Client({ connectionString: collegium.system.engines.postgres.address.replace(/\/[^/]*$/, '/collegium_activities') })
    await pool.connect()
    const { rows } = await pool.query(`select count(*)::integer as stored from events where stream like 'duty-%'`)
    await pool.end()
    expect(rows[0].stored).toBe(sent)
  })

  it('Kafka that does not answer: commands are as quick as ever, and the operators’ page says what is slow', async () => {
    const { kafka } = collegium.system.engines
    await kafka.kill(0)
    for (let count = 0; count < 5; count++) expect(await quick(() => operator.post('/duties', duty(`Without Kafka ${count}`)))).toBeLessThan(2_000)
    const health = async () => ok(await operator.get('/activities-consumers/health'))
    await eventually(
      health,
      (seen) => {
        expect(seen).toMatchObject({ slow: ['kafka'] })
        // More than the five when the service decides something by itself meanwhile, a reminder that fell due.
        expect((seen as { relay: { unsent: number } }).relay.unsent).toBeGreaterThanOrEqual(5)
      },
      30,
    )
    await kafka.start(0)
    await eventually(health, (seen) => expect(seen).toMatchObject({ slow: [], relay: { unsent: 0, oldestSeconds: 0 } }), 60)
  })
})
