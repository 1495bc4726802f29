import { observe } from '@collegium/shared/measuring.ts'
import type { Registry } from 'prom-client'
import type { LogState } from './state.ts'

/** Tells /metrics how the logs are. Returns how to stop. */
export const observeLogs = (metrics: Registry, states: () => readonly LogState[]): (() => void) => {
  const each = (value: (state: LogState) => number) => () => states().map((state) => ({ labels: { log: state.origin }, value: value(state) }))
  const stops = [
    observe(
      metrics,
      'collegium_log_entries',
      each((state) => state.size),
    ),
    observe(
      metrics,
      'collegium_log_cosigned_entries',
      each((state) => Math.max(0, state.cosigned)),
    ),
    observe(
      metrics,
      'collegium_log_unsequenced_seconds',
      each((state) => state.waitingSeconds),
    ),
    observe(
      metrics,
      'collegium_log_refused',
      each((state) => (state.isRefused ? 1 : 0)),
    ),
    observe(
      metrics,
      'collegium_log_stopped_sources',
      each((state) => state.stopped.length),
    ),
    observe(metrics, 'collegium_log_witness_refusals', () =>
      states().flatMap(({ origin, refusals }) =>
        [...refusals].map(([key, value]) => {
          const [witness = '', status = ''] = key.split(' ')
          return { labels: { log: origin, witness, status }, value }
        }),
      ),
    ),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}
