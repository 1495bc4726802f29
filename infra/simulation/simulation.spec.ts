import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { postgresUrl } from '../../shared/src/testing/database.ts'
import { type Ground, prepareGround } from './ground.ts'
import { keptSeeds } from './kept-seeds.ts'
import { plantedFaults } from './planted.ts'
import { services, shards, simulate } from './world.ts'

let ground: Ground
beforeAll(async () => {
  ground = await prepareGround(postgresUrl(), services, shards)
})
afterAll(() => ground.end())

/** Those from 101 on are looked at in `more-worlds.spec.ts`, beside these. */
const seeds = 100
const again = (seed: number): string => `npm run simulate -- --seeds 1 --from ${seed}`

describe('a simulated world', () => {
  it('is the same for the same seed, to the last fact', async () => {
    const [one, repeated, other] = [await simulate(ground, 7), await simulate(ground, 7), await simulate(ground, 8)]
    expect(repeated).toEqual(one)
    expect(other.history).not.toBe(one.history)
  }, 60_000)

  it(`[PL-06] [PL-07] keeps every promise through crashes, lost connections, repeats and rebalances: worlds 1 to ${seeds}`, async () => {
    let [crashes, facts] = [0, 0]
    for (let seed = 1; seed <= seeds; seed++) {
      const outcome = await simulate(ground, seed)
      expect(outcome.findings, again(seed)).toEqual([])
      crashes += outcome.crashes
      facts += outcome.facts
    }
    expect(crashes, 'it stormed').toBeGreaterThan(3 * seeds)
    expect(facts, 'and work went on').toBeGreaterThan(20 * seeds)
  }, 600_000)

  for (const [seed, found] of keptSeeds)
    it(`keeps them in world ${seed}, which once found: ${found}`, async () => {
      expect((await simulate(ground, seed)).findings, again(seed)).toEqual([])
    }, 60_000)
})

describe('a fault that is put into Collegium is found: ', () => {
  for (const [fault, planted] of Object.entries(plantedFaults))
    it(`${fault}`, async () => {
      let seed = 1
      while (seed <= 200 && (await simulate(ground, seed, planted)).findings.length === 0) seed += 1
      expect(seed, 'the first world that shows it').toBeLessThanOrEqual(200)
      expect((await simulate(ground, seed)).findings, 'and without it all is well there').toEqual([])
    }, 600_000)
})
