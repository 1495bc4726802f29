import { takeAhead } from './ahead.ts'
import { positionsFor } from './positions.ts'
import { Problem, problemOf } from './problem.ts'

const prefix = '/api/v1'

type LetIn = () => Promise<boolean>
let letInAgain: LetIn = async () => false
/** Who is asked when a session has lapsed. True = the same person signed in again, and what was asked for is asked for once more. */
export const whenSignedOut = (ask: LetIn): void => {
  letInAgain = ask
}

type Options = {
  readonly method?: string
  readonly body?: unknown
  /** A file instead of a body, as it is. */
  readonly file?: { readonly type: string; readonly text: string }
  readonly headers?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal | undefined
  /** A lapsed session is only told, as where one signs in. */
  readonly quiet?: boolean
}

/**
 * Asks the API in the reader's language; a read waits for what this page has commanded. Throws a `Problem`. Where the session has lapsed, the
 * person is asked to sign in, and then it goes on.
 */
export const ask = async <Answer>(path: string, options: Options = {}): Promise<Answer> => {
  const { method = 'GET', body, file, headers, signal, quiet = false } = options
  const awaiting = method === 'GET' ? positionsFor(path) : null
  const url = path.startsWith('/api/') ? path : `${prefix}${path}`
  const language = document.documentElement.lang
  const early = method === 'GET' && awaiting === null ? await takeAhead(url, language) : null
  const asking = {
    method,
    headers: {
      accept: 'application/json',
      'accept-language': language,
      ...(file ? { 'content-type': file.type } : body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(awaiting === null ? {} : { 'collegium-position': awaiting.header }),
      ...headers,
    },
    ...(file ? { body: file.text } : body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  }
  const response = early ?? (await reach(url, asking))
  if (!response.ok) {
    const problem = await problemOf(response, language)
    if (problem.code === 'signed-out' && !quiet && (await letInAgain())) return ask(path, { ...options, quiet: true })
    throw problem
  }
  awaiting?.seen()
  return (response.status === 204 ? null : await response.json()) as Answer
}

const reach = async (url: string, init: RequestInit): Promise<Response> => {
  try {
    return await fetch(url, init)
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new Problem({ status: 0, code: 'unreachable' })
  }
}

/** `?a=1&b=2` of what is set; empty when nothing is. */
export const queryOf = (asked: Readonly<Record<string, unknown>>): string => {
  const set = Object.entries(asked).filter(([, value]) => value !== undefined && value !== null && value !== '')
  return set.length === 0 ? '' : `?${new URLSearchParams(set.map(([name, value]) => [name, String(value)]))}`
}

/** `/activities/{id}` with its blanks filled. */
export const filled = (path: string, blanks: Readonly<Record<string, unknown>> = {}): string =>
  path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(blanks[name])))
