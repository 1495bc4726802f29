import { ask } from '../api/http.ts'

export type Connection = 'connecting' | 'live' | 'lost' | 'paused'

const firstPauseMs = 1_000
const longestPauseMs = 15_000

/**
 * Keeps a stream of server-sent events open. One that ends is opened again, later and later, at once when the network is back; a hidden tab
 * holds none, for a browser has few to give. Returns how to end it.
 */
export const openStream = (
  address: string,
  on: { readonly message: (data: string) => void; readonly connection: (connection: Connection) => void },
): (() => void) => {
  let source: EventSource | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let pause = firstPauseMs
  let ended = false

  const close = (): void => {
    clearTimeout(timer)
    source?.close()
    source = null
  }
  const open = (): void => {
    close()
    if (document.hidden) {
      on.connection('paused')
      return
    }
    source = new EventSource(address)
    source.onmessage = (message) => {
      pause = firstPauseMs
      on.connection('live')
      on.message(message.data as string)
    }
    source.onerror = () => {
      close()
      on.connection('lost')
      timer = setTimeout(retry, pause)
      pause = Math.min(2 * pause, longestPauseMs)
    }
  }
  /** A stream does not say why it ended. Asking who one is does: a lapsed session leads to signing in again. */
  const retry = async (): Promise<void> => {
    await ask('/session').catch(() => null)
    if (!ended && source === null) open()
  }
  on.connection('connecting')
  open()
  document.addEventListener('visibilitychange', open)
  window.addEventListener('online', open)
  window.addEventListener('offline', open)
  return () => {
    ended = true
    close()
    document.removeEventListener('visibilitychange', open)
    window.removeEventListener('online', open)
    window.removeEventListener('offline', open)
  }
}
