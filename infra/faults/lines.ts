import { type Fault, victims } from './fault.ts'
import type { Way } from './proxy.ts'

/** What stands behind a proxy; of Kafka one broker. */
const places = ['postgres', 'redis', 'kafka-1', 'kafka-2', 'kafka-3', ...victims] as const

const lineFault = (name: string, lasts: Fault['lasts'], wayOf: (share: number) => Way): Fault => ({
  name,
  lasts,
  inject: async ({ proxies }, random) => {
    const open = places.filter((place) => proxies.before(place).length > 0)
    const place = random.pick(random.below(2) === 0 ? (['postgres'] as const) : open)
    const way = wayOf(random.share())
    for (const proxy of proxies.before(place)) proxy.set(way)
    const how = way.kind === 'slow' ? `${way.ms} ms each way` : way.kind
    return {
      what: `${place}: ${how}`,
      heal: async () => {
        for (const proxy of proxies.before(place)) proxy.set({ kind: 'open' })
      },
    }
  },
})

export const lineCut = lineFault('connections cut', [200, 5_000], () => ({ kind: 'cut' }))
export const lineSlow = lineFault('connections slow', [2_000, 8_000], (share) => ({ kind: 'slow', ms: 20 + Math.floor(share * 280) }))
export const lineDead = lineFault('connections half-open', [1_000, 6_000], () => ({ kind: 'dead' }))
