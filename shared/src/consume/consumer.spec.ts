import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Recorded } from '../aggregate.ts'
import type { Log, Subscriber } from '../log.ts'
import { eventually } from '../testing/eventually.ts'
import { closed, freshService, raised, silent } from '../testing/fresh-service.ts'
import type { Consumer } from './consumer.ts'
import { type Consumption, consumption } from './consumption.ts'
import { listParked, retryParked, skipParked } from './parked.ts'
import type { Tx } from './transaction.ts'

type Fresh = Awaited<ReturnType<typeof freshService>>
let fresh: Fresh
let log: Log
const running: Consumption[] = []

beforeEach(async () => {
  fresh = await freshService()
  log = fresh.log.logOf('alpha')
  // Each handled event leaves a line; a repeat or a gap shows.
  await fresh.pool.query('create table lines (consumer text, shard integer, position bigint, counter text, serial bigint generated always as identity)')
})
afterEach(async () => {
  for (const each of running.splice(0)) await each.close()
  await log.close()
  await fresh.drop()
})

const counterOf = (event: Recorded): string => event.data.counter as string
const write = async (tx: Tx, consumer: string, events: readonly Recorded[]): Promise<void> => {
  for (const event of events) await tx.query('insert into lines values ($1, $2, $3, $4)', [consumer, event.shard, event.position, counterOf(event)])
}
const lineWriter = (name: string, more: Partial<Consumer> = {}): Consumer => ({
  name,
  types: new Set([raised.type]),
  batch: 50,
  effects: (events) => (tx) => write(tx, name, events),
  ...more,
})
const start = async (consumers: readonly Consumer[], through: Log = log, pool = fresh.pool, askHeadsMs = 60_000): Promise<Consumption> => {
  const kit = consumption({ service: 'alpha', pool, log: through, shards: 2, logger: silent, askHeadsMs })
  running.push(kit)
  for (const each of consumers) await kit.add(each)
  await kit.start()
  return kit
}
const raiseMany = (count: number, counters = 7) => Promise.all(Array.from({ length: count }, (_, index) => fresh.raise(`c${index % counters}`)))
const linesOf = async (consumer: string): Promise<string[]> =>
  (await fresh.pool.query('select shard, position from lines where consumer = $1 order by serial', [consumer])).rows.map(
    (row) => `${row.shard}/${row.position}`,
  )
const handledAll = async (consumer: string, total: number): Promise<void> => {
  await eventually(
    () => linesOf(consumer),
    (lines) => lines.length >= total,
  )
  const lines = await linesOf(consumer)
  expect(new Set(lines).size).toBe(lines.length)
  for (const [shard, head] of await fresh.store.heads())
    expect(lines.filter((line) => line.startsWith(`${shard}/`))).toEqual(Array.from({ length: head }, (_, index) => `${shard}/${index + 1}`))
}

/** A log that damages what it delivers. */
const damaged = (damage: (events: readonly Recorded[]) => readonly Recorded[]): Log => ({
  ...log,
  subscribe: (subscriber: Subscriber) =>
    log.subscribe({
      ...subscriber,
      handle: async (slice) => {
        const events = damage(slice.events)
        if (events.length > 0) await subscriber.handle({ ...slice, events })
      },
    }),
})

