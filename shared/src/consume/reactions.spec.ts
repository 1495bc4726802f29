import Type from 'typebox'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { aggregate, commandsOf } from '../aggregate.ts'
import { deadlines, due, type OwnCommand, react, reaction, run, withdraw } from '../reaction.ts'
import { rejections } from '../rejection.ts'
import { eventually } from '../testing/eventually.ts'
import { closed, freshService, raised, silent } from '../testing/fresh-service.ts'
import { when } from '../view.ts'
import { type Consumption, consumption } from './consumption.ts'
import { deadlineConsumer, runDeadlines } from './deadlines.ts'
import { listParked } from './parked.ts'
import { type Execute, reactionConsumer } from './reactions.ts'

type State = { status: string; unit?: string }
const reject = rejections({ 'not-now': { status: 409, en: 'no', zh: '不' } })
const command = commandsOf<State, { type: string; data: any }>()
const note = command({ route: 'internal', permission: 'system', input: Type.Object({ text: Type.String() }), decide: () => [] })
const diary = aggregate<State, { type: string; data: any }>({
  name: 'diary',
  path: '/diaries',
  read: 'diary:read',
  events: [],
  initial: () => ({ status: 'none' }),
  evolve: (state) => state,
  commands: { note },
})

type Ran = { command: OwnCommand; commandId: string; causation: string; occurred: string }
let fresh: Awaited<ReturnType<typeof freshService>>
let kit: Consumption
let ran: Ran[]
/** What happened: the first run of each command id, as a store that is idempotent by it would have it. */
let done: Map<string, Ran>
let fail: (text: string, count: number) => void
const ends: (() => Promise<void>)[] = []

const execute: Execute = async (own, { commandId, causation, occurred }) => {
  const each = { command: own, commandId, causation, occurred }
  ran.push(each)
  fail(own.input.text as string, ran.filter((other) => other.commandId === commandId).length)
  if (!done.has(commandId)) done.set(commandId, each)
}

beforeEach(async () => {
  ran = []
  done = new Map()
  fail = () => {}
  fresh = await freshService()
  const log = fresh.log.logOf('alpha')
  ends.push(() => log.close())
  kit = consumption({ service: 'alpha', pool: fresh.pool, log, shards: 2, logger: silent })
})
afterEach(async () => {
  await kit.close()
  for (const end of ends.splice(0)) await end()
  await fresh.drop()
})

describe('a reaction', () => {
  const greeting = reaction({
    name: 'greeting',
    on: [
      react(raised, (event) => [
        run(diary, note, event.data.counter, { text: event.data.counter }),
        run(diary, note, null, { text: `${event.data.counter}!` }),
      ]),
    ],
  })
  const begin = async (): Promise<void> => {
    await kit.add(reactionConsumer({ reaction: greeting, ask: () => null, execute, logger: silent }))
    await kit.start()
  }

  it('runs own commands for a fact, each with an id of its own and the fact as its cause', async () => {
    await begin()
    await fresh.raise('a')
    await eventually(
      () => done.size,
      (size) => size === 2,
    )
    const [event] = await fresh.store.readStream('counter-a')
    expect([...done.values()].map((each) => [each.command.input.text, each.causation, each.occurred])).toEqual([
      ['a', event?.id, event?.occurred],
      ['a!', event?.id, event?.occurred],
    ])
  })

  it('gives the same command ids when it handles a fact again', async () => {
    fail = (text, count) => {
      if (text === 'a!' && count === 1) throw new Error('broken once')
    }
    await begin()
    await fresh.raise('a')
    await eventually(
      () => done.size,
      (size) => size === 2,
    )
    expect(ran.length).toBe(4)
    expect(new Set(ran.map((each) => each.commandId)).size).toBe(2)
    expect(await listParked(fresh.pool)).toEqual([])
  })

  it('passes over a refusal', async () => {
    fail = (text) => {
      if (text === 'a') throw reject('not-now')
    }
    await begin()
    await fresh.raise('a')
    await eventually(
      () => done.size,
      (size) => size === 1,
    )
    await fresh.raise('b')
    await eventually(
      () => done.size,
      (size) => size === 3,
    )
    expect(await listParked(fresh.pool)).toEqual([])
  })

  it('parks what fails for good, and waits as long as it takes for another service that is down', async () => {
    fail = (text, count) => {
      if (text === 'bad') throw new Error('a defect')
      if (text === 'later' && count < 6) throw Object.assign(new Error('14 UNAVAILABLE'), { code: 14 })
    }
    await begin()
    await fresh.raise('bad')
    await fresh.raise('later')
    await eventually(
      () => done.size,
      (size) => size === 2,
      20_000,
    )
    const parked = await eventually(
      () => listParked(fresh.pool),
      (rows) => rows.length > 0,
    )
    expect(parked.map((each) => each.stream)).toEqual(['counter-bad'])
  })
})

