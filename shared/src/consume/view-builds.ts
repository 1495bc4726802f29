import type { Pool } from 'pg'
import type { View } from '../view.ts'
import { inTransaction, type Tx } from './transaction.ts'
import { createTables, quoted } from './view-tables.ts'

export type Build = {
  readonly schema: string
  readonly version: number
  readonly state: 'building' | 'active' | 'retired'
  /** Shown only when somebody says so. */
  readonly held: boolean
}

/** What was replaced stays this long, for a way back. */
const keepRetired = '24 hours'

const buildsOf = async (tx: Pool | Tx, name: string): Promise<Build[]> =>
  (await tx.query<Build>('select schema, version, state, held from views where name = $1 order by created_at desc', [name])).rows

/** Processes that start together must not build the same thing twice. */
const lock = (tx: Tx, name: string) => tx.query(`select pg_advisory_xact_lock(hashtext('collegium view'), hashtext($1))`, [name])

const create = async (tx: Tx, view: View, builds: readonly Build[], held = false): Promise<Build> => {
  const plain = `view_${view.name.replaceAll('-', '_')}_v${view.version}`
  const taken = new Set(builds.map((build) => build.schema))
  let schema = plain
  for (let count = 2; taken.has(schema); count += 1) schema = `${plain}_${count}`
  // The first build ever is shown while it grows: there is nothing better.
  const state = builds.some((build) => build.state === 'active') ? 'building' : 'active'
  for (const statement of createTables(view, schema)) await tx.query(statement)
  await tx.query('insert into views (schema, name, version, state, held) values ($1, $2, $3, $4, $5)', [schema, view.name, view.version, state, held])
  return { schema, version: view.version, state, held }
}

/** The builds of the declared version that must be kept up; makes one, or takes a retired one up again, where there is none. */
export const openBuilds = (pool: Pool, view: View): Promise<Build[]> =>
  inTransaction(pool, async (tx) => {
    await lock(tx, view.name)
    const builds = await buildsOf(tx, view.name)
    const mine = builds.filter((build) => build.version === view.version)
    const open = mine.filter((build) => build.state !== 'retired')
    if (open.length > 0) return open
    const retired = mine[0]
    if (!retired) return [await create(tx, view, builds)]
    await tx.query(`update views set state = 'building', retired_at = null where schema = $1`, [retired.schema])
    return [{ ...retired, state: 'building' }]
  })

export const newBuild = (pool: Pool, view: View, held = false): Promise<Build> =>
  inTransaction(pool, async (tx) => {
    await lock(tx, view.name)
    return create(tx, view, await buildsOf(tx, view.name), held)
  })

/** Lets a held build be shown as soon as it has caught up. False when there is none of that name. */
export const releaseBuild = async (pool: Pool, name: string, schema: string): Promise<boolean> =>
  (await pool.query(`update views set held = false where name = $1 and schema = $2 and state = 'building'`, [name, schema])).rowCount === 1

/** Every build of every view, the newest first. */
export const listBuilds = async (pool: Pool): Promise<(Build & { readonly view: string; readonly since: Date })[]> =>
  (await pool.query('select name as view, schema, version, state, held, created_at as since from views order by name, created_at desc')).rows

export const activeBuild = async (pool: Pool, name: string): Promise<Build> => {
  const build = (await buildsOf(pool, name)).find((each) => each.state === 'active')
  if (!build) throw new Error(`View ${name} has no tables: it is not among the views of this service`)
  return build
}

/**
 * Shows a build instead of the active one, and drops what an earlier flip retired. Returns the schemas that need no consumer any more (none where
 * another process was first), or `held` where somebody's word is waited for.
 */
export const flip = (pool: Pool, name: string, schema: string): Promise<readonly string[] | 'held'> =>
  inTransaction(pool, async (tx) => {
    await lock(tx, name)
    const builds = await buildsOf(tx, name)
    const mine = builds.find((build) => build.schema === schema)
    if (mine?.state !== 'building') return []
    if (mine.held) return 'held'
    const dropped = builds.filter((build) => build.state === 'retired').map((build) => build.schema)
    for (const each of dropped) await drop(tx, each)
    await tx.query(`update views set state = 'retired', retired_at = now() where name = $1 and state = 'active'`, [name])
    await tx.query(`update views set state = 'active' where schema = $1`, [schema])
    return [...dropped, ...builds.filter((build) => build.state === 'active').map((build) => build.schema)]
  })

/** Drops every build of a view that was replaced, also those kept for a way back. */
export const dropReplaced = (pool: Pool, name: string): Promise<void> =>
  inTransaction(pool, async (tx) => {
    await lock(tx, name)
    for (const { schema, state } of await buildsOf(tx, name)) if (state === 'retired') await drop(tx, schema)
  })

/** Drops what was replaced more than a day ago. */
export const dropRetired = (pool: Pool): Promise<void> =>
  inTransaction(pool, async (tx) => {
    const { rows } = await tx.query<{ schema: string }>(
      `select schema from views where state = 'retired' and retired_at < now() - interval '${keepRetired}' for update`,
    )
    for (const { schema } of rows) await drop(tx, schema)
  })

const drop = async (tx: Tx, schema: string): Promise<void> => {
  // The checkpoint goes first: a consumer in another process then ends instead of failing on missing tables.
  await tx.query('delete from checkpoints where consumer = $1', [schema])
  await tx.query('delete from parked where consumer = $1', [schema])
  await tx.query(`drop schema if exists ${quoted(schema)} cascade`)
  await tx.query('delete from views where schema = $1', [schema])
}
