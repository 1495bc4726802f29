import type pg from 'pg'
import type { Random } from '../sample/random.ts'
import type { Weather } from './faults.ts'
import type { Owner, Scheduler } from './scheduler.ts'

/** The two connections behind a simulated database: single statements go by one, the transaction that is open by the other. */
export type Engine = { readonly single: pg.Client; readonly transaction: pg.Client }

type Statement = { text: string; values?: unknown[] | undefined; name?: string | undefined; rowMode?: 'array' | undefined }
type Sent = { readonly statement: Statement; readonly resolve: (result: unknown) => void; readonly reject: (error: unknown) => void }
type Reply = () => void
type Connection = {
  readonly owner: Owner
  /** On its way or waiting at the server, in order. */
  sent: Sent[]
  arrived: number
  replies: Reply[]
  unanswered: Set<Sent>
  nextArrival: number
  isCut: boolean
  /** How many of what was on its way when it was cut still arrive. */
  stillArrive: number
  listeners: Map<string, Set<(error?: Error) => void>>
}

const isReading = (text: string): boolean => /^(select|with)\b/.test(text) && !/append_batch|for update|advisory/.test(text)
const isBegin = (text: string): boolean => text.startsWith('begin')
/** Waits for an open transaction: another one, and what writes where one may write. Facts are only appended, elsewhere. */
const waits = (text: string): boolean => isBegin(text) || !(isReading(text) || text.includes('append_batch'))

/** Statements that come often are prepared once. */
const names = new Map<string, string>()
const nameOf = (text: string): string => {
  if (!names.has(text)) names.set(text, `simulated-${names.size}`)
  return names.get(text) as string
}

const lost = (): Error => Object.assign(new Error('Connection terminated unexpectedly'), { code: 'ECONNRESET' })

/**
 * One database as the simulated processes reach it: every statement is the real one and runs in a real Postgres, but travels there and back in
 * simulated time, over connections that break before or after it ran, or with their process. Transactions run one after the other: waiting for
 * locks and deadlocks are Postgres's own and not looked at here.
 */
