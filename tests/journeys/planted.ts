import { createHash, randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import type { Client } from '../kit/client.ts'
import { daysAgo, eventually, inHours, occurred, ok, type Scene } from './scene.ts'

/** Texts that nobody would write, and the person they are about. */
export const textsOf = () => {
  const planted: string[] = []
  const plant = (): string => {
    const text = `planted.${randomBytes(9).toString('hex')}`
    planted.push(text)
    return text
  }
  return { planted, plant, ming: { person: 'ming', name: plant(), number: plant(), campus: 'north' }, account: plant() }
}

export type Texts = ReturnType<typeof textsOf>

/** Fifty texts of one person in every place that takes some. Gives who the person is signed in as. */
export const leaveTexts = async ({ stage, as, made }: Scene, { plant, ming, account }: Texts): Promise<Client> => {
  const [operator, secretary, host, guide] = [await as('operator'), await as('secretary'), await as('host'), await as('guide')]
  ok(await operator.post('/people', ming))
  await eventually(
    () => operator.post('/accounts', { account, person: 'ming', home: 'north', password: stage.password }),
    (answer) => ok(answer),
  )
  const mine = await stage.signIn(account)
  ok(await mine.post('/tokens', { name: plant(), permissions: ['activities:read'], expiresAt: inHours(24) }))
  for (let count = 0; count < 20; count++) {
    const title = { en: 'A meeting', zh: '会议' }
    const { id } = ok(
      await secretary.post('/meetings', {
        unit: 'north-su',
        title,
        kind: 'other',
        at: inHours(24),
        agenda: ['One'],
        invited: ['ming'],
        chair: 'president',
      }),
    )
    ok(await mine.post(`/meetings/${id}/leave`, { reason: plant() }))
    made.meeting = id
  }
  const [from, to] = [daysAgo(3), daysAgo(2.9)]
  for (let count = 0; count < 16; count++) {
    const title = { en: 'A shift', zh: '志愿岗位' }
    const { id } = ok(
      await host.post('/shifts', { unit: 'north-su-tea', title, category: 'community', place: 'Hall', from, to, seats: 2 }, occurred(daysAgo(4))),
    )
    ok(await host.post('/stints', { shift: id, person: 'ming', from, to, reason: plant(), evidence: ['a list'] }))
    made.stint = `${id}.ming`
  }
  for (let count = 0; count < 10; count++) ok(await guide.get('/people/ming/file', { 'collegium-reason': plant() }))
  return mine
}

/** Those of the texts, cut short, that have a planted one in them, or a hash over the command that brought one. */
export const thoseWith = ({ planted, ming }: Texts, texts: readonly string[]): string[] => {
  const fingerprint = createHash('sha256')
    .update(`POST /people ${JSON.stringify(ming)}`)
    .digest('base64url')
  const needles = [...planted, fingerprint]
  return texts.filter((text) => needles.some((needle) => text.includes(needle))).map((text) => text.slice(0, 200))
}

/** Every row of every table of the databases with such names, as text. */
export const rowsOf = async (server: string, isMeant: (database: string) => boolean): Promise<string[]> => {
  const texts: string[] = []
  const databases = await asked<{ name: string }>(server, 'postgres', 'select datname as name from pg_database where datallowconn')
  for (const { name } of databases.filter((each) => isMeant(each.name)))
    await connectedTo(server, name, async (client) => {
      const { rows: tables } = await client.query<{ at: string }>(
        `select format('%I.%I', n.nspname, c.relname) as at from pg_class c join pg_namespace n on n.oid = c.relnamespace
          where c.relkind in ('r', 'p', 'm') and n.nspname not in ('pg_catalog', 'information_schema')`,
      )
      for (const { at } of tables) {
        const { rows } = await client.query<{ text: string }>(`select t::text as text from ${at} t`)
        texts.push(...rows.map(({ text }) => `${name} ${at} ${text}`))
      }
    })
  return texts
}

const connectedTo = async <T>(server: string, database: string, work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const url = new URL(server)
  url.pathname = `/${database}`
  const client = new pg.Client({ connectionString: url.toString() })
  await client.connect()
  return work(client).finally(() => client.end())
}

/** The rows that a database of the server answers. */
export const asked = <Row extends pg.QueryResultRow>(server: string, database: string, sql: string, params: unknown[] = []): Promise<Row[]> =>
  connectedTo(server, database, async (client) => (await client.query<Row>(sql, params)).rows)

/** Every file below a folder, byte by byte, which may be written to meanwhile: a name that was there until the file was whole is gone then. */
export const contentsOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .flatMap((entry) => {
      try {
        return [`${entry.name} ${readFileSync(join(entry.parentPath, entry.name)).toString('latin1')}`]
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
        throw error
      }
    })
