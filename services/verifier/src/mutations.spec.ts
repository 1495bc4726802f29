import { parsePolicy } from '@collegium/shared/evidence/policy.ts'
import { encodeBundle } from '@collegium/shared/evidence/tiles.ts'
import { describe, expect, it } from 'vitest'
import { auditLog, type Since } from './audit-log.ts'
import { checkpointOf, entriesOf, filesOf, logFiles, policyWithoutWitnesses, sampleBegin, sampleFacts, samplePolicy } from './testing/sample-log.ts'

/** Numbers that follow from a seed: [0, below). */
const dice = (seed: number) => (below: number) => {
  seed = (seed + 0x6d2b79f5) | 0
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
  return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below)
}
type Dice = ReturnType<typeof dice>
type Log = Map<string, Uint8Array>

const sizes = [3, 40, 130, 257, 300]
const facts = sampleFacts(320)
const logs = sizes.map((size) => {
  const entries = entriesOf(facts.slice(0, size))
  const kept = checkpointOf(entries.slice(0, Math.ceil(size / 2)))
  return { size, entries, files: logFiles(entries), since: [{ name: 'kept', checkpoint: kept }] }
})
type Sample = (typeof logs)[number]

const one = <T>(roll: Dice, of: readonly T[]): T => of[roll(of.length)] as T
const pathIn = (roll: Dice, files: Log): string => one(roll, [...files.keys()])

/** What somebody with the disk of the log can do. Each answers other files than it was given, or null where this roll changes nothing. */
const byHand: Readonly<Record<string, (roll: Dice, sample: Sample) => Log | null>> = {
  'a bit is flipped': (roll, { files }) => {
    const path = pathIn(roll, files)
    const bytes = Uint8Array.from(files.get(path) as Uint8Array)
    const at = roll(bytes.length)
    bytes[at] = (bytes[at] as number) ^ (1 << roll(8))
    return new Map(files).set(path, bytes)
  },
  'bytes are deleted': (roll, { files }) => {
    const path = pathIn(roll, files)
    const bytes = files.get(path) as Uint8Array
    const from = roll(bytes.length)
    const to = from + 1 + roll(Math.min(64, bytes.length - from))
    return new Map(files).set(path, Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]))
  },
  'a file is deleted': (roll, { files }) => {
    const log = new Map(files)
    log.delete(pathIn(roll, files))
    return log
  },
  'a file is cut': (roll, { files }) => {
    const path = pathIn(roll, files)
    const bytes = files.get(path) as Uint8Array
    return new Map(files).set(path, bytes.subarray(0, roll(bytes.length)))
  },
  'two files are swapped': (roll, { files }) => {
    const [first, second] = [pathIn(roll, files), pathIn(roll, files)]
    const [one, other] = [files.get(first) as Uint8Array, files.get(second) as Uint8Array]
    return first === second || Buffer.compare(one, other) === 0 ? null : new Map(files).set(first, other).set(second, one)
  },
  'two entries are swapped': (roll, { files, entries, size }) => {
    const [first, second] = [roll(size), roll(size)]
    if (first === second) return null
    const swapped = [...entries]
    ;[swapped[first], swapped[second]] = [entries[second] as Uint8Array, entries[first] as Uint8Array]
    return withEntries(files, swapped)
  },
  'an entry is deleted': (roll, { files, entries, size }) => withEntries(files, entries.toSpliced(roll(size), 1)),
  'an entry is doubled': (roll, { files, entries, size }) => withEntries(files, entries.toSpliced(roll(size), 0, entries[roll(size)] as Uint8Array)),
  'an entry is exchanged': (roll, { files, size, entries }) => {
    const at = roll(size)
    return withEntries(files, entries.with(at, entriesOf(sampleFacts(at + 1, 'forged'))[at] as Uint8Array))
  },
  'hashes are swapped': (roll, { files }) => {
    const path = one(
      roll,
      [...files.keys()].filter((each) => /^tile\/\d/.test(each)),
    )
    const bytes = Uint8Array.from(files.get(path) as Uint8Array)
    const [first, second] = [roll(bytes.length / 32) * 32, roll(bytes.length / 32) * 32]
    if (first === second) return null
    const kept = bytes.slice(first, first + 32)
    bytes.copyWithin(first, second, second + 32)
    bytes.set(kept, second)
    return new Map(files).set(path, bytes)
  },
  'entries and hashes are exchanged together': (roll, { files, entries, size }) => {
    const at = roll(size)
    const forged = entries.with(at, entriesOf(sampleFacts(at + 1, 'forged'))[at] as Uint8Array)
    return new Map(logFiles(forged)).set('checkpoint', files.get('checkpoint') as Uint8Array)
  },
}

