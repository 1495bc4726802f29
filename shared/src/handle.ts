import type { Actor, Aggregate, Command, EventActor, PolicyValue } from './aggregate.ts'
import { streamOf } from './aggregate.ts'
import type { Directory } from './directory.ts'
import { entryOf, leafOf } from './evidence/entry.ts'
import { demandTime } from './overload/deadline.ts'
import type { Receipts } from './receipts.ts'
import { refuse } from './refusals.ts'
import { Rejection } from './rejection.ts'
import type { Executed } from './service.ts'
import { type StateCache, unborn } from './state-cache.ts'
import { CommandReused, type Store, VersionConflict } from './store/store.ts'

/** One command on its way: what the door (or a reaction, or a deadline) knows of it. */
export type Request = {
  readonly aggregate: Aggregate
  readonly command: Command
  readonly id: string | null
  readonly input: any
  readonly actor: Actor
  /** Same id, same command: it happens once. */
  readonly commandId: string
  /** Set where the client chose the command's id: then the earlier answer is looked up first, and another body is refused. */
  readonly fingerprint: string | null
  /** If-Match: the version that the client saw. */
  readonly expected?: number | undefined
  readonly occurred?: string | undefined
  readonly reason?: string | null | undefined
  readonly correlation?: string | undefined
  readonly causation?: string | undefined
}

type Parts = {
  store: Store
  states: StateCache
  ask: () => unknown
  directory: () => Directory
  freshDirectory: () => Promise<Directory>
  clock: () => string
  receipts: Receipts
}

/** How often a command is decided anew when others write to the same stream in between. */
const attempts = 8

/** The way of a command inside a service: load → let in → ask → decide → append. */
export const handler = (parts: Parts) => {
  const queues = new Map<string, Promise<unknown>>()

  /** Commands on one stream wait for each other in this process: a rush on one activity then costs no retries. */
  const inTurn = <T>(turn: string, work: () => Promise<T>): Promise<T> => {
    const mine = (queues.get(turn) ?? Promise.resolve()).then(work, work)
    const settled = mine.catch(() => {})
    queues.set(turn, settled)
    void settled.then(() => queues.get(turn) === settled && queues.delete(turn))
    return mine
  }

  /** The answer that a command with a client's id was given before. */
  const earlierAnswer = async ({ aggregate, commandId, fingerprint }: Request): Promise<Executed | null> => {
    const earlier = fingerprint === null ? null : await parts.store.command(commandId)
    if (!earlier) return null
    if (earlier.fingerprint !== fingerprint) throw refuse('idempotency-key-reused')
    return {
      id: earlier.stream.slice(aggregate.name.length + 1),
      version: earlier.version,
      position: { shard: earlier.shard, position: earlier.position },
      events: 0,
      receipt: () => receiptFor(earlier.stream, earlier.version),
    }
  }

  /** The receipt of a fact that was stored before: the same text as then. */
  const receiptFor = async (stream: string, version: number): Promise<string> => {
    let [leaf, recorded] = ['', '']
    for (const fact of await parts.store.readStream(stream, { toVersion: version })) [leaf, recorded] = [leafOf(entryOf(fact.bytes, leaf)), fact.recorded]
    return parts.receipts.sign(leaf, recorded)
  }

  return async (request: Request): Promise<Executed> => {
    const { aggregate, input, actor } = request
    const named = request.id ?? aggregate.identify?.(input, actor) ?? null
    const id = named ?? request.commandId
    let done: Executed | null = null
    try {
      done = await inTurn(aggregate.turn?.(id) ?? streamOf(aggregate, id), () => attempt(request, id, named === null, 1))
      if (done.events > 0) return done
    } catch (error) {
      // What was done before may not be possible twice: its answer stands.
      const earlier = error instanceof Rejection ? await earlierAnswer(request) : null
      if (earlier) return earlier
      throw error
    }
    return (await earlierAnswer(request)) ?? done
  }

  async function attempt(request: Request, id: string, isNew: boolean, count: number): Promise<Executed> {
    const { aggregate, command, input, actor } = request
    const stream = streamOf(aggregate, id)
    demandTime()
    const entry = isNew ? unborn(aggregate, parts.store.shardOf(stream)) : await parts.states.load(aggregate, id)
    if (request.id !== null && entry.version === 0 && command.route !== 'internal') throw refuse('unknown-id', { aggregate: aggregate.name, id })
    const unit: string | undefined = entry.unit ?? (aggregate.unit ? await aggregate.unit(parts.ask(), input) : input.unit)
    if (unit === undefined) throw new Error(`${aggregate.name}: neither its history nor its input tells the unit`)
    const recorded = parts.clock()
    // One writing for each moment, so that moments compare as text.
    const occurred = command.attested?.(input) ?? request.occurred
    const now = occurred === undefined ? recorded : new Date(occurred).toISOString()
    const post = await admit(parts, request, unit, recorded)
    // Only who is let in learns which version there is.
    if (request.expected !== undefined && request.expected !== entry.version)
      throw refuse('stale-version', { expected: request.expected, actual: entry.version })
    if (now > recorded && actor.system === null) throw refuse('occurred-ahead', { occurred: now, now: recorded })
    const facts = command.facts ? await command.facts(parts.ask(), { id, state: entry.state, input, actor, now }) : undefined
    const asked: Record<string, { value: PolicyValue; version: number }> = {}
    const policy = <V extends PolicyValue>(name: string): V => {
      const found = parts.directory().policy(name, unit, now)
      if (!found) throw refuse('unknown-policy', { policy: name, unit })
      asked[name] = { value: found.value, version: found.version }
      return found.value as V
    }

    let events: readonly any[]
    try {
      events = command.decide(entry.state, input, { id, actor, post, now, policy, facts })
    } catch (error) {
      // A replica may lag: membership itself is asked before a policy is called missing.
      if (!(error instanceof Rejection && error.code === 'unknown-policy') || count > 1) throw error
      await parts.freshDirectory()
      return attempt(request, id, isNew, count + 1)
    }
    if (events.length === 0) return { id, version: entry.version, position: entry.position, events: 0, receipt: nothingToPromise }
    // A reader may move the state on while the append is under way.
    const before = entry.leaf
    // From here on it happens, whoever waits.
    demandTime()
    try {
      const last = await parts.store.append({
        stream,
        expected: entry.version === 0 ? 'none' : entry.version,
        command: { id: request.commandId, fingerprint: request.fingerprint ?? '' },
        unit,
        actor: eventActor(actor, post),
        correlation: request.correlation ?? request.commandId,
        causation: request.causation ?? request.commandId,
        occurred: now,
        reason: request.reason ?? null,
        policies: asked,
        events,
      })
      const position = { shard: last.shard, position: last.position }
      if (last.kind === 'repeated') return { id, version: last.version, position, events: 0, receipt: () => receiptFor(stream, last.version) }
      const leaf = last.records.reduce((previous, record) => leafOf(entryOf(record, previous)), before)
      parts.states.appended(aggregate, id, entry, events, { ...last, unit, leaf })
      return { id, version: last.version, position, events: events.length, receipt: () => parts.receipts.sign(leaf, last.recorded) }
    } catch (error) {
      if (error instanceof CommandReused) throw refuse('idempotency-key-reused')
      if (!(error instanceof VersionConflict)) throw error
      if (request.expected !== undefined) throw refuse('stale-version', { expected: request.expected, actual: error.actual })
      if (count >= attempts) throw refuse('too-busy', { aggregate: aggregate.name, id })
      return attempt(request, id, false, count + 1)
    }
  }
}

