import { randomUUID } from 'node:crypto'
import type { InjectOptions } from 'fastify'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openAccounts } from '../../../services/gateway/src/accounts.ts'
import { tokenPrefix } from '../../../services/gateway/src/principal.ts'
import { hashOf, newSecret } from '../../../services/gateway/src/secret.ts'
import { openSession } from '../../../services/gateway/src/sessions.ts'
import { type Door, openDoor } from '../../../services/gateway/src/testing/door.ts'
import { Directory } from '../../../shared/src/directory.ts'
import { declaredRoutes } from '../../../shared/src/http/declared.ts'
import { organization } from '../../../shared/src/testing/organization.ts'
import { may, type World } from './model.ts'
import { type Cell, cellsFor, kindsFor, parents, personOf, units } from './world.ts'

/**
 * The routes that the gateway answers itself, over its real door, for the same posts at the same units as the services' routes. Each asks about
 * an account of somebody at home at the campus north; who is let in meets a refusal of another kind, or changes nothing.
 */
type Asked = {
  readonly permission: string
  /** Where it must be held; null = anywhere, `home` = where who asks is at home, and nowhere but for an operator who has none. */
  readonly at: string | null
  /** One must sit there: no token does it, however wide. */
  readonly inSession?: true
  readonly request: Pick<InjectOptions, 'method' | 'url' | 'payload' | 'remoteAddress'>
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
  'POST /api/v1/accounts/:account/reopening': {
    permission: 'accounts:open',
    at: 'north',
    inSession: true,
    request: { method: 'POST', url: `${target}/reopening` },
  },
  'PUT /api/v1/accounts/:account/password': {
    permission: 'accounts:reset',
    at: 'north',
    inSession: true,
    request: { method: 'PUT', url: '/api/v1/accounts/closed/password', payload: { password } },
  },
  'GET /api/v1/accounts/:account/tokens': { permission: 'tokens:revoke', at: 'north', inSession: true, request: { method: 'GET', url: `${target}/tokens` } },
  'DELETE /api/v1/accounts/:account/tokens/:id': {
    permission: 'tokens:revoke',
    at: 'north',
    inSession: true,
    request: { method: 'DELETE', url: `${target}/tokens/${randomUUID()}` },
  },
  'POST /api/v1/tokens': {
    permission: 'tokens:make',
    at: null,
    inSession: true,
    request: { method: 'POST', url: '/api/v1/tokens', payload: { name: 'One', permissions: ['nothing:held'], expiresAt: inDays(9_999) } },
  },
  // From another machine; a collector on this one gives no name.
  'GET /metrics': { permission: 'metrics:read', at: 'home', request: { method: 'GET', url: '/metrics', remoteAddress: '192.0.2.7' } },
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
/** How each is known: by a session's cookie, or who comes with a token by it. */
const credentials = new Map<string, Record<string, string>>()
const nameOf = (cell: Cell): string =>
  `${(cell.as as { person?: string }).person ?? 'nobody'}${cell.who.operator ? '.operator' : ''}`.replaceAll(/[^A-Za-z0-9._-]/g, '_')
/** A token belongs to the account that its maker signs in with. */
const keyOf = (cell: Cell): string => `${nameOf(cell)} ${isToken(cell) ? `by a token for ${cell.who.scope}` : 'in a session'}`
const isToken = ({ who }: Cell): boolean => who.scope !== undefined && who.scope !== null
/** Everybody who asks, at home where their post is; and who comes with a token of a post: it lends no more than the post, and no more than was written on it. */
const cellsOf = (kinds: World['kinds'], permission: string): Cell[] =>
  [...cellsFor(kinds, permission), ...tokensOf(permission)].map((cell) => ({ ...cell, who: { home: cell.who.posts[0]?.unit ?? null, ...cell.who } }))
const tokensOf = (permission: string): Cell[] =>
  ['north', 'south'].flatMap((unit) =>
    [[permission], ['nothing:at-all']].map((scope): Cell => {
      const kind = `only-${permission}`
      return { name: `${kind} at ${unit} by a token for ${scope}`, as: { person: personOf(kind, unit), scope }, who: { posts: [{ kind, unit }], scope } }
    }),
  )

beforeAll(async () => {
  const kinds = kindsFor(Object.values(asked).map(({ permission }) => permission))
  world = { parents, kinds }
  const posts = Object.keys(kinds).flatMap((kind) => units.map((unit) => `${personOf(kind, unit)} ${kind} ${unit}`))
  const directory = new Directory(organization({ units: parents, kinds, posts }))
  door = await openDoor({ directory: () => directory, homeOf: async () => 'south' })
  const cells = Object.values(asked).flatMap(({ permission }) => cellsOf(kinds, permission))
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
    ...[...new Map(cells.map((cell) => [nameOf(cell), cell]))].map(([name, { as, who }]) =>
      account(name, (as as { person?: string }).person ?? null, who.home ?? null, who.operator ?? false),
    ),
  ])
  await door.pool.query("update accounts set disabled_at = now() where account = 'closed'")
  for (const cell of cells) {
    if (credentials.has(keyOf(cell))) continue
    const name = nameOf(cell)
    if (!isToken(cell)) credentials.set(keyOf(cell), { cookie: `collegium=${await openSession(door.pool, name, 1)}`, 'sec-fetch-site': 'same-origin' })
    else {
      const secret = newSecret()
      await door.pool.query('insert into tokens (id, account, name, hash, permissions, expires_at) values ($1, $2, $3, $4, $5, $6)', [
        ...[randomUUID(), name, 'One', hashOf(secret), cell.who.scope, inDays(1)],
      ])
      credentials.set(keyOf(cell), { authorization: `Bearer ${tokenPrefix}${secret}` })
    }
  }
}, 120_000)
afterAll(() => door?.close())

