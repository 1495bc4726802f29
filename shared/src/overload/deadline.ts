import { AsyncLocalStorage } from 'node:async_hooks'
import { refuse } from '../refusals.ts'

/** Until when somebody waits for what is being done, and whether they have gone. */
export type Deadline = {
  /** Milliseconds that are left; not below 0. */
  readonly leftMs: () => number
  /** Fires, with the refusal as its reason, when the time is over or nobody waits any more. */
  readonly signal: () => AbortSignal
  /** Call it when the request has ended. */
  readonly end: () => void
  /** Nobody waits any more. */
  readonly leave: () => void
}

const storage = new AsyncLocalStorage<Deadline | null>()

/** A deadline so many milliseconds from now. Its signal costs nothing until somebody asks for it. */
export const deadlineIn = (ms: number): Deadline => {
  const until = performance.now() + ms
  let controller: AbortController | null = null
  let timer: NodeJS.Timeout | undefined
  let isLeft = false
  const leftMs = (): number => (isLeft ? 0 : Math.max(0, until - performance.now()))
  const leave = (): void => {
    isLeft = true
    clearTimeout(timer)
    controller?.abort(tooLate())
  }
  return {
    leftMs,
    leave,
    end: () => clearTimeout(timer),
    signal: () => {
      if (controller === null) {
        controller = new AbortController()
        const left = leftMs()
        if (left === 0) controller.abort(tooLate())
        else timer = setTimeout(leave, left).unref()
      }
      return controller.signal
    },
  }
}

/** Runs `work` so that questions, reads and appends in it know how long somebody waits; null = nobody in particular, for as long as it takes. */
export const withDeadline = <T>(deadline: Deadline | null, work: () => T): T => storage.run(deadline, work)

export const currentDeadline = (): Deadline | null => storage.getStore() ?? null

/** Throws `too-late` when nobody waits any more: before something begins that would be in vain. */
export const demandTime = (): void => {
  if (storage.getStore()?.leftMs() === 0) throw tooLate()
}

export const tooLate = () => refuse('too-late')
