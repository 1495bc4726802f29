import { readFileSync } from 'node:fs'

// Loaded before a service: its `Date` is off by so many seconds as the file in COLLEGIUM_FAULTS_CLOCK says. Needs no library beneath Node; timers and
// `performance.now()` are not touched, as under a real jump of the clock.
const file = process.env.COLLEGIUM_FAULTS_CLOCK

if (file !== undefined) {
  const Real = Date
  let offset = 0
  const look = (): void => {
    offset = Number(readFileSync(file, 'utf8')) * 1_000
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
