import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { admission, type Refusal } from './admission.ts'
import { type Sample, watchPressure } from './pressure.ts'
import { classifier, type Work, works } from './work.ts'

const caps = { first: 2, command: 2, read: 2, live: 2, bulk: 1 }
const calm = (): boolean => false

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** Asks to come in, and tells how it went. */
const asking = (door: ReturnType<typeof admission>) => {
  const told: (Refusal | 'in')[] = []
  return { told, ask: (work: Work, part = '') => door.enter(work, part, (refusal) => told.push(refusal ?? 'in')) }
}

it('so many of a class are under way, a few wait for their turn in order, and the rest is told at once', () => {
  const door = admission({ caps, queue: 2, waitMs: 1_000 }, calm)
  const { told, ask } = asking(door)
  for (let count = 0; count < 5; count++) ask('command')
  expect(told).toEqual(['in', 'in', 'full'])
  door.leave('command', '', 1)
  expect(told).toEqual(['in', 'in', 'full', 'in'])
  expect(door.counts().find((each) => each.work === 'command')).toMatchObject({ underWay: 2, waiting: 1 })
  door.leave('command', '', 1)
  door.leave('command', '', 1)
  door.leave('command', '', 1)
  expect(told).toHaveLength(5)
  expect(door.counts().find((each) => each.work === 'command')).toMatchObject({ underWay: 0, waiting: 0 })
})

it('whoever has waited long enough is told, and who goes away gives the place in the queue back', async () => {
  const door = admission({ caps, queue: 1, waitMs: 20 }, calm)
  const { told, ask } = asking(door)
  ask('bulk')
  ask('bulk')
  await vi.advanceTimersByTimeAsync(60)
  expect(told).toEqual(['in', 'late'])
  const giveUp = ask('bulk')
  giveUp()
  ask('bulk')
  door.leave('bulk', '', 1)
  expect(told).toEqual(['in', 'late', 'in'])
})

it('who meets a queue that has not been empty for long is told sooner', async () => {
  const door = admission({ caps, queue: 10, waitMs: 300 }, calm)
  const { told, ask } = asking(door)
  ask('bulk')
  ask('bulk')
  await vi.advanceTimersByTimeAsync(200)
  ask('bulk')
  await vi.advanceTimersByTimeAsync(150)
  expect(told).toEqual(['in', 'late'])
  ask('bulk')
  await vi.advanceTimersByTimeAsync(80)
  expect(told).toEqual(['in', 'late', 'late'])
  door.close()
})

it('a crowd that goes on is one also where its queue empties now and then, as when many end together', () => {
  const door = admission({ caps, queue: 10, waitMs: 150 }, calm)
  const { told, ask } = asking(door)
  const crowdFor = (ms: number): void => {
    for (let passed = 0; passed < ms; passed += 10) {
      ask('first')
      vi.advanceTimersByTime(10)
      door.leave('first', '', 1)
    }
  }
  /** How long the next one waits in vain. */
  const patience = (): number => {
    const before = told.length
    ask('first')
    for (let passed = 0; passed < 500; passed++) {
      if (told.length > before) return passed
      vi.advanceTimersByTime(1)
    }
    return Number.POSITIVE_INFINITY
  }
  for (let count = 0; count < 2; count++) ask('first')
  crowdFor(100)
  expect(patience()).toBe(150)
  crowdFor(200)
  expect(patience()).toBe(20)
  vi.advanceTimersByTime(200)
  expect(patience()).toBe(150)
  expect(told.filter((each) => each === 'late')).toHaveLength(3)
  door.close()
})

it('who would wait in vain, as long as each takes, is told at once; who may still have a turn waits for it', async () => {
  const door = admission({ caps, queue: 10, waitMs: 250 }, calm)
  const { told, ask } = asking(door)
  ask('first')
  door.leave('first', '', 200)
  await vi.advanceTimersByTimeAsync(300)
  for (let count = 0; count < 5; count++) ask('first')
  expect(told.slice(1)).toEqual(['in', 'in', 'full'])
  expect(door.counts().find((each) => each.work === 'first')).toMatchObject({ underWay: 2, waiting: 2 })
  for (let count = 0; count < 4; count++) door.leave('first', '', 200)
  expect(told.slice(1)).toEqual(['in', 'in', 'full', 'in', 'in'])
  door.close()
})

it('one class does not take the places of another, and one service behind the door not those of another', () => {
  const door = admission({ caps, queue: 0, waitMs: 20 }, calm)
  const { told, ask } = asking(door)
  for (let count = 0; count < 4; count++) ask('read', 'activities')
  ask('command', 'activities')
  ask('first', 'activities')
  ask('read', 'documents')
  expect(told).toEqual(['in', 'in', 'full', 'full', 'in', 'in', 'in'])
})

