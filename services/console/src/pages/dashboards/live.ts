import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { type Dashboard, dashboard, pathOf, type Subject } from '../../api/dashboards.ts'
import { type Connection, openStream } from '../../parts/stream.ts'

/** Keeps the picture of now up to date while `wanted`: each message is a whole picture, so after a break nothing is missing. */
export const useLive = (subject: Subject, wanted: boolean): Connection => {
  const client = useQueryClient()
  const [connection, setConnection] = useState<Connection>('connecting')
  const path = pathOf(subject)
  useEffect(() => {
    if (!wanted) return
    const key = dashboard(subject, null).queryKey
    return openStream(`/api/v1${path}/live`, { connection: setConnection, message: (data) => client.setQueryData(key, JSON.parse(data) as Dashboard) })
    // The path is the subject.
  }, [client, path, wanted])
  return connection
}
