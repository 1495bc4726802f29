import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { noteSignature, noteSignerOf, skeyOf } from '@collegium/shared/evidence/note.ts'
import { newSeed } from '@collegium/shared/evidence/signature.ts'
import { type TestDatabase, testDatabase } from '@collegium/shared/testing/database.ts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { factsOf, factTables, headTable, take } from '../testing/facts.ts'
import { wholeLog } from '../testing/log.ts'
import { filesIn } from './files.ts'

/** The real calls to the system, where strace may put faults between: no port of ours in the way. */
const hasStrace = spawnSync('strace', ['-e', 'inject=fsync:error=EIO:when=999', 'true']).status === 0
const program = fileURLToPath(new URL('../testing/steps.ts', import.meta.url))
const key = skeyOf('spec.local/events', noteSignature, newSeed())
const { vkey } = noteSignerOf(key)
let facts: TestDatabase
let heads: TestDatabase
let folder: string

beforeAll(async () => {
  ;[facts, heads] = [await testDatabase(3), await testDatabase(2)]
  await factTables(facts)
  await headTable(heads)
  folder = mkdtempSync(join(tmpdir(), 'system-calls-'))
})
afterAll(async () => {
  await facts.drop()
  await heads.drop()
  rmSync(folder, { recursive: true })
})

/** Runs the program, with a fault at the `when`-th call. One thread makes the calls, so that they can be counted. */
const run = async (fault: string | null): Promise<{ ended: boolean; output: string }> => {
  const command = fault === null ? [process.execPath, program] : ['strace', '-f', '-qq', '-o', '/dev/null', '-e', `inject=${fault}`, process.execPath, program]
  const child = spawn(command[0] as string, command.slice(1), {
    env: { ...process.env, UV_THREADPOOL_SIZE: '1', FACTS: facts.url, HEADS: heads.url, FOLDER: folder, KEY: key, NODE_OPTIONS: '' },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  let output = ''
  child.stdout.on('data', (chunk) => {
    output += chunk
  })
  const [code] = await once(child, 'close')
  return { ended: code === 0, output: output.trim() }
}

it.skipIf(!hasStrace).each([
  ['fsync:signal=KILL', 4],
  ['fsync:error=EIO', 4],
  ['rename:signal=KILL', 1],
  ['rename:error=ENOSPC', 1],
] as const)(
  '%s at every such call (or every %ith): the next process goes on with every entry once',
  async (fault, stride) => {
    let [position, broken] = [Number((await facts.pool.query('select coalesce(max(position), 0) as last from facts')).rows[0].last), 0]
    for (let when = 1; when < 40; when += stride) {
      await take(facts, factsOf('activities', 0, position + 1, 20, 3))
      position += 20
      const { ended } = await run(`${fault}:when=${when}`)
      if (ended) break
      broken += 1
      expect(await run(null)).toEqual({ ended: true, output: `${position}` })
      expect((await wholeLog(filesIn(folder).read, vkey)).size).toBe(position)
    }
    expect(broken).toBeGreaterThan(2)
  },
  120_000,
)