it('while a crowd takes long, fewer are let in at once; as it takes less, more again; what is slow with nobody waiting stays as it is', async () => {
  const door = admission({ caps: { ...caps, read: 40, command: 40 }, queue: 0, waitMs: 20 }, calm)
  const { told, ask } = asking(door)
  const round = (work: Work, tookMs: number): number => {
    told.length = 0
    for (let count = 0; count < 50; count++) ask(work)
    const isIn = told.filter((each) => each === 'in').length
    for (let count = 0; count < isIn; count++) door.leave(work, '', tookMs)
    return isIn
  }
  expect(round('read', 900)).toBe(40)
  for (let count = 0; count < 8; count++) {
    await vi.advanceTimersByTimeAsync(260)
    round('read', 900)
    round('command', 900)
  }
  const slowed = round('read', 900)
  // No fewer, however long it goes on: that would only turn more away.
  expect(slowed).toBe(5)
  expect(round('command', 900)).toBe(10)
  for (let count = 0; count < 8; count++) {
    round('read', 5)
    round('command', 5)
    await vi.advanceTimersByTimeAsync(260)
  }
  expect(round('read', 5)).toBeGreaterThan(slowed)
  ask('command')
  door.leave('command', '', 5_000)
  await vi.advanceTimersByTimeAsync(300)
  expect(round('command', 5)).toBe(40)
  door.close()
})

it('as the event loop falls behind, bulk is refused first, then reads and streams, then commands, and the first class never', async () => {
  let sample: Sample = { delayMs: 0, utilisation: 0 }
  let taken = 0
  const take = (): Sample => {
    taken += 1
    return sample
  }
  const pressure = watchPressure({ shedMs: { bulk: 50, read: 200, live: 200, command: 500 }, bulkLoad: 0.9 }, { take, close: () => {} })
  const refusedAt = async (delayMs: number, utilisation = 0.5): Promise<Work[]> => {
    sample = { delayMs, utilisation }
    await vi.advanceTimersByTimeAsync(560)
    return works.filter(pressure.refuses)
  }
  expect(await refusedAt(10)).toEqual([])
  expect(await refusedAt(10, 0.95)).toEqual(['bulk'])
  expect(await refusedAt(60)).toEqual(['bulk'])
  expect(await refusedAt(250)).toEqual(['read', 'live', 'bulk'])
  expect(await refusedAt(10_000)).toEqual(['command', 'read', 'live', 'bulk'])
  // The next good sample ends it.
  sample = { delayMs: 0, utilisation: 0 }
  await vi.advanceTimersByTimeAsync(300)
  expect(works.filter(pressure.refuses)).toEqual([])
  // One stall is no overload.
  const seen = taken
  sample = { delayMs: 10_000, utilisation: 1 }
  for (let passed = 0; taken === seen && passed < 1_000; passed++) await vi.advanceTimersByTimeAsync(1)
  expect(taken).toBe(seen + 1)
  expect(works.filter(pressure.refuses)).toEqual([])
  pressure.close()
})

it('the real event loop shows as pressure while it is blocked, and no longer afterwards', async () => {
  vi.useRealTimers()
  const pressure = watchPressure({ shedMs: { bulk: 30, read: 10_000, live: 10_000, command: 10_000 }, bulkLoad: 2 })
  await sleep(600)
  for (const end = Date.now() + 900; Date.now() < end; ) {
    for (const turn = Date.now() + 120; Date.now() < turn; );
    await sleep(0)
  }
  expect(pressure.refuses('bulk')).toBe(true)
  expect(pressure.current().utilisation).toBeGreaterThan(0.9)
  await expect.poll(() => pressure.refuses('bulk')).toBe(false)
  pressure.close()
})

it('what nobody declares is a read or a command by its method, and a declaration counts for its own method and path', () => {
  const works = classifier()
  works.declare('get', '/people/export', 'bulk')
  works.declare('POST', '/ballots/{id}/cast', 'first')
  expect(works.of('GET', '/people/export?unit=pps')).toBe('bulk')
  expect(works.of('POST', '/ballots/b-1/cast')).toBe('first')
  expect(works.of('POST', '/ballots/b-1/cast/again')).toBe('command')
  expect(works.of('GET', '/ballots/b-1/cast')).toBe('read')
  expect(works.of('GET', '/people/li')).toBe('read')
  expect(works.of('DELETE', '/people/export')).toBe('command')
})
