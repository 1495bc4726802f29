import { activities } from '../../services/activities/src/app.ts'
import { crashingFiles } from '../../services/audit/src/testing/crashing-files.ts'
import { feedback } from '../../services/feedback/src/app.ts'
import { Directory } from '../../shared/src/directory.ts'
import { idFrom } from '../../shared/src/ids.ts'
import type { Log } from '../../shared/src/log.ts'
import type { Service } from '../../shared/src/service.ts'
import { organization } from '../../shared/src/testing/organization.ts'
import { randomFrom } from '../sample/random.ts'
import { type SimulatedBus, simulatedBus } from './bus.ts'
import { clientsOf, type Send } from './clients.ts'
import { simulatedDatabase } from './database.ts'
import { calm, storm, type Weather } from './faults.ts'
import type { Finding } from './finding.ts'
import type { Ground } from './ground.ts'
import { findings } from './invariants.ts'
import { slowFiles } from './log.ts'
import type { Place } from './place.ts'
import { silent } from './place.ts'
import { type Planted, type Process, sequencing, startProcess } from './process.ts'
import { type Owner, schedulerOf } from './scheduler.ts'

/** What runs in a simulation, and as how many processes. */
const running: readonly (readonly [Service, number])[] = [
  [
    {
      ...activities,
      views: activities.views.filter(({ name }) => name !== 'meetings'),
      reactions: activities.reactions.filter(({ name }) => name !== 'minutes-return'),
    },
    2,
  ],
  [feedback, 2],
  [sequencing, 1],
]
export const services = running.map(([service]) => service)
export const shards = 2
const sources = ['activities', 'feedback']

const stormMs = 6_000
/** What was down is caught up with in this time, without a hand. */
const healMs = 60_000
const students = 5
const officers = 4

export type Outcome = {
  readonly seed: number
  readonly findings: readonly Finding[]
  readonly commands: number
  readonly acknowledged: number
  readonly facts: number
  readonly crashes: number
  readonly healedMs: number
  readonly steps: number
  /** The same for the same seed, whatever the machine: a digest of all that was stored. */
  readonly history: string
}

type Slot = { readonly service: Service; readonly name: string; owner: Owner; process: Process | null; readonly calls: Set<(error: Error) => void> }

const directory = new Directory(
  organization({
    units: { fed: null, north: 'fed', club: 'north' },
    kinds: { student: ['activities:register'] },
    policies: {
      ...{ 'duty.reminder.days-before': 3, 'activity-summary.due-days': 7, 'survey.open-days': 7, 'survey.min-answers': 5 },
    },
  }),
)

