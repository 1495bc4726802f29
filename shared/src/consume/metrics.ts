import type { Registry } from 'prom-client'
import type { RelayState } from '../log/relay.ts'
import { observe } from '../measuring.ts'
import type { ConsumerState } from './consumer.ts'

/** How far each consumer of a service is behind, since when it stands, how often the log had a hole, and how many streams wait outside. */
export const observeConsumers = (registry: Registry, service: string, states: () => readonly ConsumerState[]): (() => void) => {
  const each = (value: (state: ConsumerState) => number) => () => states().map((state) => ({ labels: { service, consumer: state.name }, value: value(state) }))
  const lag = (state: ConsumerState): number => state.sources.reduce((sum, source) => sum + source.head - source.position, 0)
  const stops = [
    observe(registry, 'collegium_consumer_lag_events', each(lag)),
    observe(
      registry,
      'collegium_consumer_holes',
      each((state) => state.holes),
    ),
    observe(
      registry,
      'collegium_consumer_standing_seconds',
      each((state) => state.standingSeconds),
    ),
    observe(
      registry,
      'collegium_consumer_parked_streams',
      each((state) => state.parkedStreams),
    ),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}

/** How much of a service's history the log has not confirmed, and for how long. */
export const observeRelay = (registry: Registry, service: string, state: () => readonly RelayState[]): (() => void) => {
  const stops = [
    observe(registry, 'collegium_relay_unsent_events', () => state().map(({ shard, unsent }) => ({ labels: { service, shard }, value: unsent }))),
    observe(registry, 'collegium_relay_oldest_unsent_seconds', () =>
      state().map(({ shard, oldestSeconds }) => ({ labels: { service, shard }, value: oldestSeconds })),
    ),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}

/** How many people were ordered to be erased and are not yet, in this service. */
export const observeErasures = (registry: Registry, service: string, pending: () => number): (() => void) =>
  observe(registry, 'collegium_erasures_pending', () => [{ labels: { service }, value: pending() }])