export const simulatedDatabase = (engine: Engine, scheduler: Scheduler, random: Random, weather: Weather) => {
  const connections = new Set<Connection>()
  const waiting: Connection[] = []
  const locks = new Map<string, Connection>()
  const remembered = new Map<string, unknown>()
  let holder: Connection | null = null
  let isBegun = false

  const travelMs = (): number => (random.share() < weather.slow ? 50 + random.below(700) : 0.2 + random.share() * 2)

  const execute = async (connection: Connection, statement: Statement): Promise<unknown> => {
    const { text, values, name, rowMode } = statement
    if (text.includes('pg_try_advisory_lock')) {
      const free = !locks.has(text)
      if (free) locks.set(text, connection)
      return { rows: [{ held: free }], rowCount: 1 }
    }
    const isMine = holder === connection
    const isEnd = text === 'commit' || text === 'rollback'
    // A transaction that has only read so far need not be one: nobody else writes meanwhile.
    if (isMine && !isBegun && (isBegin(text) || isEnd)) return { rows: [], rowCount: null }
    if (isMine && !isBegun && !/^(select|with)\b/.test(text)) {
      isBegun = true
      // Goes out together with what follows it.
      void engine.transaction.query('begin')
    }
    // Nothing was written since: the same statement has the same answer.
    const isInside = isMine && isBegun
    const key = !isInside && isReading(text) ? `${text} ${JSON.stringify(values)}` : null
    const known = key === null ? undefined : remembered.get(key)
    if (known) return known
    // Postgres's own clock is the simulated one.
    const timed = text.includes('now()')
      ? { text: text.replaceAll('now()', `timestamptz '${scheduler.instant()}'`), values, rowMode }
      : { text, values, rowMode, name: name ?? (values === undefined ? undefined : nameOf(text)) }
    const result = await (isInside ? engine.transaction : engine.single).query(timed as pg.QueryConfig)
    if (result.rows?.length > 1 && rowMode === undefined && !/order by/i.test(text)) result.rows = inNoOrder(result.rows)
    if (key !== null) remembered.set(key, result)
    else if (!isMine || isEnd) remembered.clear()
    if (isMine && isEnd) isBegun = false
    return result
  }
  /** Rows that nobody ordered come in any order: always another, and for the same seed the same. */
  const inNoOrder = (rows: readonly object[]): object[] =>
    random.shuffled(rows.map((row) => ({ row, text: JSON.stringify(row) })).sort((one, other) => (one.text < other.text ? -1 : 1))).map(({ row }) => row)

  const letNext = (): void => {
    holder = null
    const next = waiting.shift()
    if (!next) return
    scheduler.outside(0, async () => {
      await serve(next)
      if (holder === null) letNext()
    })
  }
  const end = async (connection: Connection): Promise<void> => {
    connections.delete(connection)
    connection.sent = []
    for (const [name, by] of locks) if (by === connection) locks.delete(name)
    if (waiting.includes(connection)) waiting.splice(waiting.indexOf(connection), 1)
    if (holder !== connection) return
    if (isBegun) await engine.transaction.query('rollback')
    isBegun = false
    letNext()
  }

  /** Runs what has arrived, in order, until something has to wait for a transaction of somebody else. */
  const serve = async (connection: Connection): Promise<void> => {
    while (connection.arrived > 0 && connection.sent.length > 0) {
      const sent = connection.sent[0] as Sent
      const verb = sent.statement.text
      if (connection.isCut && connection.stillArrive-- <= 0) return end(connection)
      if (holder !== null && holder !== connection && waits(verb)) {
        if (!waiting.includes(connection)) waiting.push(connection)
        return
      }
      connection.sent.shift()
      connection.arrived -= 1
      if (isBegin(verb)) holder = connection
      const breaks = !connection.isCut && random.share() < weather.cut
      if (breaks && random.share() < 0.5) return cut(connection)
      const answer = await execute(connection, sent.statement).then(
        (result) => () => sent.resolve(result),
        (error) => () => sent.reject(error),
      )
      if ((verb === 'commit' || verb === 'rollback') && holder === connection) letNext()
      if (breaks) return cut(connection)
      connection.replies.push(() => {
        if (connection.unanswered.delete(sent)) answer()
      })
      scheduler.after(travelMs(), connection.owner, () => connection.replies.shift()?.())
    }
    if (connection.isCut) await end(connection)
  }

  /** The connection is gone: of what was on its way some may still arrive; its process, if it lives, hears of it. */
  const cut = (connection: Connection): void => {
    if (connection.isCut) return
    connection.isCut = true
    connection.stillArrive = waiting.includes(connection) ? 0 : random.below(connection.sent.length + 1)
    connection.arrived = connection.sent.length
    scheduler.outside(random.share() * 5, () => serve(connection))
    scheduler.after(random.share() * 5, connection.owner, () => {
      for (const { reject } of connection.unanswered) reject(lost())
      connection.unanswered.clear()
      for (const listener of [...(connection.listeners.get('error') ?? []), ...(connection.listeners.get('end') ?? [])]) listener(lost())
    })
  }

  const open = (owner: Owner): Connection => {
    const connection: Connection = {
      ...{ owner, sent: [], arrived: 0, replies: [], unanswered: new Set<Sent>(), nextArrival: 0, isCut: false, stillArrive: 0 },
      listeners: new Map(),
    }
    connections.add(connection)
    return connection
  }

  const send = (connection: Connection, given: string | Statement, values?: unknown[]): Promise<unknown> =>
    new Promise((resolve, reject) => {
      if (connection.isCut || !connections.has(connection)) return reject(lost())
      const sent = { statement: typeof given === 'string' ? { text: given, values } : given, resolve, reject }
      connection.sent.push(sent)
      connection.unanswered.add(sent)
      connection.nextArrival = Math.max(connection.nextArrival, scheduler.elapsed() + travelMs())
      scheduler.outside(connection.nextArrival - scheduler.elapsed(), () => {
        connection.arrived += 1
        return serve(connection)
      })
    })

  const clientOf = (owner: Owner) => {
    const connection = open(owner)
    const listen = (name: string, listener: (error?: Error) => void): unknown => {
      connection.listeners.set(name, (connection.listeners.get(name) ?? new Set()).add(listener))
      return client
    }
    const leave = (): void => scheduler.outside(0, () => end(connection))
    const client = {
      connection: { stream: { cork: () => {}, uncork: () => {} } },
      connect: () => scheduler.pause(travelMs()),
      query: (given: string | Statement, values?: unknown[]) => send(connection, given, values),
      on: listen,
      once: listen,
      off: (name: string, listener: (error?: Error) => void): unknown => {
        connection.listeners.get(name)?.delete(listener)
        return client
      },
      release: leave,
      end: async () => leave(),
    }
    return client
  }

  return {
    /** A pool as a process has it; with the parts that Collegium uses. */
    poolOf: (owner: Owner): pg.Pool => {
      const pool = {
        options: {},
        Client: class {
          constructor() {
            // biome-ignore lint/correctness/noConstructorReturn: what is made stands for a client of the driver
            return clientOf(owner)
          }
        },
        connect: async () => {
          const client = clientOf(owner)
          await client.connect()
          return client
        },
        query: async (given: string | Statement, values?: unknown[]) => {
          const connection = open(owner)
          const result = await send(connection, given, values)
          connections.delete(connection)
          return result
        },
        on: () => pool,
        end: async () => {},
      }
      return pool as unknown as pg.Pool
    },
    /** Every connection of a process ends with it. */
    cutAll: (owner: Owner): void => {
      for (const connection of connections) if (connection.owner === owner) cut(connection)
    },
    /** Cuts one connection that is in use, whosever. */
    cutAny: (): void => {
      const used = [...connections].filter((each) => each.unanswered.size > 0)
      if (used.length > 0) cut(random.pick(used))
    },
  }
}
