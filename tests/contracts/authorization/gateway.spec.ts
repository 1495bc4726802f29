import { randomUUID } from 'node:crypto'
import type { InjectOptions } from 'fastify'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openAccounts } from '../../../services/gateway/src/accounts.ts'
import { openSession } from '../../../services/gateway/src/sessions.ts'
import { type Door, openDoor } from '../../../services/gateway/src/testing/door.ts'
import { Directory } from '../../../shared/src/directory.ts'
import { organization } from '../../../shared/src/testing/organization.ts'
import { may, type World } from './model.ts'
import { type Cell, cellsFor, kindsFor, parents, personOf, units } from './world.ts'

/**
 * The routes that the gateway answers itself, over its real door, for the same posts at the same units as the services' routes. Each asks about
 * an account of somebody at home at the campus north; who is let in meets a refusal of another kind, or changes nothing.
 */
type Asked = {
  readonly permission: string
  /** Where it must be held; null = anywhere. */
  readonly at: string | null
  readonly request: Pick<InjectOptions, 'method' | 'url' | 'payload'>
}
const target = '/api/v1/accounts/target'
const password = 'a password that is new'
const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString()
const asked: Readonly<Record<string, Asked>> = {
  'POST /api/v1/accounts': {
    permission: 'accounts:open',
    at: 'north',
    request: { method: 'POST', url: '/api/v1/accounts', payload: { account: 'new', person: 'lives-elsewhere', home: 'north', password } },
  },
  'GET /api/v1/accounts': { permission: 'accounts:read', at: null, request: { method: 'GET', url: '/api/v1/accounts?limit=1' } },
  'DELETE /api/v1/accounts/:account': { permission: 'accounts:close', at: 'north', request: { method: 'DELETE', url: target } },
  'POST /api/v1/accounts/:account/reopening': { permission: 'accounts:open', at: 'north', request: { method: 'POST', url: `${target}/reopening` } },
  'PUT /api/v1/accounts/:account/password': {
    permission: 'accounts:reset',
    at: 'north',
    request: { method: 'PUT', url: '/api/v1/accounts/closed/password', payload: { password } },
  },
  'GET /api/v1/accounts/:account/tokens': { permission: 'tokens:revoke', at: 'north', request: { method: 'GET', url: `${target}/tokens` } },
  'DELETE /api/v1/accounts/:account/tokens/:id': {
    permission: 'tokens:revoke',
    at: 'north',
    request: { method: 'DELETE', url: `${target}/tokens/${randomUUID()}` },
  },
  'POST /api/v1/tokens': {
    permission: 'tokens:make',
    at: null,
    request: { method: 'POST', url: '/api/v1/tokens', payload: { name: 'One', permissions: ['nothing:held'], expiresAt: inDays(9_999) } },
  },
}
/** One's own, whoever one is: no permission is looked at. */
const ofOneself = [
  'GET /api/v1/session',
  'GET /api/v1/session/all',
  'DELETE /api/v1/session/all/:id',
  'POST /api/v1/session/password',
  'GET /api/v1/tokens',
  'DELETE /api/v1/tokens/:id',
]

let door: Door
let world: World
const cookies = new Map<string, string>()
const nameOf = (cell: Cell): string =>
  `${(cell.as as { person?: string }).person ?? 'nobody'}${cell.who.operator ? '.operator' : ''}`.replaceAll(/[^A-Za-z0-9._-]/g, '_')

