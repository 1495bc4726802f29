import { chmodSync, existsSync, lstatSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, expect, it } from 'vitest'
import { EngineMissing } from './engine.ts'
import { startPostgres } from './postgres.ts'
import type { Postgres } from './postgres-settings.ts'

const dir = mkdtempSync(join(tmpdir(), 'collegium-spec-'))
chmodSync(dir, 0o755)
const folder = join(dir, 'postgres')
const environment = { ...process.env, COLLEGIUM_POSTGRES_URL: '' }
const open: Postgres[] = []

const start = async (options: Parameters<typeof startPostgres>[0] = {}): Promise<Postgres> => {
  const postgres = await startPostgres({ environment, ...options })
  open.push(postgres)
  return postgres
}

const query = async <R = Record<string, unknown>>(address: string, sql: string, values: unknown[] = []): Promise<R[]> => {
  const client = new pg.Client({ connectionString: address })
  await client.connect()
  try {
    return (await client.query(sql, values)).rows as R[]
  } finally {
    await client.end()
  }
}

afterAll(async () => {
  await Promise.all(open.map((postgres) => postgres.stop()))
  rmSync(dir, { recursive: true, force: true })
})

it('starts a server of our own that sorts and searches Chinese, safe to disk only where data is kept', async () => {
  const fast = await start()
  expect(fast.took).not.toBe('environment')
  expect(await query(fast.address, 'SHOW fsync')).toEqual([{ fsync: 'off' }])
  expect(await query(fast.address, 'SHOW server_encoding')).toEqual([{ server_encoding: 'UTF8' }])
  await query(fast.address, 'CREATE EXTENSION pg_trgm')
  expect(await query(fast.address, "SELECT show_trgm('学生会') <> '{}' AS kept, uuidv7() IS NOT NULL AS ids")).toEqual([{ kept: true, ids: true }])

  const durable = await start({ dir: folder })
  expect(durable.took).toBe('local')
  expect(await query(durable.address, 'SHOW fsync')).toEqual([{ fsync: 'on' }])
  await query(durable.address, 'CREATE TABLE kept (word text)')
  await query(durable.address, "INSERT INTO kept VALUES ('章程')")
  await durable.stop()
  await durable.stop()
})

it('keeps its data when it is stopped and started again, restarted, and killed', async () => {
  const postgres = await start({ dir: folder })
  expect(await query(postgres.address, 'SELECT word FROM kept')).toEqual([{ word: '章程' }])
  await postgres.restart()
  await query(postgres.address, "INSERT INTO kept VALUES ('after the restart')")
  await postgres.kill()
  await expect(query(postgres.address, 'SELECT 1')).rejects.toThrow()
  await postgres.restart()
  expect(await query(postgres.address, 'SELECT count(*)::int AS count FROM kept')).toEqual([{ count: 2 }])
  await postgres.stop()
})

it('stands still with every connection until it is let go on, and can be killed while it does', async () => {
  const postgres = await start()
  const client = new pg.Client({ connectionString: postgres.address })
  client.on('error', () => {})
  await client.connect()
  const goOn = await postgres.freeze()
  const answer = client.query('SELECT 1 AS one').then(({ rows }) => rows)
  expect(await Promise.race([answer, sleep(500, 'nothing')])).toBe('nothing')
  await goOn()
  expect(await answer).toEqual([{ one: 1 }])

  await postgres.freeze()
  await postgres.kill()
  await postgres.restart()
  expect(await query(postgres.address, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  await postgres.stop()
})

it('starts over a lock file that names a process which is no Postgres', async () => {
  writeFileSync(join(folder, 'data/postmaster.pid'), `${process.pid}\n${join(folder, 'data')}\n`)
  const postgres = await start({ dir: folder })
  expect(await query(postgres.address, 'SELECT count(*)::int AS count FROM kept')).toEqual([{ count: 2 }])
  await postgres.stop()
})

it('takes the server that the environment names, does not end it, and refuses to kill it', async () => {
  const own = await start()
  const said: string[] = []
  const named = await startPostgres({ environment: { COLLEGIUM_POSTGRES_URL: own.address }, say: (line) => said.push(line) })
  expect(named.took).toBe('environment')
  expect(said.join()).toMatch(/^postgres: environment, /)
  await named.stop()
  expect(await query(own.address, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  await expect(named.kill()).rejects.toThrow('was not started here')
  await own.stop()
  await expect(startPostgres({ environment: { COLLEGIUM_POSTGRES_URL: own.address } })).rejects.toThrow(EngineMissing)
})

it.skipIf(process.getuid?.() !== 0)('as root it works in a folder that only root may enter, and says where the data stands', async () => {
  const closed = join(mkdtempSync(join(dir, 'closed-')), 'var/postgres')
  const said: string[] = []
  const postgres = await start({ dir: closed, say: (line) => said.push(line) })
  await query(postgres.address, 'CREATE TABLE kept (word text)')
  await postgres.stop()
  expect(lstatSync(closed).isSymbolicLink()).toBe(true)
  const real = realpathSync(closed)
  expect(said.join('\n')).toContain(`is closed to the user "postgres", so the data of ${closed} stands in ${real}`)
  const again = await start({ dir: closed })
  expect(await query(again.address, 'SELECT * FROM kept')).toEqual([])
  await again.stop()
  rmSync(real, { recursive: true })

  // The data is gone and the link points nowhere: a new, empty one is made.
  const fresh = await start({ dir: closed })
  await expect(query(fresh.address, 'SELECT * FROM kept')).rejects.toThrow('does not exist')
  await fresh.stop()
  expect(existsSync(real)).toBe(false)
  rmSync(realpathSync(closed), { recursive: true })
})
