import { Agent, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

/** The public door, as the sample's people use it: over kept connections, each command with a key of its own, so that it happens once. */

export type Done = { readonly id: string; readonly version: number; readonly position: string; readonly events: number }
export type Sending = {
  /** Stable words: the same command of an interrupted sample has the same key. */
  readonly key: string
  /** When it happened; what lies ahead of the clock happens now. */
  readonly at?: string
  readonly method?: 'POST' | 'PUT'
  /** Codes of refusals that are an answer too; the result is then null. */
  readonly unless?: readonly string[]
}
export type Session = {
  readonly account: string
  readonly person: string
  readonly send: (path: string, body: object, sending: Sending) => Promise<Done>
  /** As send, where a refusal named in `unless` gives null. */
  readonly try: (path: string, body: object, sending: Sending) => Promise<Done | null>
  /** The views have by then all that was sent so far. */
  readonly get: <T = any>(path: string) => Promise<T>
}
export type Door = {
  readonly signIn: (account: string, password: string) => Promise<Session>
  /** When all that is under way has been answered. */
  readonly close: () => Promise<void>
}

export class Refused extends Error {
  readonly code: string

  constructor(what: string, status: number, body: { code?: string; detail?: string; errors?: unknown }) {
    super(`${what}: ${status} ${body.code ?? ''} ${body.detail ?? ''} ${body.errors === undefined ? '' : JSON.stringify(body.errors).slice(0, 500)}`.trim())
    this.code = body.code ?? ''
  }
}

type Raw = { readonly status: number; readonly body: any; readonly cookies: readonly string[] }
const patienceMs = 60_000

/** `sent` is told of each command that was taken. */
export const openDoor = (address: string, connections: number, sent: () => void): Door => {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const base = new URL(address)
  const seen = new Map<string, number>()
  let isClosed = false
  const underWay = new Set<Promise<unknown>>()

  const once = (method: string, path: string, headers: Record<string, string>, body: string | undefined): Promise<Raw> =>
    new Promise((resolve, reject) => {
      const length = body === undefined ? {} : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) }
      const call = request(
        { agent, host: base.hostname, port: base.port, method, path: `/api/v1${path}`, headers: { 'sec-fetch-site': 'same-origin', ...headers, ...length } },
        (answer) => {
          let text = ''
          answer.setEncoding('utf8')
          answer.on('data', (chunk) => (text += chunk))
          answer.on('error', reject)
          answer.on('end', () =>
            resolve({
              status: answer.statusCode ?? 0,
              body: text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : text,
              cookies: (answer.headers['set-cookie'] ?? []).map((each) => each.split(';')[0] as string),
            }),
          )
        },
      )
      call.on('error', reject)
      call.end(body)
    })

  /** Whoever is told to come again does. */
  const ask = async (method: string, path: string, headers: Record<string, string>, body?: object): Promise<Raw> => {
    const text = body === undefined ? undefined : JSON.stringify(body)
    for (const end = Date.now() + patienceMs; ; await sleep(200)) {
      const asked = once(method, path, headers, text)
      const settled: Promise<unknown> = asked.catch(() => {}).then(() => underWay.delete(settled))
      underWay.add(settled)
      const answer = await asked
      if (![429, 503].includes(answer.status) || isClosed || Date.now() > end) return answer
    }
  }

  const noted = (done: Done): Done => {
    const [, place, position] = /^(.+)\/(\d+)$/.exec(done.position) ?? []
    if (place !== undefined) seen.set(place, Math.max(seen.get(place) ?? 0, Number(position)))
    sent()
    return done
  }

  const sessionOf = (account: string, person: string, cookie: string): Session => {
    const attempt: Session['try'] = async (path, body, { key, at, method = 'POST', unless = [] }) => {
      const dated: Record<string, string> = at !== undefined && Date.parse(at) < Date.now() ? { 'collegium-occurred': at } : {}
      const answer = await ask(method, path, { cookie, 'idempotency-key': key, ...dated }, body)
      if (answer.status < 300) return answer.body.position === undefined ? answer.body : noted(answer.body)
      if (unless.includes(answer.body.code)) return null
      throw new Refused(`${account}: ${method} ${path} (${key})`, answer.status, answer.body)
    }
    return {
      account,
      person,
      try: attempt,
      send: async (path, body, sending) => (await attempt(path, body, sending)) as Done,
      get: async (path) => {
        const service = services[/^\/([a-z-]+)/.exec(path)?.[1] ?? ''] ?? 'activities'
        const positions = [...seen].filter(([place, position]) => position > 0 && place.startsWith(`${service}/`)).map((each) => each.join('/'))
        const answer = await ask('GET', path, { cookie, ...(positions.length === 0 ? {} : { 'collegium-position': positions.join(',') }) })
        if (answer.status !== 200) throw new Refused(`${account}: GET ${path}`, answer.status, answer.body)
        return answer.body
      },
    }
  }

  return {
    signIn: async (account, password) => {
      const { status, body, cookies } = await ask('POST', '/session', {}, { account, password })
      if (status !== 201) throw new Refused(`${account} signs in`, status, body)
      return sessionOf(account, body.person, cookies.join('; '))
    },
    close: async () => {
      isClosed = true
      while (underWay.size > 0) await Promise.all(underWay)
      agent.destroy()
    },
  }
}

/** Whose views answer a path, where the service is not activities. */
const services: Readonly<Record<string, string>> = { surveys: 'feedback', documents: 'documents', appointments: 'membership', shifts: 'volunteers' }

/** Works on all entries, a number of them at a time. The first failure ends it. */
export const inParallel = async <T>(entries: Iterable<T>, together: number, work: (entry: T) => Promise<void>): Promise<void> => {
  const waiting = entries[Symbol.iterator]()
  let failed = false
  const worker = async (): Promise<void> => {
    for (let next = waiting.next(); !next.done && !failed; next = waiting.next())
      await work(next.value).catch((error: unknown) => {
        failed = true
        throw error
      })
  }
  await Promise.all(Array.from({ length: together }, worker))
}
