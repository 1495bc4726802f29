import { stateOf } from '@collegium/shared/consume/view-state.ts'
import { fromBase64 } from '@collegium/shared/evidence/bytes.ts'
import { positionsText, projectionText } from '@collegium/shared/evidence/projection.ts'
import type { Work, WorkParts } from '@collegium/shared/service.ts'
import { metrics } from './metrics.ts'

/** What the figures rest on: the state hash of all their rows, at these positions, which were passed a little while ago. */
export type Statement = {
  readonly view: string
  readonly version: number
  readonly made: string
  /** How many facts of the log had been read. */
  readonly facts: number
  /** `service/shard/position`, joined by commas. */
  readonly positions: string
  readonly hash: string
  /** The same as a signed note. */
  readonly note: string
}

export type Statements = Work & { readonly last: () => Statement | null }

/** To hash all rows again costs a fiftieth of the time at most, and no more often than an eye would notice. */
const pauseMs = { least: 2_000, times: 50 }

/** Says in the background what the figures rest on, again after each change; an answer only repeats the last word. */
export const statements = async ({ pool, receipts, clock, logger }: WorkParts): Promise<Statements> => {
  let last: Statement | null = null
  let isOpen = false
  let isChanged = true
  let timer: NodeJS.Timeout | undefined
  let making: Promise<void> = Promise.resolve()
  let forget = (): void => {}

  const make = async (): Promise<void> => {
    const { positions, version, hash, parked } = await stateOf(pool, metrics)
    // With something left out it is no fold of what stands before these positions; the last word stays.
    if (parked > 0) return
    const facts = positions.reduce((sum, { position }) => sum + position, 0)
    const projection = { origin: receipts.origin, facts, view: `${metrics.name}@${version}`, hash: fromBase64(hash) as Uint8Array, positions }
    last = { view: metrics.name, version, made: clock(), facts, positions: positionsText(positions), hash, note: receipts.signText(projectionText(projection)) }
  }

  const next = (pause: number): void => {
    if (!isOpen) return
    timer = setTimeout(() => {
      if (!isChanged) return next(pauseMs.least)
      isChanged = false
      const begun = performance.now()
      making = make()
        .catch((error) => {
          isChanged = true
          logger.warn({ err: error }, 'the state of the figures cannot be stated yet')
        })
        .then(() => next(Math.max(pauseMs.least, (performance.now() - begun) * pauseMs.times)))
    }, pause).unref()
  }

  return {
    consumers: [],
    last: () => last,
    start: async (kernel) => {
      isOpen = true
      forget = kernel.onChange(metrics, () => {
        isChanged = true
      })
      next(0)
    },
    close: async () => {
      isOpen = false
      clearTimeout(timer)
      forget()
      await making
    },
  }
}
