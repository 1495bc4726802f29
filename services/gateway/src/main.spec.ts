import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { databaseUrl } from '@collegium/shared/run.ts'
import { loopback } from '@collegium/shared/testing/loopback.ts'
import { membershipAnswers } from '@collegium/shared/testing/peers.ts'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openAccount } from './accounts.ts'
import { hashPassword } from './password.ts'
import { actorKeys, echoContract, echoService, homes, password, snapshot } from './testing/door.ts'

/** The process uses the database of its own name; one that is there already is used and left, with what this adds taken out again. */
const admin = new pg.Client({ connectionString: process.env.COLLEGIUM_POSTGRES_URL })
let stop: () => Promise<void>
let address: string
let code: Promise<[number | null, string | null]>
let end: () => void

beforeAll(async () => {
  await admin.connect()
  const existed = (await admin.query(`select 1 from pg_database where datname = 'collegium_gateway'`)).rowCount === 1
  if (!existed) await admin.query('create database collegium_gateway')
  const membership = await loopback(membershipAnswers(snapshot, homes))
  const echo = await echoService()
  echo.get('/openapi.json', async () => echoContract)
  const child = spawn(process.execPath, [fileURLToPath(new URL('main.ts', import.meta.url))], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      COLLEGIUM_PORT: '0',
      COLLEGIUM_ACTOR_KEY: actorKeys.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
      COLLEGIUM_MEMBERSHIP_GRPC: membership.server.address,
      COLLEGIUM_ECHO_HTTP: await echo.listen({ host: '127.0.0.1', port: 0 }),
    },
  })
  code = once(child, 'exit') as Promise<[number | null, string | null]>
  end = () => child.kill('SIGTERM')
  for await (const line of createInterface({ input: child.stdout })) {
    const told = JSON.parse(line)
    if (told.msg === 'listening') {
      address = told.address
      break
    }
  }
  child.stdout.resume()
  stop = async () => {
    child.kill('SIGKILL')
    await echo.close()
    await membership.stop()
    if (!existed) await admin.query('drop database collegium_gateway with (force)')
    await admin.end()
  }
}, 60_000)
afterAll(() => stop())

describe('the gateway as a process of its own', () => {
  it('migrates, reads the services’ documents, asks membership, and ends when it is told to', async () => {
    const pool = new pg.Pool({ connectionString: databaseUrl(process.env.COLLEGIUM_POSTGRES_URL as string, 'gateway') })
    const [operator, fresh] = [`operator-${randomUUID()}`, `fresh-${randomUUID()}`]
    try {
      await openAccount(pool, { account: operator, person: operator, home: null, operator: true, passwordHash: await hashPassword(password) })
      expect(await (await fetch(`${address}/readyz`)).json()).toMatchObject({ ready: true })
      const headers = { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' }
      const signedIn = await fetch(`${address}/api/v1/session`, { method: 'POST', headers, body: JSON.stringify({ account: operator, password }) })
      expect(signedIn.status).toBe(201)
      const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] as string
      expect(await (await fetch(`${address}/api/v1/echo`, { headers: { cookie } })).json()).toMatchObject({ actor: { person: operator, operator: true } })
      const open = (person: string) =>
        fetch(`${address}/api/v1/accounts`, {
          method: 'POST',
          headers: { ...headers, cookie },
          body: JSON.stringify({ account: fresh, person, home: 'north' }),
        })
      expect(await (await open('p-south')).json()).toMatchObject({ status: 422, code: 'person-elsewhere' })
      expect((await open('p-new')).status).toBe(201)
    } finally {
      await pool.query('delete from accounts where account = any($1)', [[operator, fresh]])
      await pool.end()
    }
    end()
    expect(await code).toEqual([0, null])
  }, 30_000)
})
