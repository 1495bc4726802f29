import { readFileSync } from 'node:fs'

// Loaded before a service: its `Date` is off by what the file in COLLEGIUM_FAULTS_CLOCKS says for it. Needs no library beneath Node; timers and
// `performance.now()` are not touched, as under a real jump of the clock.
const file = process.env.COLLEGIUM_FAULTS_CLOCKS
const service = /services[\\/]([a-z]+)[\\/]src[\\/]main\.ts$/.exec(process.argv[1] ?? '')?.[1]

if (file !== undefined && service !== undefined) {
  const Real = Date
  let offset = 0
  const look = (): void => {
    try {
      offset = (JSON.parse(readFileSync(file, 'utf8')) as Record<string, number>)[service] ?? 0
    } catch {
      // It is being written.
    }
  }
  look()
  setInterval(look, 250).unref()
  globalThis.Date = class extends Real {
    constructor(...given: unknown[]) {
      if (given.length === 0) super(Real.now() + offset)
      else super(...(given as [number]))
    }
    static override now(): number {
      return Real.now() + offset
    }
  } as DateConstructor
}
