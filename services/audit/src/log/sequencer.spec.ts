import { noteSigner } from '@collegium/shared/evidence/note.ts'
import { newSeed } from '@collegium/shared/evidence/signature.ts'
import { type TestDatabase, testDatabase } from '@collegium/shared/testing/database.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { crashingFiles, type Fault } from '../testing/crashing-files.ts'
import { factOf, factsOf, factTables, headTable, take } from '../testing/facts.ts'
import { wholeLog } from '../testing/log.ts'
import type { Files } from './files.ts'
import { type Head, headOf } from './head.ts'
import { placesOf } from './places.ts'
import { regainPlaces } from './regain.ts'
import { step } from './sequencer.ts'

let facts: TestDatabase
let heads: TestDatabase
const signer = noteSigner('spec.local/events', newSeed())

beforeAll(async () => {
  facts = await testDatabase(4)
  heads = await testDatabase(2)
  await factTables(facts)
  await headTable(heads)
})
afterAll(async () => {
  await facts.drop()
  await heads.drop()
})
beforeEach(async () => {
  await facts.pool.query('truncate facts, sources, leaves, cursors')
  await heads.pool.query('truncate checkpoints')
})

const parts = (files: Files, most = 4_096) => ({ signer, files, head: headOf(heads.pool, signer.name), places: placesOf(facts.pool, 'events'), most })
const run = async (files: Files, most?: number): Promise<number> => {
  let added = 0
  for (let more = true; more; ) {
    const done = await step(parts(files, most))
    added += done.added
    more = done.more
  }
  return added
}
const readerOf = (files: ReadonlyMap<string, Uint8Array>) => async (path: string) => files.get(path) ?? null
const told = (disk: ReturnType<typeof crashingFiles>) => wholeLog(readerOf(disk.seen()), signer.vkey)

describe('the sequencer', () => {
  it('[PL-06] gives every fact one entry, in the order of its source, and signs the root over all of them', async () => {
    const disk = crashingFiles()
    await run(disk.files)
    expect((await told(disk)).size).toBe(0)
    await take(facts, factsOf('activities', 0, 1, 700))
    await take(facts, [...factsOf('documents', 1, 1, 3), ...factsOf('activities', 2, 1, 2)])
    expect(await run(disk.files)).toBe(705)
    await take(facts, factsOf('activities', 0, 701, 1))
    expect(await run(disk.files)).toBe(1)
    const { size, entries } = await told(disk)
    expect(size).toBe(706)
    for (const source of ['activities/0', 'documents/1', 'activities/2']) {
      const positions = entries.filter((entry) => `${entry.source}/${entry.shard}` === source).map((entry) => Number(entry.position))
      expect(positions).toEqual(positions.map((_, index) => index + 1))
    }
    expect(await run(disk.files)).toBe(0)
  })

  it('makes the same files in small steps and in large ones', async () => {
    const [small, large] = [crashingFiles(), crashingFiles()]
    await take(facts, factsOf('activities', 0, 1, 600))
    await run(small.files, 37)
    const inSmall = await told(small)
    await heads.pool.query('truncate checkpoints')
    const places = await facts.pool.query('select count(*) from leaves')
    expect(Number(places.rows[0].count)).toBe(600)
    await expect(step(parts(large.files))).rejects.toThrow('knows nothing of it')
    await headOf(heads.pool, signer.name).begin()
    await run(large.files)
    expect((await told(large)).root).toEqual(inSmall.root)
  })

  it('lets a source stand still at a fact that does not continue its stream, shows it, and goes on with the others', async () => {
    const disk = crashingFiles()
    await take(facts, [...factsOf('activities', 0, 1, 2, 1), factOf('activities', 0, 3, 'thing-0-0', 4), factOf('activities', 0, 4, 'other', 1)])
    await take(facts, factsOf('documents', 0, 1, 3))
    const { added, stopped } = await step(parts(disk.files))
    expect(added).toBe(5)
    expect(stopped).toEqual([{ service: 'activities', shard: 0, position: 3, fault: 'activities/thing-0-0 goes on with version 4 after 2' }])
    await take(facts, factsOf('documents', 0, 4, 3))
    expect((await step(parts(disk.files))).added).toBe(3)
    expect((await told(disk)).size).toBe(8)
  })

  it('takes a second beginning of a stream for what it is', async () => {
    await take(facts, [factOf('activities', 0, 1, 'thing', 1), factOf('activities', 0, 2, 'thing', 1)])
    await take(facts, [factOf('activities', 0, 3, 'thing', 1)])
    const { rows } = await facts.pool.query('select position, fault from facts where fault is not null order by position')
    expect(rows.map((row) => [row.position, row.fault])).toEqual([
      ['2', 'activities/thing goes on with version 1 after 1'],
      ['3', 'activities/thing goes on with version 1 after 1'],
    ])
  })

  it('puts reads of confidential records into a log of their own too', async () => {
    await take(facts, [factOf('membership', 0, 1, 'reads-p-1', 1, { type: 'membership.record-read.v1' }), ...factsOf('membership', 0, 2, 3)])
    const { rows } = await facts.pool.query(`select position from facts where 'reads' = any (logs)`)
    expect(rows).toEqual([{ position: '1' }])
    const disk = crashingFiles()
    const reads = noteSigner('spec.local/reads', newSeed())
    const mine = { ...parts(disk.files), signer: reads, head: headOf(heads.pool, reads.name), places: placesOf(facts.pool, 'reads') }
    expect(await step(mine)).toMatchObject({ added: 1 })
    expect(await step(mine)).toMatchObject({ added: 0, more: false })
    expect((await wholeLog(readerOf(disk.seen()), reads.vkey)).entries.map((entry) => entry.type)).toEqual(['membership.record-read.v1'])
  })
})

