import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { cosign } from '../../services/audit/src/log/cosigning.ts'
import { filesIn } from '../../services/audit/src/log/files.ts'
import { headOf } from '../../services/audit/src/log/head.ts'
import { placesOf } from '../../services/audit/src/log/places.ts'
import { step } from '../../services/audit/src/log/sequencer.ts'
import { factsOf, factTables, headTable, take } from '../../services/audit/src/testing/facts.ts'
import { wholeLog } from '../../services/audit/src/testing/log.ts'
import { buildWitness } from '../../services/witness/src/app.ts'
import { openMemory } from '../../services/witness/src/memory.ts'
import { textOf } from '../../shared/src/evidence/bytes.ts'
import { cosigner } from '../../shared/src/evidence/cosignature.ts'
import { noteSigner, noteVerifier } from '../../shared/src/evidence/note.ts'
import { openCheckpoint, parsePolicy } from '../../shared/src/evidence/policy.ts'
import { newSeed } from '../../shared/src/evidence/signature.ts'
import { makeLogger } from '../../shared/src/logger.ts'
import { type TestDatabase, testDatabase } from '../../shared/src/testing/database.ts'

/** The sequencer, its files and two real witnesses of three; the third does not answer. */
const signer = noteSigner('log.example/events', newSeed())
const names = ['north', 'south', 'archive']
const keys = names.map((name) => cosigner(name, newSeed(), () => Date.now() / 1000))
const policy = parsePolicy(
  [`log ${signer.vkey}`, ...keys.map(({ vkey }, at) => `witness ${names[at]} ${vkey}`), `group two 2 ${names.join(' ')}`, 'quorum two', ''].join('\n'),
)
let folder: string
let facts: TestDatabase
let heads: TestDatabase
const apps: FastifyInstance[] = []
const witnesses: { url: string; name: string; vkey: string }[] = []

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'witnessed-'))
  ;[facts, heads] = [await testDatabase(3), await testDatabase(2)]
  await factTables(facts)
  await headTable(heads)
  for (const [at, key] of keys.entries()) {
    const app = buildWitness({
      ...{ logs: [noteVerifier(signer.vkey)], signer: key, memory: openMemory(join(folder, `${key.name}.db`)), logger: makeLogger('witness', 'silent') },
      now: Date.now,
    })
    witnesses.push({ url: await app.listen({ host: '127.0.0.1', port: 0 }), name: key.name, vkey: key.vkey })
    if (at === 2) await app.close()
    else apps.push(app)
  }
})
afterAll(async () => {
  for (const app of apps) await app.close()
  await facts.drop()
  await heads.drop()
  rmSync(folder, { recursive: true })
})

const logIn = (name: string) => ({
  signer,
  files: filesIn(join(folder, name)),
  head: headOf(heads.pool, signer.name),
  places: placesOf(facts.pool, 'events'),
  most: 100,
})
type Log = ReturnType<typeof logIn>
const publish = async (log: Log, first: number, count: number) => {
  await take(facts, factsOf('activities', 0, first, count))
  for (;;) {
    const { signed, more } = await step(log)
    if (!more) return { ...(await cosign({ ...log, policy, witnesses }, signed)), signed }
  }
}

it('[PL-06] publishes what enough witnesses cosigned, step by step, and leaves only whole files where they are full', async () => {
  const log = logIn('one')
  let size = 0
  for (const count of [3, 200, 70, 300]) {
    const { isPublished, refusals } = await publish(log, size + 1, count)
    size += count
    expect(isPublished).toBe(true)
    expect(refusals).toMatchObject([{ witness: 'archive', status: 0 }])
    const opened = openCheckpoint(textOf((await log.files.read('checkpoint')) as Uint8Array), policy)
    expect(opened).toMatchObject({ isEnough: true, checkpoint: { size } })
    expect([...opened.cosigned.keys()].sort()).toEqual(['north', 'south'])
    expect((await wholeLog(log.files.read, signer.vkey, 'checkpoint')).size).toBe(size)
  }
  expect((await log.files.list('tile/entries')).filter((name) => !name.startsWith('.')).sort()).toEqual(['000', '001', '002.p'])
})

it('is refused by its witnesses when everything of it was restored from an old backup and goes on otherwise', async () => {
  await facts.pool.query('truncate facts, sources, leaves, cursors')
  await heads.pool.query('truncate checkpoints')
  const log = logIn('restored')
  const behind = await publish(log, 1, 50)
  expect(behind.isPublished).toBe(false)
  expect(behind.refusals.map(({ status, text }) => [status, text])).toEqual(expect.arrayContaining([[409, '573']]))
  const ahead = await publish(log, 51, 600)
  expect(ahead.isPublished).toBe(false)
  expect(ahead.refusals.filter(({ status }) => status === 422)).toHaveLength(2)
  expect(await log.files.read('checkpoint')).toBeNull()
})
