import type { Pool } from 'pg'
import type { Consumer } from '../consume/consumer.ts'
import { inTransaction } from '../consume/transaction.ts'
import { idFrom } from '../ids.ts'
import type { Logger } from '../logger.ts'
import type { Service } from '../service.ts'
import { type Store, VersionConflict } from '../store/store.ts'
import { clearViews, viewsBehind } from './clear-views.ts'
import { destroyAgain, destroyTexts } from './destroy.ts'
import { erasureAppliedBy, personErased } from './facts.ts'

const lookMs = { idle: 2_000, pending: 200 }
/** A view that is built anew shows what its handlers say; whoever was erased is taken out of it again this often. */
const sweepEveryMs = 3_600_000

type Pending = { person: string; unit: string; event: string; correlation: string; texts: number }

/**
 * How a service obeys an erasure. The consumer destroys keys and ciphertexts with its checkpoint, exactly once; the loop then waits until
 * nothing that was read before is on its way into a view, clears views and caches, and acknowledges. A restart goes on where it stood.
 */
export const erasures = (given: {
  readonly service: Service
  readonly pool: Pool
  readonly store: Pick<Store, 'append' | 'heads' | 'forgetOpened'>
  readonly logger: Logger
  readonly clock: () => string
}) => {
  const { service, pool, store, logger, clock } = given
  let isOpen = false
  let wake = (): void => {}
  let running: Promise<void> = Promise.resolve()
  let pending: readonly Pending[] = []
  let known = 0
  let swept = Number.NEGATIVE_INFINITY
  const headsAt = new Map<string, ReadonlyMap<number, number>>()

  const consumer: Consumer = {
    name: 'erasures',
    types: new Set([personErased.type]),
    batch: 50,
    effects: (facts) => (tx) => destroyTexts(tx, facts),
    committed: () => {
      store.forgetOpened()
      wake()
    },
  }

  /** Looks what is to be done; another process may have heard of an erasure first. */
  const look = async (): Promise<void> => {
    const { rows } = await pool.query<Pending>(
      'select person, unit, event, correlation, texts from erased_persons where acknowledged_at is null order by erased_at limit 200',
    )
    const { rows: counted } = await pool.query<{ count: number }>('select count(*)::integer as count from erased_persons')
    pending = rows
    if (counted[0]?.count !== known) store.forgetOpened()
    known = counted[0]?.count ?? 0
  }

  const acknowledge = async ({ person, unit, event, correlation, texts }: Pending): Promise<void> => {
    try {
      await store.append({
        stream: `erasure-applied-${person}`,
        expected: 'none',
        command: { id: idFrom('erasure-applied', service.name, person), fingerprint: '' },
        unit,
        actor: { person: null, post: null, system: `${service.name}.erasures` },
        correlation,
        causation: event,
        occurred: clock(),
        reason: null,
        policies: {},
        events: [{ type: erasureAppliedBy(service.name).type, data: { person, texts } }],
      })
    } catch (error) {
      // Acknowledged once already, before a backup was restored.
      if (!(error instanceof VersionConflict)) throw error
    }
    await pool.query('update erased_persons set acknowledged_at = now() where person = $1', [person])
    headsAt.delete(person)
    logger.info({ texts }, 'erased what was here of a person')
  }

  const finish = async (): Promise<void> => {
    const fresh = pending.filter(({ person }) => !headsAt.has(person))
    if (fresh.length > 0) {
      const heads = await store.heads()
      for (const { person } of fresh) headsAt.set(person, heads)
    }
    const ready: Pending[] = []
    for (const each of pending)
      if ((await viewsBehind(pool, service.name, service.views, headsAt.get(each.person) as Map<number, number>)).length === 0) ready.push(each)
    if (ready.length === 0) return
    await clearViews(pool, service.views)
    store.forgetOpened()
    for (const each of ready) await acknowledge(each)
  }

  const sweep = async (): Promise<void> => {
    if (performance.now() - swept < sweepEveryMs) return
    const gone = await inTransaction(pool, destroyAgain)
    if (gone > 0) logger.warn({ texts: gone }, 'destroyed texts of erased people that had come back')
    await clearViews(pool, service.views)
    swept = performance.now()
  }

  const run = async (): Promise<void> => {
    while (isOpen) {
      try {
        await look()
        if (pending.length > 0) await finish()
        if (pending.length > 0) await look()
        await sweep()
      } catch (error) {
        logger.warn({ err: error }, 'an erasure waits for what is down')
      }
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, pending.length > 0 ? lookMs.pending : lookMs.idle)
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
        if (!isOpen) wake()
      })
    }
  }

  return {
    consumer,
    /** How many people's data this service still has to erase, as it last looked. */
    pending: (): number => pending.length,
    /** After a view was built anew: it may show people again who were erased. */
    viewChanged: (): void => {
      swept = Number.NEGATIVE_INFINITY
      wake()
    },
    start: async (): Promise<void> => {
      // Before anybody can read: what a restored backup brought back goes first.
      await inTransaction(pool, destroyAgain)
      await clearViews(pool, service.views)
      swept = performance.now()
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

export type Erasures = ReturnType<typeof erasures>