/** Runs one world from its seed: a storm of faults while clients work, then calm; and what was found wrong afterwards. */
export const simulate = async (ground: Ground, seed: number, planted: Planted = {}): Promise<Outcome> => {
  await ground.empty()
  const random = randomFrom(seed)
  const scheduler = schedulerOf(random)
  const restoreClock = scheduler.install()
  const weather: Weather = { ...storm }
  const databases = new Map([...ground.engines].map(([name, engine]) => [name, simulatedDatabase(engine, scheduler, random, weather)]))
  const bus = simulatedBus(sources, shards, scheduler, random, weather)
  let made = 0
  const ids = (): string => idFrom('simulation', seed, made++)
  let disk = crashingFiles()
  const shown: { size: number; root: Uint8Array }[] = []
  const refused: string[] = []
  let crashes = 0
  const slots: Slot[] = running.flatMap(([service, count]) =>
    Array.from({ length: count }, (_, index) => {
      const name = `${service.name}-${index + 1}`
      return { service, name, owner: { name, isAlive: false }, process: null, calls: new Set<(error: Error) => void>() }
    }),
  )

  /** A question to the owner of facts, as gRPC would carry it; what a service that does not run would answer is `none`. */
  const askOwner = <Answer>(service: string, none: Answer, question: (process: Process) => Promise<Answer>): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const me = scheduler.current()
      const asked = slots.filter((slot) => slot.service.name === service && slot.process !== null)
      const fail = (code: number): void => void scheduler.after(0, me, () => reject(Object.assign(new Error('The owner does not answer'), { code })))
      if (!sources.includes(service)) return void scheduler.after(1, me, () => resolve(none))
      if (asked.length === 0) return fail(14)
      const { owner, process } = random.pick(asked)
      scheduler.after(10_000, me, () => fail(4))
      scheduler.after(1 + random.share() * 4, owner, () =>
        question(process as Process).then(
          (answer) => scheduler.after(1 + random.share() * 4, me, () => resolve(answer)),
          () => fail(14),
        ),
      )
    })
  const owners: Pick<Log, 'replay' | 'heads'> = {
    replay: ({ service, shard }, after, limit, types) => askOwner(service, [], ({ store }) => store.readShard(shard, after, limit, { types })),
    heads: (service) => askOwner(service, new Map<number, number>(), ({ store }) => store.heads()),
  }

  const start = async (slot: Slot): Promise<void> => {
    const owner: Owner = { name: slot.name, isAlive: true }
    slot.owner = owner
    const place: Place = {
      owner,
      logger: silent,
      sources,
      pool: (database) => (databases.get(database) as ReturnType<typeof simulatedDatabase>).poolOf(owner),
      files: slowFiles(planted.files?.(disk.files) ?? disk.files, scheduler, random, weather),
      shown: (size, root) => void shown.push({ size, root }),
      refused: (why) => void refused.push(why),
    }
    try {
      const started = await scheduler.as(owner, () => startProcess({ service: slot.service, shards, place, bus, owners, directory, ids, planted }))
      if (slot.owner === owner) slot.process = started
    } catch {
      // Whoever watches over processes starts it again.
      await kill(slot)
    }
  }
  const kill = async (slot: Slot): Promise<void> => {
    const { owner } = slot
    owner.isAlive = false
    slot.process = null
    crashes += 1
    for (const database of databases.values()) database.cutAll(owner)
    for (const call of slot.calls) scheduler.after(random.share() * 20, null, () => call(new Error('connection reset')))
    slot.calls.clear()
    scheduler.after(500 + random.below(2_500), null, () => bus.forgetMember(owner))
    // Half of the ends are a power cut: what was not on the disk is gone.
    if (slot.service === sequencing) disk = crashingFiles(random.share() < 0.5 ? disk.crash() : disk.seen())
    scheduler.after(50 + random.below(1_500), null, () => scheduler.as(null, () => start(slot)))
  }

  const send: Send = (service, request) =>
    new Promise((resolve, reject) => {
      const able = slots.filter((slot) => slot.service.name === service && slot.process !== null)
      if (able.length === 0) return void scheduler.after(5, null, () => reject(new Error('nobody listens')))
      const slot = random.pick(able)
      const { handle } = slot.process as Process
      slot.calls.add(reject)
      scheduler.after(random.share() * 3, slot.owner, () =>
        handle(request).then(
          (done) => scheduler.after(random.share() * 3, null, () => slot.calls.delete(reject) && resolve(done)),
          (error) => scheduler.after(random.share() * 3, null, () => slot.calls.delete(reject) && reject(error)),
        ),
      )
    })
  const clients = clientsOf(scheduler, random, ids, send)

  const misfortune = (): void => {
    if (scheduler.elapsed() > stormMs) return
    const strike = random.below(10)
    const lives = slots.filter((slot) => slot.owner.isAlive)
    if (strike < 4 && lives.length > 0) void kill(random.pick(lives))
    else if (strike < 6) bus.rebalanceAny()
    else if (strike < 7) bus.forgetOld()
    else random.pick([...databases.values()]).cutAny()
    scheduler.after(100 + random.below(900), null, misfortune)
  }

  try {
    for (const slot of slots) scheduler.after(random.below(200), null, () => scheduler.as(null, () => start(slot)))
    clients.start(officers, students)
    scheduler.after(800, null, misfortune)
    await scheduler.run(() => scheduler.elapsed() >= stormMs, stormMs)
    Object.assign(weather, calm)
    clients.heal()
    const healBegan = scheduler.elapsed()
    const heads = await headsOf(ground)
    let lookAt = 0
    const isOver = (): boolean => {
      if (!clients.isIdle() || scheduler.elapsed() < lookAt) return false
      lookAt = scheduler.elapsed() + 50
      return stillWaiting(slots, heads, bus).length === 0
    }
    let isHealed = false
    while (!isHealed && scheduler.elapsed() - healBegan < healMs) {
      const isRest = await scheduler.run(isOver, 500)
      const now = await headsOf(ground)
      isHealed = isRest && [...now].every(([source, head]) => heads.get(source) === head)
      for (const [source, head] of now) heads.set(source, head)
    }
    const healedMs = Math.round(scheduler.elapsed() - healBegan)
    const waiting = isHealed ? [] : [...stillWaiting(slots, heads, bus), ...(clients.isIdle() ? [] : ['clients without an answer'])]
    const { found, facts, history } = await findings({ ground, bus, services, journal: clients.journal, shown, refused, disk: disk.seen(), waiting })
    const acknowledged = clients.journal.filter(({ outcome }) => typeof outcome === 'object').length
    return { seed, findings: found, commands: clients.journal.length, acknowledged, facts, crashes, healedMs, steps: scheduler.steps(), history }
  } finally {
    for (const slot of slots) slot.owner.isAlive = false
    restoreClock()
  }
}

const headsOf = async (ground: Ground): Promise<Map<string, number>> => {
  const heads = new Map<string, number>()
  for (const service of sources)
    for (const { shard, last_position } of (await ground.engines.get(service)?.single.query('select shard, last_position from shards order by shard'))?.rows ??
      [])
      heads.set(`${service}/${shard}`, Number(last_position))
  return heads
}

/** What is not done yet. Of several processes of a service one may be behind: a source's facts come to whoever has its partition. */
const stillWaiting = (slots: readonly Slot[], heads: ReadonlyMap<string, number>, bus: SimulatedBus): string[] => {
  const waiting = slots.flatMap(({ name, process }) => (process?.waitsFor(heads) ?? ['it is down']).map((what) => `${name}: ${what}`))
  const reached = new Map<string, { position: number; head: number }>()
  for (const { service, process } of slots)
    for (const { name, sources: read } of process?.states() ?? [])
      for (const { service: source, shard, position } of read) {
        const key = `${service.name}: ${name} of ${source}/${shard}`
        reached.set(key, { position: Math.max(position, reached.get(key)?.position ?? 0), head: heads.get(`${source}/${shard}`) ?? 0 })
      }
  // Nobody relays a shard until the lease of who did has run out.
  for (const [source, head] of heads) {
    const [service, shard] = source.split('/') as [string, string]
    if (head > 0 && !bus.hasKept({ service, shard: Number(shard) }, head)) waiting.push(`${source} is not handed on up to ${head}`)
  }
  for (const [name, { position, head }] of reached) if (position < head) waiting.push(`${name} is at ${position} of ${head}`)
  return waiting
}
