import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { engines } from '../../infra/engines/find.ts'
import { killOf } from '../../infra/faults/kills.ts'
import { runFaults } from '../../infra/faults/run.ts'
import { isSound, sumsOf } from '../../infra/faults/table.ts'

const dir = mkdtempSync(join(tmpdir(), 'collegium-planted-'))
afterAll(() => rmSync(dir, { recursive: true }))

/** A system with a fault built into it, and one of its services killed a few times. */
const runPlanted = (name: string, victim: string, seconds = 15) =>
  runFaults({
    seed: 5,
    seconds,
    atLeast: 3,
    brokers: 1,
    clients: 6,
    faults: [killOf([victim])],
    preload: [new URL(`../planted/${name}.ts`, import.meta.url).href],
    dir: join(dir, name),
  })

describe.skipIf(!(await engines('postgres', 'kafka', 'redis')))('the checker of faults is honest: it names', () => {
  it('a fact that was published before it was committed, and then was not', async () => {
    const found = await runPlanted('published-before-commit', 'activities')
    expect(found.findings.filter(({ kind }) => kind === 'ghost').map(({ what }) => what)).toContainEqual(
      expect.stringMatching(/^collegium\.activities\.v1\/\d+ offset \d+ published \S+ as activities\/\d+\/\d+, which history/),
    )
    expect(sumsOf(found).doubled).toBeGreaterThan(0)
    expect(isSound(found)).toBe(false)
  }, 300_000)

  it('a checkpoint that moved without the effects', async () => {
    const found = await runPlanted('checkpoint-outside', 'audit')
    expect(found.findings.map(({ kind, what }) => `${kind}: ${what}`)).toContainEqual(expect.stringMatching(/^delivery: .* did not reach the trail/))
    expect(found.findings.map(({ kind, what }) => `${kind}: ${what}`)).toContainEqual(expect.stringMatching(/^view: audit\/trail is no fold of history/))
    expect(sumsOf(found).lost, 'what was acknowledged is in history').toBe(0)
    expect(isSound(found)).toBe(false)
  }, 300_000)

  it('one position that was skipped', async () => {
    // It needs no kill, only a fifth fact.
    const found = await runPlanted('skipped-position', 'notifications', 5)
    const missing = found.findings.flatMap(({ kind, what }) => (kind === 'delivery' ? [what] : []))
    expect(missing.length).toBeGreaterThan(0)
    for (const what of missing) expect(what).toMatch(/^activities\/\d\/5 .* did not reach the trail/)
    expect(found.findings.map(({ kind, what }) => `${kind}: ${what}`)).toContainEqual(expect.stringMatching(/^view: audit\/trail is no fold of history/))
    expect(isSound(found)).toBe(false)
  }, 300_000)
})
