import { afterAll, beforeAll, expect, it } from 'vitest'
import { postgresUrl } from '../../shared/src/testing/database.ts'
import { type Ground, prepareGround } from './ground.ts'
import { services, shards, simulate } from './world.ts'

// Beside simulation.spec.ts, so that two cores share the worlds.
let ground: Ground
beforeAll(async () => {
  ground = await prepareGround(postgresUrl(), services, shards)
})
afterAll(() => ground.end())

it('[PL-06] [PL-07] every promise is kept in the simulated worlds 101 to 200', async () => {
  for (let seed = 101; seed <= 200; seed++) expect((await simulate(ground, seed)).findings, `npm run simulate -- --seeds 1 --from ${seed}`).toEqual([])
}, 600_000)