describe('what was restored from an old backup is refused, and nothing is signed over it', () => {
  const begun = async () => {
    const disk = crashingFiles()
    await take(facts, factsOf('activities', 0, 1, 300))
    await run(disk.files)
    const old = { head: (await heads.pool.query('select * from checkpoints')).rows[0], files: disk.crash() }
    await take(facts, factsOf('activities', 0, 301, 300))
    await run(disk.files)
    return { disk, old }
  }
  const refused = async (files: Files, words: string): Promise<void> => {
    const before = (await heads.pool.query('select * from checkpoints')).rows
    await expect(step(parts(files))).rejects.toThrow(words)
    expect((await heads.pool.query('select * from checkpoints')).rows).toEqual(before)
  }

  it('the audit database', async () => {
    const { disk } = await begun()
    await facts.pool.query('delete from leaves where index >= 300')
    await facts.pool.query('delete from facts where position > 300')
    await facts.pool.query('update cursors set position = 300')
    await refused(disk.files, 'the audit database knows 300 of them')
    // Other facts came meanwhile.
    await take(facts, factsOf('activities', 0, 301, 10))
    await refused(disk.files, 'the audit database knows 300 of them')
  })

  it('the audit database, until its facts came again and have regained their places from the files', async () => {
    const { disk } = await begun()
    const regain = async () =>
      regainPlaces({ pool: facts.pool, log: 'events', files: disk.files, head: (await headOf(heads.pool, signer.name).read()) as Head })
    const rows = (await facts.pool.query('select * from leaves order by index')).rows
    await facts.pool.query('delete from leaves where index >= 300')
    await facts.pool.query('update cursors set position = 300')
    await facts.pool.query(`update facts set entry = replace(entry, 'north', 'south') where position = 450`)
    await expect(regain()).rejects.toThrow('1 are no facts of this database')
    await facts.pool.query(`update facts set entry = replace(entry, 'south', 'north') where position = 450`)
    expect(await regain()).toBe(300)
    expect((await facts.pool.query('select * from leaves order by index')).rows).toEqual(rows)
    await take(facts, factsOf('activities', 0, 601, 5))
    expect(await run(disk.files)).toBe(5)
    expect((await told(disk)).size).toBe(605)
  })

  it('the audit database, with a history that went on otherwise', async () => {
    const { disk } = await begun()
    await facts.pool.query('truncate facts, sources, leaves, cursors')
    await take(facts, factsOf('activities', 0, 1, 600))
    await placesOf(facts.pool, 'events').give(600)
    await refused(disk.files, 'they belong to different histories')
  })

  it('the checkpoint database', async () => {
    const { disk, old } = await begun()
    await heads.pool.query('update checkpoints set size = $1, root = $2', [old.head.size, old.head.root])
    await refused(disk.files, 'its checkpoint database knows 300')
    await heads.pool.query('truncate checkpoints')
    await refused(disk.files, 'its checkpoint database knows nothing of it')
  })

  it('the files', async () => {
    const { old } = await begun()
    await refused(crashingFiles(old.files).files, 'Restore them from a mirror')
  })

  it('both databases together', async () => {
    const { disk, old } = await begun()
    await facts.pool.query('delete from leaves where index >= 300')
    await heads.pool.query('update checkpoints set size = $1, root = $2', [old.head.size, old.head.root])
    await refused(disk.files, 'it was restored from an old backup')
  })

  it('a checkpoint file that this log did not sign', async () => {
    const { disk } = await begun()
    const forged = disk.seen()
    const text = Buffer.from(forged.get('checkpoint.pending') as Uint8Array).toString()
    forged.set('checkpoint.pending', Buffer.from(text.replace('\n600\n', '\n500\n')))
    await refused(crashingFiles(forged).files, 'is not one that this log signed')
  })

  it('a file with a bit that has turned', async () => {
    const { disk } = await begun()
    const damaged = disk.seen()
    const tile = Buffer.from(damaged.get('tile/0/002.p/88') as Uint8Array)
    tile[5] = (tile[5] as number) ^ 1
    damaged.set('tile/0/002.p/88', tile)
    await refused(crashingFiles(damaged).files, 'or damaged')
  })
})

