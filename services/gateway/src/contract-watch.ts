import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from '@collegium/shared/logger.ts'
import type { Contracts } from './contracts.ts'

const soon = 500
const later = 30_000

/**
 * Reads each service's own OpenAPI document from `<address>/openapi.json` until it answers, and again now and then: a service that is away
 * or was replaced changes the routing table without a restart here.
 */
export const watchContracts = (addresses: Readonly<Record<string, string>>, asyncapi: Contracts['asyncapi'], logger: Logger) => {
  const closing = new AbortController()
  const texts = new Map<string, string>()
  let contracts: Contracts = { openapi: {}, asyncapi }

  const read = async (service: string, address: string): Promise<void> => {
    const answer = await fetch(`${address}/openapi.json`, { signal: AbortSignal.any([closing.signal, AbortSignal.timeout(2_000)]) })
    if (!answer.ok) throw new Error(`${service} answers ${answer.status}`)
    const text = await answer.text()
    if (texts.get(service) === text) return
    contracts = { ...contracts, openapi: { ...contracts.openapi, [service]: JSON.parse(text) } }
    texts.set(service, text)
    logger.info({ service }, 'contract-read')
  }
  const follow = async (service: string, address: string): Promise<void> => {
    while (!closing.signal.aborted) {
      await read(service, address).catch((error: Error) => logger.debug({ service, error: error.message }, 'contract-unread'))
      await sleep(texts.has(service) ? later : soon, undefined, { signal: closing.signal }).catch(() => {})
    }
  }
  const following = Object.entries(addresses).map(([service, address]) => follow(service, address))

  return {
    current: (): Contracts => contracts,
    /** Waits until every service was heard, but no longer than this. Returns those that were not. */
    heard: async (milliseconds: number): Promise<string[]> => {
      const until = Date.now() + milliseconds
      const silent = () => Object.keys(addresses).filter((service) => !texts.has(service))
      while (silent().length > 0 && Date.now() < until) await sleep(50)
      return silent()
    },
    close: async (): Promise<void> => {
      closing.abort()
      await Promise.all(following)
    },
  }
}
