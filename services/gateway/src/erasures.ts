import { setTimeout as sleep } from 'node:timers/promises'
import type { ErasuresClient } from '@collegium/proto/collegium/membership/v1/erasures.ts'
import { ask } from '@collegium/shared/grpc/client.ts'
import type { Logger } from '@collegium/shared/logger.ts'
import type { Pool } from 'pg'
import type { Principals } from './principal.ts'

/** Who was erased, as membership tells it, and how to say that their account is gone. */
export type Erasures = {
  /** Those who were erased at or after a moment; all of them for ''. */
  readonly erased: (after: string) => Promise<readonly { readonly person: string; readonly at: string }[]>
  readonly acknowledge: (person: string) => Promise<void>
}

export const erasuresFrom = (client: ErasuresClient): Erasures => ({
  erased: async (after) => (await ask(client, 'erased', { after }, { deadlineMs: 5_000 })).erased,
  acknowledge: async (person) => void (await ask(client, 'acknowledge', { service: 'gateway', person }, { deadlineMs: 5_000 })),
})

const pauseMs = 2_000

/**
 * Removes the accounts of erased people with their sessions and tokens, and acknowledges. It asks from the beginning at each start, so that
 * what a restored backup brought back goes again.
 */
export const followErasures = ({ pool, principals, erasures, logger }: { pool: Pool; principals: Principals; erasures: Erasures; logger: Logger }) => {
  const done = new Set<string>()
  const closing = new AbortController()
  let after = ''

  const remove = async (person: string): Promise<void> => {
    const { rows } = await pool.query<{ account: string }>('delete from accounts where person = $1 returning account', [person])
    for (const { account } of rows) principals.ended(account)
    if (rows.length > 0) logger.info({ event: 'account-erased', person }, 'security')
    await erasures.acknowledge(person)
  }

  const run = async (): Promise<void> => {
    while (!closing.signal.aborted) {
      try {
        for (const { person, at } of await erasures.erased(after)) {
          if (!done.has(person)) await remove(person)
          done.add(person)
          after = at
        }
      } catch (error) {
        if (!closing.signal.aborted) logger.warn({ err: error }, 'an erasure waits for membership')
      }
      await sleep(pauseMs, undefined, { signal: closing.signal }).catch(() => {})
    }
  }

  const running = run()
  return {
    close: async (): Promise<void> => {
      closing.abort()
      await running
    },
  }
}
