import { generateKeyPairSync } from 'node:crypto'
import { Registry } from 'prom-client'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { services } from '../../../infra/services.ts'
import { buildApp } from '../../../shared/src/http/server.ts'
import { makeLogger } from '../../../shared/src/logger.ts'
import { type RunningServices, runServices } from '../../../shared/src/testing/running.ts'
import { may, type World } from './model.ts'
import { type Asked, askedOf, declaredOf, isPublic, left, telling } from './routes.ts'
import { type Cell, cellsFor, kindsFor, membershipOf, parents, settle, units } from './world.ts'

/**
 * Every route × every kind of post × where it is held, each asked over the real door and compared with a model that knows nothing of the
 * kernel. A new route is in it by itself; one whose rule cannot be told from its declaration fails the run until it is said.
 */
const told = services.map((service) => ({ service, routes: declaredOf(service) }))
let running: RunningServices
let world: World
let live = ''
const unjudged = new Set<string>()
const judged = (...route: Parameters<typeof askedOf>): Asked | null => {
  try {
    return askedOf(...route)
  } catch (error) {
    unjudged.add((error as Error).message)
    return null
  }
}
const cells = { asked: 0, opened: 0, refused: 0 }

beforeAll(async () => {
  running = await runServices(
    told.map(({ service, routes }) => telling(service, routes)),
    {
      answers: {
        membership: membershipOf(() => {
          const permissions = told.flatMap(({ service, routes }) => routes.map((route) => judged(service.name, route)?.permission ?? ''))
          world = { parents, kinds: kindsFor(permissions) }
          return world.kinds
        }),
      },
    },
  )
  await settle(running)
  for (const { service } of told) await running.send({ operator: true }, service.name, 'GET', `/${service.name}-consumers`)
  live = await running.app('dashboards').listen({ port: 0, host: '127.0.0.1' })
}, 120_000)
afterAll(() => running?.stop())

const tokens = new Map<string, string>()
const bearer = ({ name, as }: Cell): Record<string, string> => {
  const token = tokens.get(name) ?? running.token(as ?? {})
  tokens.set(name, token)
  return { authorization: `Bearer ${token}` }
}

type Got = { readonly status: number; readonly shown: () => string[] | number }

const askInside = async ({ service, method, url, body, kind, field = 'unit' }: Asked, headers: Record<string, string>): Promise<Got> => {
  const answer = await running.app(service).inject({
    method,
    url: kind === 'list' ? `${url}${url.includes('?') ? '&' : '?'}limit=200` : url,
    headers: { ...headers, ...(kind === 'command' ? { 'if-match': '"999999"' } : {}) },
    ...(body === undefined ? {} : { payload: body as object }),
  })
  const shown = () => (kind === 'sum' ? answer.json().surveys + answer.json().hidden : [...new Set(answer.json().items.map((row: any) => row[field]))].sort())
  return { status: answer.statusCode, shown }
}

/** A stream never ends by itself: what it begins with tells. */
const askLive = async ({ url }: Asked, headers: Record<string, string>): Promise<Got> => {
  const stop = new AbortController()
  const answer = await fetch(`${live}${url}`, { headers, signal: stop.signal })
  stop.abort()
  return { status: answer.status, shown: () => [] }
}

const ask = (asked: Asked, headers: Record<string, string>): Promise<Got> => (asked.kind === 'live' ? askLive(asked, headers) : askInside(asked, headers))

/** What the model says, and what came, where the two differ. */
const differenceAt = async (asked: Asked, cell: Cell): Promise<string | null> => {
  const { status, shown } = await ask(asked, bearer(cell))
  const where = (unit: string): boolean => [asked.permission, ...(asked.or ?? [])].some((permission) => may(world, cell.who, permission, unit))
  cells.asked += 1
  const said = (expected: unknown, came: unknown): string | null =>
    JSON.stringify(expected) === JSON.stringify(came)
      ? null
      : `${asked.route} for ${cell.name}: ${JSON.stringify(expected)} by the model, ${JSON.stringify(came)} here`
  if (asked.kind === 'list' || asked.kind === 'sum') {
    const open = units.filter(where).toSorted()
    cells[open.length > 0 ? 'opened' : 'refused'] += 1
    return said(asked.kind === 'sum' ? open.length : open, status === 200 ? shown() : status)
  }
  const place = (asked.where === 'home' ? cell.who.home : null) ?? asked.unit
  const isOpen = asked.self === cell.as?.person || (asked.where === 'anywhere' ? units.some(where) : where(place))
  cells[isOpen ? 'opened' : 'refused'] += 1
  if (!isOpen) return said(403, status)
  if (asked.kind === 'command') return said(412, status)
  return status === 401 || status === 403 || status >= 500 ? said('let in', status) : null
}

const inTurns = async <T, R>(all: readonly T[], work: (each: T) => Promise<R>): Promise<R[]> => {
  const done: R[] = []
  for (let from = 0; from < all.length; from += 25) done.push(...(await Promise.all(all.slice(from, from + 25).map(work))))
  return done
}

for (const { service, routes } of told) {
  it(`[PL-13] ${service.name}: every route, asked by every post from everywhere, opens exactly where the model says`, async () => {
    const differences: string[] = []
    for (const route of routes) {
      const asked = judged(service.name, route)
      if (asked === null) continue
      const found = await inTurns(
        [asked.permission, ...(asked.or ?? [])].flatMap((each) => cellsFor(world.kinds, each)),
        (cell) => differenceAt(asked, cell),
      )
      differences.push(...found.filter((each) => each !== null))
    }
    expect(differences.slice(0, 40), `${differences.length} cells differ`).toEqual([])
  }, 240_000)

  it(`[PL-13] ${service.name}: nothing answers who did not sign in`, async () => {
    for (const { method, url } of routes) {
      if (isPublic(`${method} ${url}`)) continue
      const answer = await running.app(service.name).inject({ method, url: url.replaceAll(/:\w+/g, 'x'), payload: method === 'GET' ? undefined : {} } as object)
      expect(answer.statusCode, `${method} ${url}`).toBe(401)
      expect(answer.json().code).toBe('signed-out')
    }
  })
}

it('every route that is published is asked, and says of itself, or has it said, where its permission counts', async () => {
  expect([...unjudged]).toEqual([])
  for (const { service, routes } of told) {
    const { paths } = (await running.app(service.name).inject('/openapi.json')).json() as { paths: Record<string, object> }
    const published = Object.entries(paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`),
    )
    const asked = new Set(routes.map(({ method, url }) => `${method} ${url}`))
    expect(published.filter((route) => !asked.has(route))).toEqual([])
  }
})

it('the table names no route that is gone, and the matrix has as many cells as it must', () => {
  expect(left(told.flatMap(({ routes }) => routes.map(({ method, url }) => `${method} ${url}`)))).toEqual([])
  expect(cells.asked).toBeGreaterThan(20_000)
  expect(cells.opened).toBeGreaterThan(5_000)
  expect(cells.refused).toBeGreaterThan(10_000)
})

it('[PL-13] a route that says no permission does not start, and one that is open to everybody is looked at', async () => {
  const { publicKey: actorKey } = generateKeyPairSync('ed25519')
  const app = await buildApp({ name: 'spec', logger: makeLogger('spec', 'silent'), actorKey, metrics: new Registry(), ready: async () => ({}) })
  app.get('/left-open', async () => ({}))
  await expect(app.ready()).rejects.toThrow('GET /left-open declares no permission')
  expect(() => askedOf('activities', { method: 'GET', url: '/everything', permission: 'signed-in' })).toThrow(
    'GET /everything of activities is open to everybody',
  )
})
