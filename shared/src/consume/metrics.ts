import { Gauge, type Registry } from 'prom-client'
import type { RelayState } from '../log/relay.ts'
import type { ConsumerState } from './consumer.ts'

type Reading = { readonly labels: Readonly<Record<string, string | number>>; readonly value: number }

const readers = new WeakMap<Registry, Map<string, Set<() => Reading[]>>>()

/** A gauge that is read when someone asks; several services of a process share it. Returns how to stop. */
const observe = (registry: Registry, name: string, help: string, labelNames: readonly string[], read: () => Reading[]): (() => void) => {
  const byName = readers.get(registry) ?? new Map<string, Set<() => Reading[]>>()
  readers.set(registry, byName)
  const mine = byName.get(name) ?? new Set<() => Reading[]>()
  if (!byName.has(name)) {
    byName.set(name, mine)
    new Gauge({
      name,
      help,
      labelNames: [...labelNames],
      registers: [registry],
      collect() {
        this.reset()
        for (const each of mine) for (const { labels, value } of each()) this.set({ ...labels }, value)
      },
    })
  }
  mine.add(read)
  return () => mine.delete(read)
}

/** How far each consumer of a service is behind, how often the log had a hole, and how many streams wait outside. */
export const observeConsumers = (registry: Registry, service: string, states: () => readonly ConsumerState[]): (() => void) => {
  const each = (value: (state: ConsumerState) => number) => () => states().map((state) => ({ labels: { service, consumer: state.name }, value: value(state) }))
  const names = ['service', 'consumer']
  const stops = [
    observe(
      registry,
      'collegium_consumer_lag_events',
      'Events that are known and not yet handled',
      names,
      each((state) => state.sources.reduce((sum, source) => sum + source.head - source.position, 0)),
    ),
    observe(
      registry,
      'collegium_consumer_holes',
      'Holes found in the log since the start, each filled from the owner',
      names,
      each((state) => state.holes),
    ),
    observe(
      registry,
      'collegium_consumer_parked_streams',
      'Streams that wait because an event of theirs could not be handled',
      names,
      each((state) => state.parkedStreams),
    ),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}

/** How many people were ordered to be erased and are not yet, in this service. */
export const observeErasures = (registry: Registry, service: string, pending: () => number): (() => void) =>
  observe(registry, 'collegium_erasures_pending', 'People whose data this service has still to erase', ['service'], () => [
    { labels: { service }, value: pending() },
  ])

/** How much of a service's history the log has not confirmed, and for how long. */
export const observeRelay = (registry: Registry, service: string, state: () => readonly RelayState[]): (() => void) => {
  const names = ['service', 'shard']
  const stops = [
    observe(registry, 'collegium_relay_unsent_events', 'Events that the log has not confirmed', names, () =>
      state().map(({ shard, unsent }) => ({ labels: { service, shard }, value: unsent })),
    ),
    observe(registry, 'collegium_relay_oldest_unsent_seconds', 'Age of the oldest event that the log has not confirmed', names, () =>
      state().map(({ shard, oldestSeconds }) => ({ labels: { service, shard }, value: oldestSeconds })),
    ),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}
