import { randomUUID } from 'node:crypto'

export type Answer = { readonly status: number; readonly body: any; readonly headers: Headers }
export type Headed = Readonly<Record<string, string>>

/** Somebody at the public door. Paths begin below /api/v1, as '/activities'. */
export type Client = {
  /** The gateway's, as http://host:port. */
  readonly address: string
  readonly account: string | null
  readonly person: string | null
  /** The session's cookie, as a request sends it; empty when signed out. */
  readonly cookie: string
  readonly get: (path: string, headers?: Headed) => Promise<Answer>
  /** Each change has an Idempotency-Key of its own, unless `headers` bring one. */
  readonly post: (path: string, body?: unknown, headers?: Headed) => Promise<Answer>
  readonly put: (path: string, body?: unknown, headers?: Headed) => Promise<Answer>
  readonly delete: (path: string, headers?: Headed) => Promise<Answer>
  /** The answer as it comes, for streams and whatever is not JSON; the path is whole, as '/api/v1/events'. */
  readonly raw: (path: string, init?: RequestInit) => Promise<Response>
}

/** A client of a gateway's address without a session. */
export const signedOut = (address: string): Client => clientOf(address, { account: null, person: null, cookie: '' })

/** Signs in with a password. Throws with the gateway's words when it refuses. */
export const signIn = async (address: string, account: string, password: string): Promise<Client> => {
  const { status, body, headers } = await signedOut(address).post('/session', { account, password })
  if (status !== 201) throw new Error(`${account} was not let in: ${status} ${JSON.stringify(body)}`)
  const [cookie = ''] = headers.getSetCookie().flatMap((each) => /^(?:__Host-)?collegium=[^;]*/.exec(each) ?? [])
  return clientOf(address, { account, person: body.person, cookie })
}

const clientOf = (address: string, who: Pick<Client, 'account' | 'person' | 'cookie'>): Client => {
  const raw: Client['raw'] = (path, init = {}) => {
    const headers = new Headers(init.headers)
    if (who.cookie !== '') headers.set('cookie', who.cookie)
    if (!headers.has('sec-fetch-site')) headers.set('sec-fetch-site', 'same-origin')
    return fetch(`${address}${path}`, { ...init, headers })
  }
  const ask = async (method: string, path: string, body: unknown, headers: Headed = {}): Promise<Answer> => {
    const given: Record<string, string> = { ...headers }
    if (body !== undefined) given['content-type'] ??= 'application/json'
    if (method !== 'GET') given['idempotency-key'] ??= randomUUID()
    const answer = await raw(`/api/v1${path}`, {
      method,
      headers: given,
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await answer.text()
    const isJson = /json/.test(answer.headers.get('content-type') ?? '')
    return { status: answer.status, body: isJson && text !== '' ? JSON.parse(text) : text, headers: answer.headers }
  }
  return {
    ...who,
    address,
    raw,
    get: (path, headers) => ask('GET', path, undefined, headers),
    post: (path, body = {}, headers) => ask('POST', path, body, headers),
    put: (path, body = {}, headers) => ask('PUT', path, body, headers),
    delete: (path, headers) => ask('DELETE', path, undefined, headers),
  }
}
