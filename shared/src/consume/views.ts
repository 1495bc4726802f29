import type { Pool } from 'pg'
import type { Recorded } from '../aggregate.ts'
import type { Source } from '../log.ts'
import type { Logger } from '../logger.ts'
import { isOutage } from '../outage.ts'
import { queryInTime } from '../overload/query-in-time.ts'
import type { View } from '../view.ts'
import type { RunningConsumer } from './consumer.ts'
import type { Consumption } from './consumption.ts'
import { operationsOf, tableOf } from './rows.ts'
import { activeBuild, type Build, flip, newBuild, openBuilds } from './view-builds.ts'
import { quoted, tableWriter } from './view-tables.ts'

/** A transaction of a view; larger ones gain little and hold memory. */
const batch = 5_000
const flipCheckMs = 200
/** Another process may have flipped: a query believes this process's knowledge for so long. The old tables stay longer. */
const believeMs = 1_000

type Listener = (units: ReadonlySet<string>, facts: readonly Recorded[]) => void
type Shown = { build: Build; until: number }

/**
 * The views of a service: each build of a view (a version, or a rebuild) is a schema and a consumer of the same name. A new build is filled
 * beside the active one and takes its place when it has caught up.
 */
export const runViews = async (given: { readonly views: readonly View[]; readonly pool: Pool; readonly consumers: Consumption; readonly logger: Logger }) => {
  const { views, pool, consumers, logger } = given
  const listeners = new Map<View, Set<Listener>>(views.map((view) => [view, new Set()]))
  const shown = new Map<View, Shown>()
  const building = new Map<string, View>()
  let isOpen = true

  const tell = (view: View, events: readonly Recorded[]): void => {
    const units = new Set(events.map((event) => event.unit))
    for (const listener of [...(listeners.get(view) ?? [])]) listener(units, events)
  }

  const consume = async (view: View, build: Build): Promise<void> => {
    const operations = operationsOf(view)
    const write = tableWriter(view, build.schema)
    if (build.state === 'building') building.set(build.schema, view)
    await consumers.add({
      name: build.schema,
      types: view.others ? 'all' : new Set(view.on.map((each) => each.definition.type)),
      services: view.others?.services ?? [],
      batch,
      isRepeatable: true,
      effects: (events) => {
        const mine = operations(events)
        return mine.length === 0 ? null : (tx) => write(tx, mine)
      },
      committed: (events) => {
        if (!building.has(build.schema)) tell(view, events)
      },
    })
  }

  const show = async (view: View): Promise<Build> => {
    const known = shown.get(view)
    if (known && known.until > performance.now()) return known.build
    try {
      const build = await activeBuild(pool, view.name)
      shown.set(view, { build, until: performance.now() + believeMs })
      return build
    } catch (error) {
      if (known && isOutage(error)) return known.build
      throw error
    }
  }

  /** Flips every build that has caught up; the consumers of what was replaced end. */
  const flipReady = async (): Promise<void> => {
    for (const [schema, view] of [...building]) {
      if (!consumers.find(schema)?.isCaughtUp()) continue
      const replaced = await flip(pool, view.name, schema)
      if (replaced === 'held') continue
      building.delete(schema)
      shown.delete(view)
      for (const old of replaced) await consumers.remove(old)
      logger.info({ view: view.name, schema }, 'a view was built and took the place of the one before')
      for (const listener of [...(listeners.get(view) ?? [])]) listener(new Set(), [])
    }
  }
  let flipping: Promise<void> = Promise.resolve()
  const timer = setInterval(() => {
    if (building.size === 0 || !isOpen) return
    flipping = flipping.then(flipReady).catch((error) => logger.warn({ err: error }, 'a view cannot be flipped yet'))
  }, flipCheckMs).unref()

  for (const view of views) for (const build of await openBuilds(pool, view)) await consume(view, build)

  const running = (): RunningConsumer[] => [...shown.values()].flatMap(({ build }) => consumers.find(build.schema) ?? [])

  return {
    /** Runs SQL over an own view; `{table}` becomes the table of the active build. Returns rows. */
    query: async <R>(view: View, sql: string, params: readonly unknown[] = []): Promise<R[]> => {
      const { schema } = await show(view)
      const text = sql.replace(/\{(\w+)\}/g, (_, name: string) => tableOf(view, name) && `${quoted(schema)}.${quoted(name)}`)
      const { rows } = await queryInTime(pool, { text, values: [...params] })
      return rows as R[]
    },
    /** Called after each commit with the units of its events, and with none after a flip: then everything may be new. */
    onChange: (view: View, listener: Listener): (() => void) => {
      const mine = listeners.get(view)
      if (!mine) throw new Error(`View ${view.name} is not among the views of this service`)
      mine.add(listener)
      return () => mine.delete(listener)
    },
    /** Waits until all active views that listen to this source have the position; false when the time was over. */
    waitFor: async (source: Source, position: number, timeoutMs: number): Promise<boolean> => {
      for (const view of views) await show(view)
      const listening = running().filter((each) => each.listensTo(source))
      return (await Promise.all(listening.map((each) => each.waitFor(source, position, timeoutMs)))).every(Boolean)
    },
    /** Builds a view anew from the beginning, beside the active one. Resolves when the build has begun; it flips by itself, unless it is held. */
    rebuild: async (view: View, held = false): Promise<string> => {
      const build = await newBuild(pool, view, held)
      await consume(view, build)
      return build.schema
    },
    /** The schemas that are being built. */
    building: (): string[] => [...building.keys()],
    close: async (): Promise<void> => {
      isOpen = false
      clearInterval(timer)
      await flipping
    },
  }
}

export type Views = Awaited<ReturnType<typeof runViews>>
