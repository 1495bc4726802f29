import { afterEach, beforeEach, expect, it } from 'vitest'
import { historyAnswers, replayOverGrpc } from './history.ts'
import type { Replay } from './log.ts'
import { closed, freshService, raised } from './testing/fresh-service.ts'
import { type Loopback, loopback } from './testing/loopback.ts'

let fresh: Awaited<ReturnType<typeof freshService>>
let running: Loopback
let replay: Replay
beforeEach(async () => {
  fresh = await freshService('activities', [raised, closed], 1)
  running = await loopback([historyAnswers(new Map([['activities', fresh.store]]))])
  replay = replayOverGrpc(running)
})
afterEach(async () => {
  await running.stop()
  await fresh.drop()
})
const source = { service: 'activities', shard: 0 }
const fill = async (): Promise<void> => {
  for (const type of [raised, raised, closed, raised, closed, closed, closed, raised].map((each) => each.type))
    await fresh.append('counter-a', [{ type, data: { counter: 'a', ...(type === raised.type ? { by: 1 } : {}) } }])
}
const told = async (after: number, limit: number): Promise<string[]> =>
  (await replay(source, after, limit, new Set([closed.type]))).map(({ position, type, bytes }) => `${position} ${type} ${bytes === '' ? 'unread' : 'whole'}`)

it('an owner that is asked for some types sends their facts whole, and says of the others where they stand', async () => {
  await fill()
  const [passed, whole] = ['kernel.passed-over unread', `${closed.type} whole`]
  expect(await told(0, 100)).toEqual([`1 ${passed}`, `2 ${passed}`, `3 ${whole}`, `4 ${passed}`, `5 ${whole}`, `6 ${whole}`, `7 ${whole}`, `8 ${passed}`])
  expect(await told(1, 2)).toEqual([`2 ${passed}`, `3 ${whole}`])
  expect(await told(8, 100)).toEqual([])
  expect((await replay(source, 0, 100)).every(({ bytes }) => bytes !== '')).toBe(true)
  expect(await replay(source, 2, 1, new Set([closed.type]))).toEqual(await replay(source, 2, 1))
})

it('a position at which the owner has nothing is passed over by nobody, neither among others nor before them', async () => {
  await fill()
  await fresh.pool.query('alter table events disable trigger user')
  for (const missing of [1, 6]) await fresh.pool.query('delete from events where position = $1', [missing])
  expect((await told(0, 100)).map((each) => Number.parseInt(each, 10))).toEqual([2, 3, 4, 5, 7, 8])
})
