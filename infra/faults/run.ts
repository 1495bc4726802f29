import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { trail } from '../../services/audit/src/trail.ts'
import { rowsOf } from '../../shared/src/consume/view-state.ts'
import { services } from '../services.ts'
import { checkCommands, checkReactions } from './check-commands.ts'
import { checkParked } from './check-parked.ts'
import { checkHistory, checkTopics, checkTrail } from './check-streams.ts'
import { checkViews } from './check-views.ts'
import { startClients } from './clients.ts'
import type { Fault } from './fault.ts'
import { allFaults } from './faults.ts'
import { type Finding, finding } from './finding.ts'
import { readHistory, type Stored } from './history.ts'
import { type Entry, openJournal } from './journal.ts'
import { connectFaults } from './kafka.ts'
import { untilRest } from './rest.ts'
import { type Step, steps } from './schedule.ts'
import { type FaultyWorld, startWorld } from './world.ts'

/** What was done, from when to when, and how long it took until all was well again. */
export type Injected = { readonly fault: string; readonly what: string; readonly from: number; readonly to: number; readonly healSeconds: number }

export type Outcome = {
  readonly injected: readonly Injected[]
  readonly entries: readonly Entry[]
  readonly findings: readonly Finding[]
  readonly facts: number
  readonly parkedStreams: number
  readonly healSecondsMax: number
}

export type RunOptions = {
  readonly seed: number
  readonly seconds: number
  /** So many steps in any case: on a slow machine the seconds may be over before what is looked for could happen. */
  readonly atLeast?: number
  /** Parts of the names of the faults to inject; all of them by default. */
  readonly only?: readonly string[]
  /** Instead of those that there are. */
  readonly faults?: readonly Fault[]
  readonly brokers?: 1 | 3
  readonly clients?: number
  readonly pauseMs?: number
  readonly preload?: readonly string[]
  /** Kept afterwards: the journal, the findings, the processes' logs. */
  readonly dir: string
  readonly say?: (line: string) => void
}

/** All must be well again so soon after a fault was healed, without a hand. */
export const patience = 60

/** Starts a system, lets clients at it, breaks things by the seed's schedule for so many seconds, heals, and looks whether anything was lost. */
export const runFaults = async (options: RunOptions): Promise<Outcome> => {
  const { seed, dir, say = () => {}, clients: count = 8, pauseMs = 60 } = options
  rmSync(dir, { recursive: true, force: true })
  mkdirSync(dir, { recursive: true })
  const deaths: string[] = []
  const heard = (line: string): void => {
    if (line.includes('ended by itself')) deaths.push(line)
    say(line)
  }
  const world = await startWorld({ brokers: options.brokers ?? 3, preload: options.preload ?? [], say: heard })
  try {
    const journal = openJournal(join(dir, 'journal.jsonl'))
    const clients = startClients({ journal, as: world.as, seed, count, pauseMs })
    const injected = await breakThings(world, options, say)
    await clients.stop()
    const rest = await untilRest({ pool: world.pool, ready: world.unready, seconds: patience })
    say(`at rest after ${rest.seconds.toFixed(1)} s; checking ${journal.entries.length} commands`)
    const reached = await reactionsDone(world)
    const findings = [...[...rest.late, ...deaths].map((what) => finding('restless', what)), ...(await check(world, journal.entries, reached))]
    const parked = await checkParked(world.pool, world.operator)
    const outcome: Outcome = {
      injected,
      entries: journal.entries,
      findings: [...findings, ...parked.findings],
      facts: reached.length,
      parkedStreams: parked.streams,
      healSecondsMax: Math.max(rest.seconds, ...injected.map((each) => each.healSeconds)),
    }
    writeFileSync(join(dir, 'findings.json'), JSON.stringify({ injected, findings: outcome.findings }, null, 2))
    return outcome
  } finally {
    cpSync(join(world.system.dir, 'log'), join(dir, 'log'), { recursive: true })
    await world.stop()
  }
}

