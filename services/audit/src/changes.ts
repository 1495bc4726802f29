import type { Actor, Recorded } from '@collegium/shared/aggregate.ts'
import { type Directory, studentPost } from '@collegium/shared/directory.ts'
import type { Kernel } from '@collegium/shared/service.ts'
import type { FastifyReply } from 'fastify'
import { trail } from './trail.ts'

/** Changes within this pause are told at once; an eye sees no difference. */
const pauseMs = 250
/** Proxies close a silent stream after a minute or less. */
const heartbeatMs = 15_000
/** Who is told is looked at anew with each new stream. */
const longestMs = 5 * 60_000
/** And with every change for so long after one's own posts have changed: the directory hears of it a little later. */
const settlingMs = 30_000

/** What of a commit concerns whom: units of facts about nobody in particular, and people of the others. */
type Summary = {
  readonly units: ReadonlyMap<string, Set<string>>
  readonly people: readonly (readonly [person: string, unit: string, service: string])[]
  readonly positions: readonly string[]
}

const summaries = new WeakMap<readonly Recorded[], Summary>()

/** Worked out once a commit, however many listen. */
const summaryOf = (facts: readonly Recorded[]): Summary => {
  const known = summaries.get(facts)
  if (known) return known
  const units = new Map<string, Set<string>>()
  const people: [string, string, string][] = []
  const last = new Map<string, number>()
  for (const { service, shard, position, unit, data } of facts) {
    last.set(`${service}/${shard}`, Math.max(position, last.get(`${service}/${shard}`) ?? 0))
    const { person } = data as { person?: unknown }
    if (typeof person === 'string') people.push([person, unit, service])
    else units.set(unit, (units.get(unit) ?? new Set()).add(service))
  }
  const summary = { units, people, positions: [...last].map(([source, position]) => `${source}/${position}`) }
  summaries.set(facts, summary)
  return summary
}

/** Where somebody hears of what: as a member of a campus of what concerns all there, with a post also of what is about others. */
export const hearing = (directory: Directory, { person, home, operator }: Actor, now: string) => {
  const held = person === null ? [] : directory.holdings(person, now).filter(({ kind }) => kind !== studentPost)
  const posts = new Set(operator ? directory.snapshot.units.map(({ id }) => id) : held.flatMap(({ unit }) => directory.subtree(unit)))
  const around = new Set([...posts, ...(home === null ? [] : [...directory.subtree(home), ...directory.path(home)])])
  return { ofUnit: (unit: string): boolean => around.has(unit), ofPerson: (about: string, unit: string): boolean => about === person || posts.has(unit) }
}

/** The services that changed something for whoever hears so. */
export const heardIn = (facts: readonly Recorded[], { ofUnit, ofPerson }: ReturnType<typeof hearing>): Set<string> => {
  const { units, people } = summaryOf(facts)
  return new Set([
    ...[...units].filter(([unit]) => ofUnit(unit)).flatMap(([, services]) => [...services]),
    ...people.filter(([person, unit]) => ofPerson(person, unit)).map(([, , service]) => service),
  ])
}

/** Whether membership says something about a person in these facts. */
const concerns = (facts: readonly Recorded[], person: string): boolean =>
  summaryOf(facts).people.some(([about, , service]) => service === 'membership' && about === person)

/**
 * Server-sent events for a page: which services have something new that concerns its reader, and up to which positions, so that what the page
 * reads next can wait for it. It tells no facts. A stream ends after some minutes; the page opens the next.
 */
export const streamChanges = (kernel: Kernel, reply: FastifyReply, actor: Actor): void => {
  reply.hijack()
  const { raw } = reply
  raw.writeHead(200, { ...reply.getHeaders(), 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' } as Record<
    string,
    string
  >)
  let hears = hearing(kernel.directory(), actor, kernel.now())
  let settledAt = 0
  let services = new Set<string>()
  let positions = new Map<string, string>()
  let timer: NodeJS.Timeout | undefined
  const tell = (event: object): boolean => raw.write(`data: ${JSON.stringify(event)}\n\n`)
  const flush = (): void => {
    timer = undefined
    tell({ services: [...services], positions: [...positions.values()] })
    services = new Set()
    positions = new Map()
  }
  const stop = kernel.onChange(trail, (_units, facts) => {
    // A view that was built anew: everything may be.
    if (actor.person !== null && concerns(facts, actor.person)) settledAt = performance.now() + settlingMs
    if (performance.now() < settledAt) hears = hearing(kernel.directory(), actor, kernel.now())
    const heard = facts.length === 0 ? new Set(['*']) : heardIn(facts, hears)
    if (heard.size === 0) return
    for (const service of heard) services.add(service)
    for (const position of summaryOf(facts).positions)
      if (heard.has(position.split('/')[0] as string)) positions.set(position.slice(0, position.lastIndexOf('/')), position)
    timer ??= setTimeout(flush, pauseMs).unref()
  })
  const heartbeat = setInterval(() => raw.write(': still here\n\n'), heartbeatMs).unref()
  const end = setTimeout(() => raw.end(), longestMs).unref()
  raw.on('close', () => {
    stop()
    clearTimeout(timer)
    clearTimeout(end)
    clearInterval(heartbeat)
  })
  tell({ services: [], positions: [] })
}