describe('at every call of the file system', () => {
  const faults: Fault[] = ['killed-before', 'killed-after', 'torn', 'ENOSPC', 'EIO']
  const tables = [
    [() => facts, 'facts'],
    [() => facts, 'sources'],
    [() => facts, 'leaves'],
    [() => facts, 'cursors'],
    [() => heads, 'checkpoints'],
  ] as const
  let left: Map<string, Uint8Array>
  /** Twenty facts wait, for a log of 250 entries: in steps of ten they close a file and begin the next. Made once, and kept. */
  beforeAll(async () => {
    await facts.pool.query('truncate facts, sources, leaves, cursors')
    await heads.pool.query('truncate checkpoints')
    await take(facts, factsOf('activities', 0, 1, 250, 3))
    const disk = crashingFiles()
    await run(disk.files)
    await take(facts, factsOf('activities', 0, 251, 20, 3))
    left = disk.crash()
    for (const [database, table] of tables) await database().pool.query(`create table kept_${table} as table ${table}`)
  })
  const scene = async (): Promise<Map<string, Uint8Array>> => {
    await Promise.all(tables.map(([database, table]) => database().pool.query(`delete from ${table}; insert into ${table} select * from kept_${table}`)))
    return left
  }
  /** What was signed and shown, whenever it was: nothing later may contradict it. */
  const shown = (disk: ReturnType<typeof crashingFiles>) => disk.seen().get('checkpoint.pending')

  it.each(faults)(
    '%s: the next process goes on, with every entry once and nothing signed twice',
    async (kind) => {
      const whole = crashingFiles(await scene())
      await run(whole.files, 10)
      const calls = whole.calls()
      expect(calls).toBeGreaterThan(60)
      for (let at = 1; at <= calls; at++) {
        const first = crashingFiles(await scene(), { at, kind })
        await expect(run(first.files, 10), `call ${at}`).rejects.toThrow()
        const seen = shown(first) as Uint8Array
        const isKilled = kind !== 'ENOSPC' && kind !== 'EIO'
        const next = isKilled ? crashingFiles(first.crash()) : first
        await run(next.files, 10)
        expect((await told(next)).size, `call ${at}`).toBe(270)
        // What was shown before is the beginning of what is there now.
        const before = await wholeLog(readerOf(new Map([...next.seen(), ['checkpoint.pending', seen]])), signer.vkey)
        expect([250, 260, 270], `call ${at}`).toContain(before.size)
      }
    },
    60_000,
  )
})