describe('a deadline', () => {
  let now: string
  const clock = (): string => now
  const reminder = deadlines({
    name: 'reminder',
    on: [
      when(raised, (event) => [
        due(
          event.data.counter,
          new Date(Date.parse('2026-11-21T09:00:00Z') + event.data.by * 60_000).toISOString(),
          run(diary, note, event.data.counter, { text: event.data.counter }),
        ),
      ]),
      when(closed, (event) => [withdraw(event.data.counter)]),
    ],
  })
  const startPoller = (each: Execute = execute) => {
    const poller = runDeadlines({ pool: fresh.openPool(), aggregates: [diary], execute: each, clock, logger: silent })
    poller.start()
    ends.push(poller.close)
    return poller
  }
  const rows = async (): Promise<number> => (await fresh.pool.query('select count(*)::integer as n from deadlines')).rows[0].n

  beforeEach(async () => {
    now = '2026-11-21T09:00:00.000Z'
    await kit.add(deadlineConsumer(reminder))
    await kit.start()
  })

  it('[PL-03] runs when its time has come, as occurring at that time, and once', async () => {
    startPoller()
    await fresh.raise('a', 10)
    await eventually(rows, (count) => count === 1)
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(ran).toEqual([])
    now = '2026-11-21T09:11:00.000Z'
    await eventually(rows, (count) => count === 0)
    expect(ran.map((each) => [each.command.input, each.occurred])).toEqual([[{ text: 'a' }, '2026-11-21T09:10:00.000Z']])
  })

  it('moves when it is set again and is gone when it is withdrawn', async () => {
    await fresh.raise('moved', 10)
    await fresh.raise('moved', 30)
    await fresh.raise('gone', 10)
    await fresh.append('counter-gone', [{ type: closed.type, data: { counter: 'gone' } }])
    await eventually(
      () => fresh.pool.query('select key, due_at from deadlines').then((result) => result.rows),
      (found) => found.length === 1 && found[0].key === 'moved' && found[0].due_at.toISOString() === '2026-11-21T09:30:00.000Z',
    )
    startPoller()
    now = '2026-11-21T10:00:00.000Z'
    await eventually(rows, (count) => count === 0)
    expect(ran.map((each) => each.occurred)).toEqual(['2026-11-21T09:30:00.000Z'])
  })

  it('[PL-03] survives a restart and runs once although two processes look, one of them dying after the run', async () => {
    await Promise.all(Array.from({ length: 40 }, (_, index) => fresh.raise(`d${index}`, 10)))
    await eventually(rows, (count) => count === 40)
    now = '2026-11-21T09:11:00.000Z'
    let kills = 0
    const dying: Execute = async (own, given) => {
      await execute(own, given)
      if (kills++ === 5)
        await fresh.pool.query(`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and state = 'idle in transaction'`)
    }
    startPoller(dying)
    startPoller(dying)
    await eventually(rows, (count) => count === 0)
    expect(done.size).toBe(40)
    expect(ran.length).toBeGreaterThan(40)
  })

  it('lets go first, when it is patient and long past, whoever enters what happened before it', async () => {
    const patient = deadlines({
      name: 'patient',
      on: [
        when(raised, ({ data, recorded }) => [
          due(data.counter, new Date(Date.parse(recorded) - data.by * 60_000).toISOString(), run(diary, note, data.counter, { text: '' }), { isPatient: true }),
        ]),
      ],
    })
    await kit.add(deadlineConsumer(patient))
    await fresh.raise('late', 10)
    await fresh.raise('just', 0)
    const waits = () =>
      fresh.pool.query(`select key, extract(epoch from try_at - due_at)::float8 as seconds from deadlines where name = 'patient' order by key`)
    await eventually(
      () => waits().then((result) => result.rows),
      (found) => found.length === 2 && found[0].seconds === 0 && found[1].seconds === 610,
    )
  })

  it('is tried again after an error, and a refusal is an answer', async () => {
    fail = (text, count) => {
      if (text === 'refused') throw reject('not-now')
      if (text === 'shaky' && count === 1) throw new Error('broken once')
    }
    await fresh.raise('refused', 1)
    await fresh.raise('shaky', 1)
    await eventually(rows, (count) => count === 2)
    startPoller()
    now = '2026-11-21T09:02:00.000Z'
    await eventually(rows, (count) => count === 1)
    now = '2026-11-21T09:03:00.000Z'
    await eventually(rows, (count) => count === 0)
    expect([...done.values()].map((each) => each.command.input.text)).toEqual(['shaky'])
  })
})
