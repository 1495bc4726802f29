import type { Logger } from '@collegium/shared/logger.ts'
import { Redis } from 'ioredis'

/** Tells every gateway of an installation at once that what it remembers of an account has ended. */
export type FanOut = {
  /** False while another gateway could end something unheard: then nothing may be remembered. */
  readonly isLive: () => boolean
  readonly publish: (account: string) => void
  /** `account` null = forget everything: messages may have been missed. */
  readonly subscribe: (listener: (account: string | null) => void) => void
  readonly close: () => void
}

/** For a gateway that is alone. */
export const alone: FanOut = { isLive: () => true, publish: () => {}, subscribe: () => {}, close: () => {} }

const channel = 'collegium.gateway.ended'
const askMs = 2_000

/** Over Redis. Without a connection every request asks Postgres: slower, never wrong. */
export const overRedis = (redis: Redis, logger: Logger): FanOut => {
  // Its own way of subscribing anew leaves a promise that nobody looks after: a connection that ends meanwhile would end the process.
  const ears = redis.duplicate({ enableOfflineQueue: true, maxRetriesPerRequest: null, autoResubscribe: false })
  const listeners: ((account: string | null) => void)[] = []
  let live = false
  ears.on('error', (error) => logger.warn({ code: (error as NodeJS.ErrnoException).code }, 'redis-unreachable'))
  ears.on('close', () => {
    live = false
  })
  ears.on('ready', async () => {
    await ears.subscribe(channel).catch(() => {})
    for (const listener of listeners) listener(null)
    live = ears.status === 'ready'
  })
  // Who only listens does not notice that nobody speaks any more.
  const asking = setInterval(() => {
    if (live) void ears.ping().catch(() => live && ears.disconnect(true))
  }, askMs).unref()
  ears.on('message', (_channel, account) => {
    for (const listener of listeners) listener(account)
  })
  return {
    isLive: () => live,
    publish: (account) => void redis.publish(channel, account).catch((error: Error) => logger.warn({ error: error.message }, 'ended-not-told')),
    subscribe: (listener) => void listeners.push(listener),
    close: () => {
      clearInterval(asking)
      live = false
      ears.disconnect()
    },
  }
}

/** A client that fails at once instead of queueing: whatever uses it must do without. */
export const connectRedis = (url: string, logger: Logger): Redis => {
  const redis = new Redis(url, {
    enableOfflineQueue: false,
    // What is asked in one turn of the loop goes out as one write: each request asks how many came before it.
    enableAutoPipelining: true,
    maxRetriesPerRequest: 1,
    connectTimeout: 2_000,
    // Silence is no answer: who asks goes on without, and the connection is made anew.
    commandTimeout: 1_000,
    socketTimeout: 3_000,
    retryStrategy: (times) => Math.min(times * 200, 2_000),
  })
  redis.on('error', (error) => logger.warn({ code: (error as NodeJS.ErrnoException).code }, 'redis-unreachable'))
  return redis
}