const nothingToPromise = async (): Promise<null> => null

export type Handle = ReturnType<typeof handler>

/** The post that lets the actor in, or the refusal. A refusal is checked against membership's own answer first: a replica may lag. */
const admit = async (parts: Parts, { command, actor, occurred }: Request, unit: string, now: string): Promise<{ kind: string; unit: string } | null> => {
  if (actor.system !== null) return null
  if (command.route === 'internal') throw refuse('forbidden', { permission: 'system', unit, posts: '—' })
  const needed = occurred === undefined ? [command.permission] : [command.permission, 'records:backdate']
  let post: { kind: string; unit: string } | null = null
  for (const permission of needed) {
    const isOwn = permission === command.permission
    const grant = await grantOrRefuse(
      parts,
      actor,
      permission,
      (isOwn && command.at === 'home' ? actor.home : null) ?? unit,
      now,
      isOwn && command.at === 'anywhere',
    )
    if (isOwn) post = grant
  }
  return post
}

/** Throws the refusal that names permission, unit and the posts that have it (PL-13). Returns null for the operator. Anywhere: a post at any unit will do. */
export const grantOrRefuse = async (
  parts: Pick<Parts, 'directory' | 'freshDirectory'>,
  actor: Actor,
  permission: string,
  unit: string,
  now: string,
  anywhere = false,
): Promise<{ kind: string; unit: string } | null> => {
  const where = anywhere ? null : unit
  const grant = parts.directory().grant(actor, permission, where, now) ?? (await parts.freshDirectory()).grant(actor, permission, where, now)
  if (grant !== null) return grant === 'operator' ? null : grant
  const directory = parts.directory()
  if (!directory.unit(unit)) throw refuse('unknown-unit', { unit })
  throw refuse('forbidden', {
    permission,
    unit,
    posts:
      directory
        .kindsWith(permission)
        .map((kind) => kind.id)
        .join(', ') || '—',
  })
}

const eventActor = (actor: Actor, post: { kind: string; unit: string } | null): EventActor => ({
  person: actor.person,
  post,
  system: actor.system ?? (actor.operator ? 'operator' : null),
})

/** The system itself, under the name of what acts. */
export const systemActor = (name: string): Actor => ({ person: null, home: null, operator: false, scope: null, system: name })
