import type { Pool } from 'pg'
import type { Aggregate, Command } from '../aggregate.ts'
import { idFrom } from '../ids.ts'
import type { Logger } from '../logger.ts'
import { isRefusal } from '../outage.ts'
import type { DeadlineOperation, Deadlines, OwnCommand } from '../reaction.ts'
import type { Rejection } from '../rejection.ts'
import type { Consumer } from './consumer.ts'
import { messageOf } from './parked.ts'
import type { Execute } from './reactions.ts'
import { inTransaction, type Tx } from './transaction.ts'

const batch = 1_000
/** As many as one process runs at a time; the rows stay locked meanwhile. */
const dueAtOnce = 20
const longestSleepMs = 1_000
/** A fact that tells of a deadline this long ago was entered afterwards; a patient deadline then lets go first whoever enters more, this long. */
const longPastMs = 60_000
const patienceMs = 10_000
const retryMs = { first: 1_000, most: 60_000 }

type Stored = {
  readonly aggregate: string
  readonly command: string
  readonly id: string | null
  readonly input: Record<string, unknown>
  readonly reason?: string
}

const store = ({ aggregate, command, id, input, reason }: OwnCommand): Stored => {
  const name = Object.entries(aggregate.commands).find(([, each]) => each === command)?.[0]
  if (name === undefined) throw new Error(`Aggregate ${aggregate.name} does not have the command that a deadline wants to run`)
  return { aggregate: aggregate.name, command: name, id, input, ...(reason === undefined ? {} : { reason }) }
}

/** Deadlines as a consumer: what facts set, move and withdraw is kept in a table, with the checkpoint. */
export const deadlineConsumer = (declared: Deadlines): Consumer => {
  const handlers = Map.groupBy(declared.on, (handler) => handler.definition.type)
  return {
    name: `deadlines:${declared.name}`,
    types: new Set(handlers.keys()),
    batch,
    isRepeatable: true,
    effects: (events) => {
      // The last word on a key counts.
      const last = new Map<string, { operation: DeadlineOperation; causation: string; correlation: string; recorded: string }>()
      for (const event of events)
        for (const { handle } of handlers.get(event.type) ?? [])
          for (const operation of handle(event))
            last.set(operation.key, { operation, causation: event.id, correlation: event.correlation, recorded: event.recorded })
      const withdrawn = [...last].filter(([, { operation }]) => operation.kind === 'withdraw').map(([key]) => key)
      const set = [...last.values()].flatMap(({ operation, causation, correlation, recorded }) => {
        if (operation.kind !== 'set') return []
        const { key, at, then, isPatient } = operation
        const waits = isPatient && Date.parse(recorded) - Date.parse(at) > longPastMs
        const tryAt = waits ? new Date(Date.parse(recorded) + patienceMs).toISOString() : at
        return [{ key, due_at: at, try_at: tryAt, command: store(then), causation, correlation }]
      })
      if (last.size === 0) return null
      return async (tx) => {
        if (withdrawn.length > 0) await tx.query('delete from deadlines where name = $1 and key = any($2)', [declared.name, withdrawn])
        if (set.length === 0) return
        await tx.query(
          `insert into deadlines (name, key, due_at, command, causation, correlation, try_at)
           select $1, key, due_at, command, causation, correlation, try_at
             from json_to_recordset($2) as d(key text, due_at timestamptz, try_at timestamptz, command jsonb, causation text, correlation text)
           on conflict (name, key) do update set due_at = excluded.due_at, command = excluded.command, causation = excluded.causation,
             correlation = excluded.correlation, try_at = excluded.try_at, tries = 0, error = null`,
          [declared.name, JSON.stringify(set)],
        )
      }
    },
  }
}

type Due = { name: string; key: string; due_at: Date; command: Stored; causation: string; correlation: string; tries: number }

/**
 * Runs deadlines whose time has come, each as occurring at that time and with an id made from name, key and time: a process that dies
 * between running one and removing its row, or a second process, does it once all the same. A refusal is an answer; other errors are tried
 * again, later and later.
 */
export const runDeadlines = (given: {
  readonly pool: Pool
  readonly aggregates: readonly Aggregate[]
  readonly execute: Execute
  readonly clock: () => string
  readonly logger: Logger
}) => {
  const { pool, execute, clock, logger } = given
  const aggregates = new Map(given.aggregates.map((aggregate) => [aggregate.name, aggregate]))
  let isOpen = false
  let wake = (): void => {}
  let running: Promise<void> = Promise.resolve()

  const revive = ({ aggregate: name, command: commandName, id, input, reason }: Stored): OwnCommand => {
    const aggregate = aggregates.get(name)
    const command: Command | undefined = aggregate?.commands[commandName]
    if (!aggregate || !command) throw new Error(`There is no command ${name}.${commandName} any more`)
    return { aggregate, command, id, input, ...(reason === undefined ? {} : { reason }) }
  }

  const fire = async (tx: Tx, due: Due): Promise<void> => {
    const { name, key, causation, correlation } = due
    const at = due.due_at.toISOString()
    try {
      await execute(revive(due.command), { by: name, commandId: idFrom('deadline', name, key, at), causation, correlation, occurred: at })
    } catch (error) {
      if (!isRefusal(error)) {
        logger.warn({ err: error, deadline: name, key }, 'a deadline could not be run and is tried again')
        const pause = Math.min(retryMs.first * 2 ** due.tries, retryMs.most)
        await tx.query(`update deadlines set tries = tries + 1, error = $3, try_at = $4::timestamptz + $5 * interval '1 ms' where name = $1 and key = $2`, [
          name,
          key,
          messageOf(error),
          clock(),
          pause,
        ])
        return
      }
      logger.info({ deadline: name, key, code: (error as Rejection).code }, 'a deadline was refused')
    }
    await tx.query('delete from deadlines where name = $1 and key = $2', [name, key])
  }

  /** Runs what is due; how many were. Rows that another process runs are passed over. */
  const runDue = (): Promise<number> =>
    inTransaction(pool, async (tx) => {
      const { rows } = await tx.query<Due>(
        `select name, key, due_at, command, causation, correlation, tries from deadlines where try_at <= $1 order by try_at, due_at limit ${dueAtOnce} for update skip locked`,
        [clock()],
      )
      for (const due of rows) await fire(tx, due)
      return rows.length
    })

  const sleepMs = async (): Promise<number> => {
    const { rows } = await pool.query<{ next: Date | null }>('select min(try_at) as next from deadlines')
    const next = rows[0]?.next
    return next ? Math.min(longestSleepMs, Math.max(10, next.getTime() - Date.parse(clock()))) : longestSleepMs
  }

  const run = async (): Promise<void> => {
    while (isOpen) {
      let pause = longestSleepMs
      try {
        if ((await runDue()) > 0) continue
        pause = await sleepMs()
      } catch (error) {
        logger.warn({ err: error }, 'deadlines wait for what is down')
      }
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, pause)
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
        if (!isOpen) wake()
      })
    }
  }

  return {
    start: (): void => {
      isOpen = true
      running = run()
    },
    close: async (): Promise<void> => {
      isOpen = false
      wake()
      await running
    },
  }
}