const breakThings = async (
  world: FaultyWorld,
  { seed, seconds, atLeast = 0, only, faults: given }: RunOptions,
  say: (line: string) => void,
): Promise<Injected[]> => {
  const kafka = connectFaults(world.system.engines.kafka.brokers)
  const faults = (given ?? allFaults(kafka, world.clocks)).filter(({ name }) => only === undefined || only.some((part) => name.includes(part)))
  if (faults.length === 0) throw new Error(`No fault is called ${only?.join(' or ')}`)
  const end = Date.now() + seconds * 1_000
  const all: Injected[] = []
  await sleep(1_000)
  let count = 0
  for (const step of steps(seed, faults)) {
    if (Date.now() >= end && count >= atLeast) break
    count += 1
    const done = await one(world, step)
    for (const each of done) say(`${each.fault}: ${each.what}; well again after ${each.healSeconds.toFixed(1)} s`)
    all.push(...done)
    await sleep(step.thenMs)
  }
  return all
}

/** Two that were broken at once are healed at once: one may be needed to heal the other. */
const healed = async (heal: () => Promise<void>): Promise<void> => {
  for (const end = Date.now() + patience * 1_000; ; await sleep(500))
    try {
      return await heal()
    } catch (error) {
      if (Date.now() > end) throw error
    }
}

/** Injects what the step says, waits, heals, and waits until everything that was there by then has been handled everywhere. */
const one = async (world: FaultyWorld, step: Step): Promise<Injected[]> => {
  const from = Date.now()
  const broken: { readonly fault: string; readonly what: string; readonly heal: () => Promise<void> }[] = []
  for (const { fault, random } of step.faults)
    try {
      broken.push({ fault: fault.name, ...(await fault.inject(world, random)) })
    } catch (error) {
      // Two at once may stand in each other's way: what cannot be done is left out.
      if (step.faults.length === 1) throw new Error(`${fault.name} could not be injected`, { cause: error })
    }
  await sleep(step.lastsMs)
  await Promise.all(broken.map(({ heal }) => healed(heal)))
  const rest = await untilRest({ pool: world.pool, ready: world.unready, seconds: patience })
  return broken.map(({ fault, what }) => ({
    fault,
    what: rest.late.length === 0 ? what : `${what}; still not well: ${rest.late.slice(0, 5).join('; ')}`,
    from,
    to: Date.now(),
    healSeconds: rest.seconds,
  }))
}

const historyOf = async (world: FaultyWorld): Promise<Stored[]> => (await Promise.all(services.map(({ name }) => readHistory(world.pool(name), name)))).flat()

/** Reactions and deadlines follow in their own time: waits for what they owe, then until it reached everybody, and gives the whole history. */
const reactionsDone = async (world: FaultyWorld): Promise<Stored[]> => {
  for (const end = Date.now() + patience * 1_000; ; await sleep(500)) {
    const history = await historyOf(world)
    const owed = checkReactions(history).filter(({ kind }) => kind === 'delivery')
    if (owed.length > 0 && Date.now() < end) continue
    await untilRest({ pool: world.pool, ready: world.unready, seconds: patience })
    return historyOf(world)
  }
}

const check = async (world: FaultyWorld, entries: readonly Entry[], history: readonly Stored[]): Promise<Finding[]> => {
  const { rows } = await rowsOf(world.pool('audit'), trail)
  const trailed = (rows.get('entry') ?? []).map((row) => ({ place: `${row.service}/${row.shard}/${row.position}`, record: String(row.record) }))
  const published = services.map(({ name }) => name)
  return [
    ...checkCommands(entries, history),
    ...checkReactions(history),
    ...checkHistory(history),
    ...checkTrail(trailed, history),
    ...(await checkTopics(connectFaults(world.system.engines.kafka.brokers), published, history)),
    ...(await checkViews({ pool: world.pool, shards: world.shards, masterKey: world.masterKey })),
  ]
}
