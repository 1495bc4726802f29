import { Counter, Gauge, Histogram, type Registry } from 'prom-client'
import { type LabelOf, type Measure, type MeasureName, measures, type NamesOf } from './measures.ts'

/** Metrics of the table in measures.ts, made once in a registry; services of one process share them and differ by `service`. */

const declared = (name: MeasureName): { name: string; help: string; labelNames: string[] } => ({
  name,
  help: (measures[name] as Measure).help,
  labelNames: [...measures[name].labels],
})

export const counter = <N extends NamesOf<'counter'>>(registry: Registry, name: N): Counter<LabelOf<N>> =>
  (registry.getSingleMetric(name) as Counter<LabelOf<N>> | undefined) ?? (new Counter({ ...declared(name), registers: [registry] }) as Counter<LabelOf<N>>)

export const histogram = <N extends NamesOf<'histogram'>>(registry: Registry, name: N): Histogram<LabelOf<N>> =>
  (registry.getSingleMetric(name) as Histogram<LabelOf<N>> | undefined) ??
  (new Histogram({ ...declared(name), buckets: [...measures[name].buckets], registers: [registry] }) as Histogram<LabelOf<N>>)

type Reading<N extends MeasureName> = { readonly labels: Readonly<Record<LabelOf<N>, string | number>>; readonly value: number }

const readers = new WeakMap<Registry, Map<string, Set<() => readonly Reading<any>[]>>>()

/** A gauge that is read when someone asks; several services of a process share it. Returns how to stop. */
export const observe = <N extends NamesOf<'gauge'>>(registry: Registry, name: N, read: () => readonly Reading<N>[]): (() => void) => {
  const byName = readers.get(registry) ?? new Map<string, Set<() => readonly Reading<any>[]>>()
  readers.set(registry, byName)
  const mine = byName.get(name) ?? new Set<() => readonly Reading<any>[]>()
  if (!byName.has(name)) {
    byName.set(name, mine)
    new Gauge({
      ...declared(name),
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
