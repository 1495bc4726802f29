import { Registry } from 'prom-client'
import { expect, it } from 'vitest'
import { freshService, silent } from '../testing/fresh-service.ts'
import { observeHistory } from './history-alarms.ts'

it('[PL-06] shows at /metrics that facts were changed, for a week', async () => {
  const fresh = await freshService()
  const registry = new Registry()
  const stop = observeHistory(registry, 'alpha', fresh.pool, silent, 20)
  const shown = async (): Promise<string | undefined> => /^collegium_history_changes\{service="alpha"\} (\d+)$/m.exec(await registry.metrics())?.[1]
  try {
    await fresh.raise('one')
    await fresh.raise('one', 2)
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(await shown()).toBe('0')
    await fresh.pool.query(`update events set bytes = replace(bytes, '"by":2', '"by":3')`)
    await expect.poll(shown).toBe('1')
    await fresh.pool.query("update history_alarms set at = now() - interval '8 days'")
    await expect.poll(shown).toBe('0')
  } finally {
    stop()
    await fresh.drop()
  }
})
