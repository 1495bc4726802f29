import { type EventLoopUtilization, monitorEventLoopDelay, performance } from 'node:perf_hooks'
import type { OverloadSettings } from './settings.ts'
import type { Work } from './work.ts'

/** How hard the event loop of this process works: the delay of its turns (ms) and the share of its time in use (0 to 1). */
export type Sample = { readonly delayMs: number; readonly utilisation: number }

const sampleMs = 250
const resolutionMs = 10
const idle: Sample = { delayMs: 0, utilisation: 0 }

/**
 * Samples the event loop four times a second. Work is refused while the last two samples were both too high: one stall, as for a large body, is no
 * overload, and the first good sample ends it.
 */
export const watchPressure = ({ shedMs, bulkLoad }: Pick<OverloadSettings, 'shedMs' | 'bulkLoad'>, sampler = eventLoop()) => {
  let sample = idle
  let last = idle
  const timer = setInterval(() => {
    const taken = sampler.take()
    sample = { delayMs: Math.min(last.delayMs, taken.delayMs), utilisation: Math.min(last.utilisation, taken.utilisation) }
    last = taken
  }, sampleMs).unref()
  return {
    current: (): Sample => sample,
    refuses: (work: Work): boolean => work !== 'first' && (sample.delayMs >= shedMs[work] || (work === 'bulk' && sample.utilisation >= bulkLoad)),
    close: (): void => {
      clearInterval(timer)
      sampler.close()
    },
  }
}

export type Pressure = ReturnType<typeof watchPressure>

const eventLoop = () => {
  const delay = monitorEventLoopDelay({ resolution: resolutionMs })
  delay.enable()
  let before: EventLoopUtilization = performance.eventLoopUtilization()
  let taken = performance.now()
  return {
    take: (): Sample => {
      const now = performance.eventLoopUtilization()
      const { utilization } = performance.eventLoopUtilization(now, before)
      before = now
      // What is measured is the distance of two turns of a timer; its own pause is no delay. No turn at all: one that took the whole time.
      const delayMs = Math.max(0, (delay.count === 0 ? performance.now() - taken : delay.mean / 1e6) - resolutionMs)
      taken = performance.now()
      delay.reset()
      return { delayMs, utilisation: utilization }
    },
    close: (): void => void delay.disable(),
  }
}
