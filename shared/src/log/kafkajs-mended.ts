import { createRequire } from 'node:module'

type RequestQueue = {
  readonly pending: readonly unknown[]
  readonly throttledUntil: number
  throttleCheckTimeoutId: NodeJS.Timeout | null
  checkPendingRequests: () => void
}

const lookAgainMs = 10

/**
 * kafkajs 2.2.4 looks for waiting requests every millisecond on every connection for good, with or without any (its issues 1704 and 1751),
 * which is half of what a process that only waits costs. Here it looks again only while something waits: what is sent later is sent at once, or
 * looks by itself when the broker has asked for a pause.
 */
const { prototype } = createRequire(import.meta.url)('kafkajs/src/network/requestQueue') as { prototype: object }
Object.assign(prototype, {
  scheduleCheckPendingRequests(this: RequestQueue): void {
    if (this.throttleCheckTimeoutId !== null || this.pending.length === 0) return
    this.throttleCheckTimeoutId = setTimeout(
      () => {
        this.throttleCheckTimeoutId = null
        this.checkPendingRequests()
      },
      Math.max(lookAgainMs, this.throttledUntil - Date.now()),
    )
  },
})
