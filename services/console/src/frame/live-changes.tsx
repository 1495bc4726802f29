import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { awaitPosition } from '../api/positions.ts'
import { readKey } from '../api/read.ts'
import { session } from '../api/session.ts'
import { type Connection, openStream } from '../parts/stream.ts'

/** Between two looks at what others changed; a little more for each page by chance, so that not everybody asks at once. */
const pauseMs = 1_500
/** Looks that are put off while answers are on their way. */
const mostPostponed = 3
/** A blink of the line is nobody's concern. */
const toldAfterMs = 2_000
/** What only membership changes, and seldom. */
const seldom: ReadonlySet<unknown> = new Set(['/units', '/terms', '/post-kinds', '/people/{id}', '/people/names', '/me', '/session/ways'])

type Told = { readonly services: readonly string[]; readonly positions: readonly string[] }

const refresh = (client: QueryClient, services: ReadonlySet<string>): void => {
  const all = services.has('membership') || services.has('*')
  // With a post the first page and what is offered change.
  if (all) void client.invalidateQueries(session)
  void client.invalidateQueries({ predicate: ({ queryKey: [kind, path] }) => kind === readKey && (all || !seldom.has(path)) })
}

/** What others change arrives by itself: one stream for the page says that something did, and what is shown is read again. A lost line shows, and heals. */
export const LiveChanges = () => {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [connection, setConnection] = useState<Connection>('connecting')
  const [isTold, setTold] = useState(false)
  useEffect(() => {
    let changed = new Set<string>()
    let isFirst = true
    let timer: ReturnType<typeof setTimeout> | undefined
    let postponed = 0
    const look = (): void => {
      timer = undefined
      // Reading anew ends what is under way: where changes come faster than answers, nothing would ever arrive.
      if (client.isFetching({ queryKey: [readKey] }) > 0 && postponed++ < mostPostponed) {
        timer = setTimeout(look, pauseMs)
        return
      }
      postponed = 0
      refresh(client, changed)
      changed = new Set()
    }
    const end = openStream('/api/v1/changes', {
      connection: setConnection,
      message: (data) => {
        const { services, positions } = JSON.parse(data) as Told
        for (const position of positions) awaitPosition(position, { isOwn: false })
        for (const service of services) changed.add(service)
        // What happened while the line was away was told to nobody.
        if (services.length === 0 && !isFirst) changed.add('*')
        isFirst = false
        if (changed.size > 0) timer ??= setTimeout(look, pauseMs * (0.5 + Math.random()))
      },
    })
    return () => {
      end()
      clearTimeout(timer)
    }
  }, [client])
  useEffect(() => {
    if (connection !== 'lost') return setTold(false)
    const timer = setTimeout(() => setTold(true), toldAfterMs)
    return () => clearTimeout(timer)
  }, [connection])
  return (
    <div className="line" role="status" data-connection={connection}>
      {isTold && <p>{t('frame.lost')}</p>}
    </div>
  )
}
