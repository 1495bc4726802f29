import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { filesIn } from '../../services/audit/src/log/files.ts'
import { headOf } from '../../services/audit/src/log/head.ts'
import { placesOf } from '../../services/audit/src/log/places.ts'
import { step } from '../../services/audit/src/log/sequencer.ts'
import { factsOf, factTables, headTable, take } from '../../services/audit/src/testing/facts.ts'
import { noteSigner } from '../../shared/src/evidence/note.ts'
import { newSeed } from '../../shared/src/evidence/signature.ts'
import { testDatabase } from '../../shared/src/testing/database.ts'
import { type Figure, figure } from './figure.ts'

const sources = 8
const batch = 2_000

/** From facts as the log port hands them on to entries that are signed: intake, places, files with fsync, the root read back, signature. */
export const benchEvidence = async (count: number): Promise<Figure[]> => {
  const [facts, heads] = [await testDatabase(4), await testDatabase(2)]
  const folder = mkdtempSync(join(tmpdir(), 'collegium-bench-log-'))
  try {
    await factTables(facts)
    await headTable(heads)
    const signer = noteSigner('bench.local/events', newSeed())
    const parts = { signer, files: filesIn(folder), head: headOf(heads.pool, signer.name), places: placesOf(facts.pool, 'events'), most: 4_096 }
    const each = Math.ceil(count / sources)
    const made = Array.from({ length: sources }, (_, shard) => factsOf('activities', shard, 1, each, 500))
    await step(parts)
    const began = performance.now()
    for (let at = 0; at < each; at += batch / sources)
      await take(
        facts,
        made.flatMap((source) => source.slice(at, at + batch / sources)),
      )
    const taken = performance.now()
    let added = 0
    for (let more = true; more; ) {
      const done = await step(parts)
      added += done.added
      more = done.more
    }
    const ended = performance.now()
    if (added !== each * sources) throw new Error(`${added} of ${each * sources} facts have an entry`)
    return [
      figure('sequenced', (added * 1_000) / (ended - began), 'entries/s', 'intake included', null),
      figure('sequenced-alone', (added * 1_000) / (ended - taken), 'entries/s', 'without intake', null),
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
    await facts.drop()
    await heads.drop()
  }
}
