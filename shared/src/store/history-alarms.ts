import type { Pool } from 'pg'
import type { Registry } from 'prom-client'
import type { Logger } from '../logger.ts'
import { observe } from '../measuring.ts'

const lookMs = 60_000

/**
 * Shows at `/metrics` how often, within a week, facts of a service were changed or taken away other than by an erasure: by whoever owns the
 * database (004-history-stays.sql). Returns how to stop.
 */
export const observeHistory = (registry: Registry, service: string, pool: Pool, logger: Logger, every = lookMs): (() => void) => {
  let changes = 0
  const look = async (): Promise<void> => {
    const { rows } = await pool.query<{ count: number }>("select count(*)::int as count from history_alarms where at > now() - interval '7 days'")
    const found = rows[0]?.count ?? 0
    if (found > changes) logger.error({ changes: found }, 'ALARM: history was changed; see the table history_alarms')
    changes = found
  }
  const safely = (): void => void look().catch((error) => logger.warn({ err: error }, 'the alarms of history could not be read'))
  safely()
  const timer = setInterval(safely, every).unref()
  const stop = observe(registry, 'collegium_history_changes', () => [{ labels: { service }, value: changes }])
  return () => {
    clearInterval(timer)
    stop()
  }
}