beforeAll(async () => {
  const kinds = kindsFor(Object.values(asked).map(({ permission }) => permission))
  world = { parents, kinds }
  const posts = Object.keys(kinds).flatMap((kind) => units.map((unit) => `${personOf(kind, unit)} ${kind} ${unit}`))
  const directory = new Directory(organization({ units: parents, kinds, posts }))
  door = await openDoor({ directory: () => directory, homeOf: async () => 'south' })
  const cells = new Map(
    Object.values(asked)
      .flatMap(({ permission }) => cellsFor(kinds, permission))
      .filter(isSession)
      .map((cell) => [nameOf(cell), cell]),
  )
  const account = (name: string, person: string | null, home: string | null, operator = false) => ({
    account: name,
    person: person ?? name,
    home,
    operator,
    passwordHash: null,
  })
  await openAccounts(door.pool, [
    account('target', 'somebody', 'north'),
    account('closed', 'somebody-else', 'north'),
    ...[...cells].map(([name, { as, who }]) => account(name, (as as { person?: string }).person ?? null, who.home ?? null, who.operator ?? false)),
  ])
  await door.pool.query("update accounts set disabled_at = now() where account = 'closed'")
  for (const name of cells.keys()) cookies.set(name, `collegium=${await openSession(door.pool, name, 1)}`)
}, 120_000)
afterAll(() => door?.close())

/** Narrow tokens are no sessions: services/gateway/src/token.spec.ts asks with them. */
const isSession = ({ who }: Cell): boolean => who.scope === undefined || who.scope === null

it.each(Object.keys(asked))(
  '[PL-13] %s, asked by every post from everywhere, opens exactly where the model says',
  async (route) => {
    const { permission, at, request } = asked[route] as Asked
    const differences: string[] = []
    const cells = cellsFor(world.kinds, permission).filter(isSession)
    let opened = 0
    for (const cell of cells) {
      const headers = { cookie: cookies.get(nameOf(cell)) ?? '', 'sec-fetch-site': 'same-origin' }
      const answer = await door.app.inject({ ...request, headers })
      const isOpen = answer.statusCode !== 401 && answer.body.includes('"code":"forbidden"') === false
      const expected = at === null ? units.some((unit) => may(world, cell.who, permission, unit)) : may(world, cell.who, permission, at)
      if (isOpen) opened += 1
      if (isOpen !== expected) differences.push(`${cell.name}: ${expected ? 'open' : 'closed'} by the model, ${answer.statusCode} ${answer.body.slice(0, 120)}`)
    }
    expect(differences.slice(0, 20), `${differences.length} of ${cells.length} cells differ`).toEqual([])
    expect(opened).toBeGreaterThan(5)
    expect(opened).toBeLessThan(cells.length - 5)
  },
  120_000,
)

it('[PL-13] every route of the gateway is asked, is one’s own, or is open to anybody on purpose', async () => {
  const { paths } = (await door.app.inject('/api/openapi.json')).json() as { paths: Record<string, Record<string, { 'x-permission'?: string }>> }
  const published = Object.entries(paths)
    .filter(([path]) => !path.startsWith('/echo') && !path.startsWith('/imports'))
    .flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method.toUpperCase()} /api/v1${path.replace(/^\/api\/v1/, '').replaceAll(/\{(\w+)\}/g, ':$1')}`),
    )
  const open = ['GET /api/v1/session/ways', 'POST /api/v1/session', 'DELETE /api/v1/session', 'GET /api/v1/session/oidc', 'GET /api/v1/session/oidc/callback']
  expect(published.length).toBeGreaterThan(10)
  expect(published.filter((route) => !(route in asked) && !ofOneself.includes(route) && !open.includes(route))).toEqual([])
})

it('[PL-13] nothing of it answers who did not sign in', async () => {
  for (const route of [...Object.keys(asked), ...ofOneself]) {
    const [method, url] = route.split(' ') as ['GET', string]
    const request = asked[route]?.request ?? {
      method,
      url: url.replace('/all/:id', '/all/0123456789abcdef').replaceAll(/:\w+/g, randomUUID()),
      ...(method === 'GET' ? {} : { payload: { current: 'x', next: password } }),
    }
    const answer = await door.app.inject({ ...request, headers: { 'sec-fetch-site': 'same-origin' } })
    expect(answer.statusCode, `${route}: ${answer.body.slice(0, 100)}`).toBe(401)
  }
})
