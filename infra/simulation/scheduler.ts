import { AsyncLocalStorage } from 'node:async_hooks'
import { syncBuiltinESMExports } from 'node:module'
import timersPromises from 'node:timers/promises'
import type { Random } from '../sample/random.ts'

/** A process of the simulated system: what belongs to it (timers, answers on their way to it) happens only while it lives. */
export type Owner = { readonly name: string; isAlive: boolean }

type Happening = {
  readonly at: number
  readonly tie: number
  readonly owner: Owner | null
  readonly work: () => unknown
  readonly isOutside: boolean
  isOff: boolean
}

const real = {
  setImmediate,
  setTimeout,
  clearTimeout,
  setInterval,
  clearInterval,
  clearImmediate,
  Date,
  now: performance.now,
  sleep: timersPromises.setTimeout,
}

/** The moment at which every simulation begins. */
const epoch = Date.parse('2026-11-21T08:00:00.000Z')
/** A timer of a real machine is this late now and then. */
const lateMs = 4

/**
 * Time and turns of one simulated world. What is to happen waits in one queue, ordered by simulated time and, among what is due together, by
 * the seed; one thing happens at a time, with every promise that follows from it. `install` puts its clock and timers in the place of the
 * machine's, so that the code that runs in it needs no other clock.
 */
export const schedulerOf = (random: Random) => {
  const queue: Happening[] = []
  const owners = new AsyncLocalStorage<Owner | null>()
  let now = epoch
  let steps = 0

  const before = (one: Happening, other: Happening): boolean => one.at < other.at || (one.at === other.at && one.tie < other.tie)
  const push = (happening: Happening): void => {
    let at = queue.push(happening) - 1
    for (let up = (at - 1) >> 1; at > 0 && before(happening, queue[up] as Happening); up = (at - 1) >> 1) {
      queue[at] = queue[up] as Happening
      queue[up] = happening
      at = up
    }
  }
  const pop = (): Happening | undefined => {
    const first = queue[0]
    const last = queue.pop()
    if (first === undefined || last === undefined || queue.length === 0) return first
    let at = 0
    for (;;) {
      let least = at * 2 + 1
      if (least >= queue.length) break
      if (least + 1 < queue.length && before(queue[least + 1] as Happening, queue[least] as Happening)) least += 1
      if (!before(queue[least] as Happening, last)) break
      queue[at] = queue[least] as Happening
      at = least
    }
    queue[at] = last
    return first
  }

  const plan = (ms: number, owner: Owner | null, work: () => unknown, isOutside: boolean): Happening => {
    const happening: Happening = { at: now + Math.max(0, ms), tie: random.share(), owner, work, isOutside, isOff: false }
    push(happening)
    return happening
  }
  /** Lets something happen in so many milliseconds; to the owner, if there is one. */
  const after = (ms: number, owner: Owner | null, work: () => unknown): Happening => plan(ms, owner, work, false)

  const timer = (ms: number, work: () => void, every: boolean) => {
    const owner = owners.getStore() ?? null
    const wait = (): number => Math.max(1, ms || 0) + random.below(lateMs)
    const fire = (): void => {
      if (every) waiting = after(wait(), owner, fire)
      work()
    }
    let waiting = after(wait(), owner, fire)
    const handle = {
      ref: () => handle,
      unref: () => handle,
      hasRef: () => false,
      refresh: () => {
        waiting.isOff = true
        waiting = after(wait(), owner, fire)
        return handle
      },
      stop: () => {
        waiting.isOff = true
      },
      [Symbol.toPrimitive]: () => 0,
    }
    return handle
  }
  const stop = (handle?: { stop?: () => void }): void => handle?.stop?.()

  const install = (): (() => void) => {
    class SimulatedDate extends real.Date {
      constructor(...given: [] | [number | string]) {
        if (given.length === 0) super(now)
        else super(...given)
      }
      static override now(): number {
        return Math.floor(now)
      }
    }
    const soon = (work: (...given: unknown[]) => void, ...given: unknown[]) => {
      const happening = after(0, owners.getStore() ?? null, () => work(...given))
      return {
        stop: () => {
          happening.isOff = true
        },
      }
    }
    Object.assign(globalThis, {
      Date: SimulatedDate,
      setTimeout: (work: (...given: unknown[]) => void, ms: number, ...given: unknown[]) => timer(ms, () => work(...given), false),
      setInterval: (work: (...given: unknown[]) => void, ms: number, ...given: unknown[]) => timer(ms, () => work(...given), true),
      setImmediate: soon,
      clearTimeout: stop,
      clearInterval: stop,
      clearImmediate: stop,
    })
    performance.now = () => now - epoch
    Object.assign(timersPromises, { setTimeout: (ms: number, value?: unknown) => new Promise((resolve) => timer(ms, () => resolve(value), false)) })
    syncBuiltinESMExports()
    return () => {
      const { now: clock, sleep, ...globals } = real
      Object.assign(globalThis, globals)
      performance.now = clock
      Object.assign(timersPromises, { setTimeout: sleep })
      syncBuiltinESMExports()
    }
  }

  return {
    install,
    after,
    /** The same for what asks the machine outside, as its Postgres: the world stands still until that has answered. */
    outside: (ms: number, work: () => Promise<unknown>): void => void plan(ms, null, work, true),
    /** Milliseconds since the beginning. */
    elapsed: (): number => now - epoch,
    steps: (): number => steps,
    instant: (): string => new real.Date(now).toISOString(),
    /** Whose code runs now. */
    current: (): Owner | null => owners.getStore() ?? null,
    /** Runs code as a process's own. */
    as: <T>(owner: Owner | null, work: () => T): T => owners.run(owner, work),
    /** A pause of whoever asks. */
    pause: (ms: number): Promise<void> => {
      const owner = owners.getStore() ?? null
      return new Promise((resolve) => after(ms, owner, resolve))
    },
    /** Lets the world go on until something is so, or so much time has passed; false when it was not so by then. */
    run: async (isSo: () => boolean, mostMs: number): Promise<boolean> => {
      const end = now + mostMs
      while (!isSo()) {
        const next = pop()
        if (next === undefined || next.at > end) {
          if (next) push(next)
          now = end
          return isSo()
        }
        if (next.isOff || next.owner?.isAlive === false) continue
        now = next.at
        steps += 1
        const done = owners.run(next.owner, next.work)
        if (next.isOutside) await done
        // Every promise that can go on without a further happening has gone on when this resolves.
        await new Promise((resolve) => real.setImmediate(resolve))
      }
      return true
    },
  }
}

export type Scheduler = ReturnType<typeof schedulerOf>