it.each(Object.keys(asked))(
  '[PL-13] %s, asked by every post from everywhere, opens exactly where the model says',
  async (route) => {
    const { permission, at, request, inSession = false } = asked[route] as Asked
    const differences: string[] = []
    const cells = cellsOf(world.kinds, permission)
    let opened = 0
    for (const cell of cells) {
      const answer = await door.app.inject({ ...request, headers: credentials.get(keyOf(cell)) ?? {} })
      const isOpen = answer.statusCode !== 401 && !/"code":"(forbidden|session-needed)"/.test(answer.body)
      const { home = null, operator = false } = cell.who
      const there = at === 'home' ? home : at
      const nowhere = at === 'home' ? operator && !isToken(cell) : units.some((unit) => may(world, cell.who, permission, unit))
      const byPost = there === null ? nowhere : may(world, cell.who, permission, there)
      const expected = byPost && !(inSession && isToken(cell))
      if (isOpen) opened += 1
      if (isOpen !== expected) differences.push(`${cell.name}: ${expected ? 'open' : 'closed'} by the model, ${answer.statusCode} ${answer.body.slice(0, 120)}`)
    }
    expect(differences.slice(0, 20), `${differences.length} of ${cells.length} cells differ`).toEqual([])
    expect(opened).toBeGreaterThan(5)
    expect(opened).toBeLessThan(cells.length - 5)
  },
  120_000,
)

it('[PL-13] every route of the gateway, published or not, is asked, is one’s own, or is open to anybody on purpose', async () => {
  const open = ['GET /api/v1/session/ways', 'POST /api/v1/session', 'DELETE /api/v1/session', 'GET /api/v1/session/oidc', 'GET /api/v1/session/oidc/callback']
  const known = new Set([...Object.keys(asked), ...ofOneself, ...open])
  const routes = declaredRoutes(door.app).map(({ method, url, permission }) => ({ route: `${method} ${url}`, permission }))
  expect(routes.length).toBeGreaterThan(20)
  // What goes on to the services is asked there; the rest of what is public changes nothing.
  const files = ({ route, permission }: { route: string; permission: string | undefined }) =>
    permission === 'public' && (route.endsWith(' /api/v1/*') || (route.startsWith('GET ') && !route.startsWith('GET /api/v1/')))
  expect(routes.filter((each) => !known.has(each.route) && !files(each)).map(({ route }) => route)).toEqual([])
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