describe('a consumer', () => {
  it('lets a log gather what comes until somebody waits for a position', async () => {
    const heard: Subscriber[] = []
    const kit = await start([lineWriter('gathering')], {
      ...log,
      subscribe: (subscriber) => {
        heard.push(subscriber)
        return log.subscribe(subscriber)
      },
    })
    const rest = heard[0]?.rest as (ms: number) => Promise<boolean>
    expect(await rest(20)).toBe(false)
    const resting = rest(60_000)
    const [[shard, head] = [0, 0]] = await fresh.store.heads()
    const waiting = kit.find('gathering')?.waitFor({ service: 'alpha', shard }, head + 1, 30_000)
    expect(await resting).toBe(true)
    await raiseMany(20)
    expect(await waiting).toBe(true)
  })

  it('handles every event once and in order, from the beginning and live', async () => {
    await raiseMany(200)
    await start([lineWriter('one'), lineWriter('two', { batch: 3 })])
    await raiseMany(200)
    await handledAll('one', 400)
    await handledAll('two', 400)
  })

  it('goes on after a restart where its checkpoint stands', async () => {
    await raiseMany(30)
    const first = await start([lineWriter('one')])
    await handledAll('one', 30)
    await first.close()
    await raiseMany(30)
    await start([lineWriter('one')])
    await handledAll('one', 60)
  })

  it('gets from the owner what the log has lost, also where nothing comes behind it', async () => {
    let isLost = false
    const kit = await start(
      [lineWriter('one')],
      damaged((events) => (isLost ? [] : events)),
      fresh.pool,
      100,
    )
    await raiseMany(20)
    await handledAll('one', 20)
    isLost = true
    await raiseMany(20)
    await handledAll('one', 40)
    expect(kit.states()[0]?.holes).toBeGreaterThan(0)
  })

  it('fetches from the owner only what it handles, and goes past no position at which the owner has nothing: then it is told for how long it stands', async () => {
    const close = (count: number) =>
      fresh.append(
        'counter-a',
        Array.from({ length: count }, () => ({ type: closed.type, data: { counter: 'a' } })),
      )
    const shard = fresh.store.shardOf('counter-a')
    await fresh.raise('a')
    await close(3)
    await fresh.raise('a')
    const fetched: Recorded[] = []
    const replay: Log['replay'] = async (...asked) => {
      const facts = await log.replay(...asked)
      fetched.push(...facts)
      return facts
    }
    const kit = await start([lineWriter('one')], { ...damaged(() => []), replay }, fresh.pool, 100)
    await eventually(
      () => linesOf('one'),
      (lines) => lines.length === 2,
    )
    expect(fetched.map(({ position, bytes }) => [position, bytes !== ''])).toEqual(
      [1, 2, 3, 4, 5].map((position) => [position, position === 1 || position === 5]),
    )
    const position = () => kit.states()[0]?.sources.find((each) => each.shard === shard)?.position
    await eventually(position, (reached) => reached === 5)
    expect(kit.states()[0]?.standingSeconds).toBe(0)

    await close(3)
    await fresh.raise('a')
    await fresh.pool.query('delete from events where shard = $1 and position = 7', [shard])
    await eventually(position, (reached) => reached === 6)
    await sleep(1_500)
    expect(position()).toBe(6)
    expect(kit.states()[0]?.standingSeconds).toBeGreaterThanOrEqual(1)
    expect(kit.states()[0]?.sources.find((each) => each.shard === shard)).toMatchObject({ behind: true, head: 9 })
    expect(await linesOf('one')).toHaveLength(2)
  })

  it('goes on when the clock of its machine is set back', async () => {
    await start([lineWriter('one')])
    await raiseMany(20)
    await handledAll('one', 20)
    const now = Date.now
    Date.now = () => now() - 3_600_000
    try {
      for (let round = 0; round < 5; round += 1) await raiseMany(5)
      await eventually(
        () => linesOf('one'),
        (lines) => lines.length === 45,
        5_000,
      )
    } finally {
      Date.now = now
    }
    await handledAll('one', 45)
  })

  it('takes what is delivered twice, and late, once', async () => {
    let first: Recorded | null = null
    const kit = await start(
      [lineWriter('one')],
      damaged((events) => {
        first ??= events[0] as Recorded
        return events[0]?.shard === first.shard ? [...events, first] : events
      }),
    )
    for (let round = 0; round < 10; round += 1) await raiseMany(10)
    await handledAll('one', 100)
    expect(kit.states()[0]?.holes).toBe(0)
  })

  it('sees a hole in the log, stops there, and fills it from the owner', async () => {
    let seen = 0
    const kit = await start(
      [lineWriter('one')],
      damaged((events) => events.filter(() => ++seen % 10 !== 0)),
    )
    for (let round = 0; round < 20; round += 1) await raiseMany(20)
    await fresh.raise('c1')
    await fresh.raise('c2')
    const [shardOne, shardTwo] = [fresh.store.shardOf('counter-c1'), fresh.store.shardOf('counter-c2')]
    expect(new Set([shardOne, shardTwo]).size).toBeGreaterThan(0)
    await eventually(
      () => kit.states()[0]?.holes ?? 0,
      (holes) => holes > 0,
    )
    await eventually(
      () => linesOf('one'),
      (lines) => lines.length >= 395,
    )
    const lines = await linesOf('one')
    for (const shard of [0, 1]) {
      const mine = lines.filter((line) => line.startsWith(`${shard}/`))
      expect(mine).toEqual(mine.map((_, index) => `${shard}/${index + 1}`))
    }
  })

  it('passes over what the log repeats', async () => {
    let last: readonly Recorded[] = []
    await start(
      [lineWriter('one')],
      damaged((events) => {
        const repeated =
          last.length > 0 && last[0]?.shard === events[0]?.shard && (last.at(-1)?.position ?? 0) + 1 === events[0]?.position ? [...last, ...events] : events
        last = events
        return repeated
      }),
    )
    for (let round = 0; round < 10; round += 1) await raiseMany(20)
    await handledAll('one', 200)
  })

  it('keeps neither effect nor checkpoint of a transaction that a crash cut off', async () => {
    await raiseMany(20)
    const dying = fresh.openPool()
    let crashes = 0
    await start(
      [
        lineWriter('one', {
          effects: (events) => async (tx) => {
            await write(tx, 'one', events)
            // The server ends this connection after the effect and before the commit, as a killed process would.
            if (crashes++ < 2) await fresh.pool.query('select pg_terminate_backend($1)', [(await tx.query('select pg_backend_pid() as pid')).rows[0].pid])
          },
        }),
      ],
      log,
      dying,
    )
    await handledAll('one', 20)
    expect(crashes).toBeGreaterThan(2)
    expect(await listParked(fresh.pool)).toEqual([])
  })

  it('is done once by two processes that have the same consumer', async () => {
    const other = fresh.openPool()
    await start([lineWriter('one')])
    await start([lineWriter('one')], fresh.log.logOf('alpha'), other)
    for (let round = 0; round < 10; round += 1) await raiseMany(30)
    await handledAll('one', 300)
  })

  it('does not hold up others while it is slow', async () => {
    await start([lineWriter('slow', { batch: 5, effects: () => () => new Promise((resolve) => setTimeout(resolve, 300)) }), lineWriter('quick')])
    const begun = Date.now()
    await raiseMany(300)
    await handledAll('quick', 300)
    expect(Date.now() - begun).toBeLessThan(5_000)
  })

  it('makes no transaction for facts that change nothing, and remembers their positions also while more of them come', async () => {
    let isFlowing = true
    const flow = (async () => {
      while (isFlowing) await raiseMany(5)
    })()
    const batches: number[] = []
    const idle: Consumer = { ...lineWriter('idle', { effects: () => null }), committed: (events) => void batches.push(events.length) }
    await start([idle])
    const stored = async (): Promise<number> =>
      (await fresh.pool.query(`select sum(position)::integer as sum from checkpoints where consumer = 'idle'`)).rows[0].sum
    await eventually(stored, (sum) => sum > 0)
    const moves = new Set<number>()
    const began = Date.now()
    while (Date.now() - began < 2_500) moves.add(await stored())
    isFlowing = false
    await flow
    expect(moves.size).toBeGreaterThan(1)
    expect(moves.size).toBeLessThan(6)
    expect(batches.length).toBeGreaterThan(6)
  })

  it('counts positions of types that it does not handle, and remembers them', async () => {
    const kit = await start([lineWriter('one', { types: new Set([closed.type]) })])
    await raiseMany(50)
    await eventually(
      async () => (await fresh.pool.query('select sum(position)::integer as sum from checkpoints')).rows[0].sum,
      (sum) => sum === 50,
    )
    expect(kit.states()[0]?.sources.reduce((sum, source) => sum + source.position, 0)).toBe(50)
  })
})

