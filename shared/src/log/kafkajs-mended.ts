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

type Connection = { readonly socket?: { destroy: (error: Error) => void } | null }
type Send = (this: Connection, request: object) => Promise<unknown>

/**
 * kafkajs keeps a connection on which a request was not answered in time, and asks the same again on it: behind a line that died without a word that
 * goes on for minutes. Here such a connection is closed, as Kafka's own client does, and the next try is made on a new one.
 */
const { prototype: connection } = createRequire(import.meta.url)('kafkajs/src/network/connection') as { prototype: { send: Send } }
const send = connection.send
connection.send = async function (request) {
  try {
    return await send.call(this, request)
  } catch (error) {
    if ((error as Error).name === 'KafkaJSRequestTimeoutError') this.socket?.destroy(error as Error)
    throw error
  }
}