/** What the operator can do, who holds the log's own key: everything is signed, and only what others kept tells of it. */
const byTheOperator: Readonly<Record<string, (roll: Dice, sample: Sample) => Log>> = {
  'history is rewritten': (roll, { size }) => {
    const at = roll(Math.ceil(size / 2))
    return logFiles(entriesOf([...facts.slice(0, at), ...sampleFacts(size + roll(20), `fork ${roll(1000)}`).slice(at)]), null)
  },
  'a fact is taken out': (roll, { size }) => logFiles(entriesOf(facts.slice(0, size).toSpliced(roll(Math.ceil(size / 2)), 1)), null),
  'facts are reordered': (roll, { size }) => {
    const at = roll(Math.max(1, Math.ceil(size / 2) - 1))
    const other = facts.slice(0, size)
    ;[other[at], other[at + 1]] = [facts[at + 1] as (typeof facts)[number], facts[at] as (typeof facts)[number]]
    return logFiles(entriesOf(other), null)
  },
  'the log is cut': (roll, { size }) => logFiles(entriesOf(facts.slice(0, roll(Math.ceil(size / 2)))), null),
}

const withEntries = (files: Log, entries: readonly Uint8Array[]): Log => {
  const log = new Map(files)
  const paths = [...files.keys()].filter((path) => path.startsWith('tile/entries/')).sort()
  for (const [at, path] of paths.entries()) {
    log.set(path, encodeBundle(at === paths.length - 1 ? entries.slice(at * 256) : entries.slice(at * 256, at * 256 + 256)))
  }
  return log
}

const audit = (files: Log, policy: string, since: readonly Since[] = []) =>
  auditLog(filesOf(files), { policy: parsePolicy(policy), since, now: sampleBegin + 400, maxAge: 3_600, step: () => {} }).findings

describe('of ten thousand changes to a log', () => {
  it('[PL-06] none is there before one is made', () => {
    for (const { files, since } of logs) expect(audit(files, samplePolicy, since)).toEqual([])
  })

  for (const [name, change] of Object.entries(byHand))
    it(`[PL-06] each is found where ${name}`, () => {
      for (let seed = 0, made = 0; made < 800; seed++) {
        const roll = dice(seed * 31 + name.length)
        const sample = one(roll, logs)
        const changed = change(roll, sample)
        if (!changed) continue
        made++
        if (audit(changed, samplePolicy).length === 0) expect.fail(`not found: ${name}, seed ${seed}, ${sample.size} entries`)
      }
    })

  for (const [name, change] of Object.entries(byTheOperator))
    it(`[PL-06] each is found where ${name} and signed anew with the log’s own key: by an older checkpoint, and by the witnesses who did not cosign`, () => {
      for (let seed = 0; seed < 300; seed++) {
        const roll = dice(seed * 17 + name.length)
        const sample = one(roll, logs)
        const changed = change(roll, sample)
        const codes = audit(changed, policyWithoutWitnesses, sample.since).map(({ code }) => code)
        if (!codes.includes('forked-since') && !codes.includes('cut-since')) expect.fail(`not found: ${name}, seed ${seed}, ${sample.size} entries`)
        expect(audit(changed, samplePolicy).map(({ code }) => code)).toContain('too-few-cosignatures')
      }
    })
})