describe('an event that cannot be handled', () => {
  let poison: Set<string>
  const picky = (): Consumer =>
    lineWriter('picky', {
      effects: (events) => async (tx) => {
        await write(tx, 'picky', events)
        if (events.some((event) => poison.has(`${counterOf(event)}:${event.version}`))) throw new Error('this one is bad')
      },
    })
  const kept = async (counter: string): Promise<number> =>
    (await fresh.pool.query('select count(*)::integer as n from lines where consumer = $1 and counter = $2', ['picky', counter])).rows[0].n
  const at = { consumer: 'picky', service: 'alpha', stream: 'counter-bad' }
  const apply = async (tx: Tx, event: Recorded) => picky().effects?.([event])?.(tx)

  beforeEach(async () => {
    poison = new Set(['bad:2'])
    await start([picky()])
    for (let round = 0; round < 4; round += 1) {
      await fresh.raise('bad')
      await fresh.raise('good')
    }
    await eventually(
      () => kept('good'),
      (count) => count === 4,
    )
    await eventually(
      () => listParked(fresh.pool),
      (parked) => parked.length === 3,
    )
  })

  it('parks its stream after three tries; later events wait behind it and other streams go on', async () => {
    expect(await kept('bad')).toBe(1)
    const parked = await listParked(fresh.pool)
    expect(parked[0]).toMatchObject({ ...at, error: 'Error: this one is bad', tries: 3, type: raised.type })
    expect(parked.slice(1).map((each) => each.error)).toEqual([null, null])
    await fresh.raise('good')
    await eventually(
      () => kept('good'),
      (count) => count === 5,
    )
  })

  it('is tried again in order, stays while it fails, and the stream flows when it works', async () => {
    expect(await retryParked(fresh.pool, at, log.replay, apply)).toEqual({ left: 3 })
    expect((await listParked(fresh.pool))[0]?.tries).toBe(4)
    poison.clear()
    expect(await retryParked(fresh.pool, at, log.replay, apply)).toEqual({ left: 0 })
    expect(await listParked(fresh.pool)).toEqual([])
    const positions = (await fresh.pool.query(`select position from lines where counter = 'bad' order by serial`)).rows.map((row) => Number(row.position))
    expect(positions).toEqual(positions.toSorted((a, b) => a - b))
    expect(positions.length).toBe(4)
    await fresh.raise('bad')
    await eventually(
      () => kept('bad'),
      (count) => count === 5,
    )
    expect(await listParked(fresh.pool)).toEqual([])
  })

  it('is left out for a reason and by someone, both kept; what was behind it is handled', async () => {
    expect(await skipParked(fresh.pool, at, { reason: 'written by a defect', by: 'p1' }, log.replay, apply)).toEqual({ left: 0 })
    expect(await kept('bad')).toBe(3)
    const { rows } = await fresh.pool.query('select reason, skipped_by, error from parked')
    expect(rows).toEqual([{ reason: 'written by a defect', skipped_by: 'p1', error: 'Error: this one is bad' }])
    await fresh.raise('bad')
    await eventually(
      () => kept('bad'),
      (count) => count === 4,
    )
  })
})
