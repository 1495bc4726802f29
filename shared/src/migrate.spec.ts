import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { migrate } from './migrate.ts'
import { testDatabase } from './testing/database.ts'

let database: Awaited<ReturnType<typeof testDatabase>>
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.drop())

const folderOf = (files: Readonly<Record<string, string>>): { url: URL; write: (name: string, sql: string) => void } => {
  const path = mkdtempSync(join(tmpdir(), 'migrations-'))
  const write = (name: string, sql: string): void => writeFileSync(join(path, name), sql)
  for (const [name, sql] of Object.entries(files)) write(name, sql)
  return { url: pathToFileURL(`${path}/`), write }
}

it('applies each file once and in order, however many processes start at the same moment', async () => {
  const folder = folderOf({ '002-second.sql': 'insert into steps values (2)', '001-first.sql': 'create table steps (step int); insert into steps values (1)' })
  await Promise.all(Array.from({ length: 4 }, () => migrate(database.pool, folder.url, 'steps')))
  folder.write('003-third.sql', 'insert into steps values (3)')
  await migrate(database.pool, folder.url, 'steps')
  expect((await database.pool.query('select step from steps')).rows.map((row) => row.step)).toEqual([1, 2, 3])
})

it('refuses a file that was applied and edited since', async () => {
  const folder = folderOf({ '001-first.sql': 'create table edited (one int)' })
  await migrate(database.pool, folder.url, 'edited')
  folder.write('001-first.sql', 'create table edited (two int)')
  await expect(migrate(database.pool, folder.url, 'edited')).rejects.toThrow(/edited\/001-first.sql was applied and has been edited/)
})

it('leaves nothing of a file that fails, and goes on when it is mended', async () => {
  const folder = folderOf({ '001-first.sql': 'create table half (one int); select nonsense' })
  await expect(migrate(database.pool, folder.url, 'half')).rejects.toThrow(/nonsense/)
  folder.write('001-first.sql', 'create table half (one int)')
  await migrate(database.pool, folder.url, 'half')
  expect((await database.pool.query('select count(*)::int from half')).rows[0].count).toBe(0)
})
