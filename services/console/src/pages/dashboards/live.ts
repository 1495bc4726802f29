import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { type Dashboard, dashboard, pathOf, type Subject } from '../../api/dashboards.ts'
import { ask } from '../../api/http.ts'

export type Connection = 'connecting' | 'live' | 'lost' | 'paused'

const firstPauseMs = 1_000
const longestPauseMs = 15_000

/**
 * Keeps the picture of now up to date while `wanted`: each message is a whole picture, so after a break nothing is missing. A stream that
 * ends is opened again, later and later, at once when the network is back; a hidden tab holds none, for a browser has few to give.
 */
export const useLive = (subject: Subject, wanted: boolean): Connection => {
  const client = useQueryClient()
  const [connection, setConnection] = useState<Connection>('connecting')
  const path = pathOf(subject)
  useEffect(() => {
    if (!wanted) return
    let source: EventSource | null = null
    let timer: ReturnType<typeof setTimeout> | undefined
    let pause = firstPauseMs
    let ended = false
    const key = dashboard(subject, null).queryKey

    const close = (): void => {
      clearTimeout(timer)
      source?.close()
      source = null
    }
    const open = (): void => {
      close()
      if (document.hidden) {
        setConnection('paused')
        return
      }
      source = new EventSource(`/api/v1${path}/live`)
      source.onmessage = (message) => {
        pause = firstPauseMs
        setConnection('live')
        client.setQueryData(key, JSON.parse(message.data) as Dashboard)
      }
      source.onerror = () => {
        close()
        setConnection('lost')
        timer = setTimeout(retry, pause)
        pause = Math.min(2 * pause, longestPauseMs)
      }
    }
    /** A stream does not say why it ended. Asking who one is does: a lapsed session leads to the sign-in, and this page ends. */
    const retry = async (): Promise<void> => {
      await ask('/session').catch(() => null)
      if (!ended && source === null) open()
    }
    setConnection('connecting')
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
    // The path is the subject.
  }, [client, path, wanted])
  return connection
}
