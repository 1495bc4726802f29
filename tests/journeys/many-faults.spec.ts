import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { engines } from '../../infra/engines/find.ts'
import { runFaults } from '../../infra/faults/run.ts'
import { sumsOf } from '../../infra/faults/table.ts'

const dir = mkdtempSync(join(tmpdir(), 'collegium-faults-'))
afterAll(() => rmSync(dir, { recursive: true }))

// The short run; `npm run faults -- --seconds N --seed S` goes on for longer.
describe.skipIf(!(await engines('postgres', 'kafka', 'redis')))('a system under many faults', () => {
  it('[PL-06] [PL-07] loses no acknowledged command, does none twice, leaves no gap, and is well again within a minute without a hand', async () => {
    const found = await runFaults({ seed: 1, seconds: 75, atLeast: 6, dir })
    const { acknowledged, heal_seconds_max, ...broken } = sumsOf(found)
    expect(found.findings, 'again: npm run faults -- --seconds 75 --seed 1').toEqual([])
    expect(broken).toEqual({ lost: 0, doubled: 0, gaps: 0, inversions: 0, views_unequal: 0, parked_hidden: 0 })
    expect(heal_seconds_max).toBeLessThanOrEqual(60)
    expect(acknowledged).toBeGreaterThan(100)
    expect(new Set(found.injected.map(({ fault }) => fault)).size, 'several kinds of faults').toBeGreaterThan(4)
  }, 600_000)
})
