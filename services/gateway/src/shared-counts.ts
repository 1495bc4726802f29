import type { Redis } from 'ioredis'

type Count = { shared: number; mine: number; isTelling: boolean; ends: number; window: number }
type Answer = (error: null, counted: { current: number; ttl: number }) => void
type CountingRedis = Redis & { countTogether: (key: string, more: number, windowMs: number) => Promise<[current: number, ttl: number]> }

const tellMs = 50
const sweepMs = 10_000

/** Adds to a window's count and begins its time with the first. */
const lua = `
  local current = redis.call('INCRBY', KEYS[1], ARGV[1])
  if current == tonumber(ARGV[1]) then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
  return {current, redis.call('PTTL', KEYS[1])}`

/**
 * The store of @fastify/rate-limit for gateways that count together: each knows at once what it counted itself, and twenty times a second what
 * the others did. No request waits for Redis; without Redis each gateway counts alone. A limit may be passed by what came within that time.
 */
export const sharedCounts = (redis: Redis, nameSpace: string) => {
  redis.defineCommand('countTogether', { numberOfKeys: 1, lua })
  const together = redis as CountingRedis
  const counts = new Map<string, Count>()
  let swept = Date.now()

  const current = (key: string): Count | undefined => {
    const count = counts.get(key)
    return count !== undefined && count.ends > Date.now() ? count : undefined
  }
  const tell = async (key: string, count: Count): Promise<void> => {
    const more = count.mine
    // Its window is over: the next is another count.
    if (count.ends <= Date.now()) return
    const told = await together.countTogether(nameSpace + key, more, count.window).catch(() => null)
    count.isTelling = false
    if (told === null) return
    count.shared = told[0]
    count.mine -= more
    count.ends = Date.now() + told[1]
    if (count.mine > 0) tellSoon(key, count)
  }
  const tellSoon = (key: string, count: Count): void => {
    count.isTelling = true
    setTimeout(() => void tell(key, count), tellMs).unref()
  }
  const sweep = (now: number): void => {
    if (now - swept < sweepMs) return
    swept = now
    for (const [key, { ends }] of counts) if (ends <= now) counts.delete(key)
  }

  return class {
    incr(key: string, answer: Answer, window: number): void {
      const now = Date.now()
      sweep(now)
      const count = current(key) ?? { shared: 0, mine: 0, isTelling: false, ends: now + window, window }
      counts.set(key, count)
      count.mine += 1
      if (!count.isTelling) tellSoon(key, count)
      answer(null, { current: count.shared + count.mine, ttl: count.ends - now })
    }
    read(key: string, answer: Answer): void {
      const count = current(key)
      answer(null, count === undefined ? { current: 0, ttl: 0 } : { current: count.shared + count.mine, ttl: count.ends - Date.now() })
    }
    /** All limits of a gateway share the counts: what is counted says what for. */
    child(): this {
      return this
    }
  }
}
