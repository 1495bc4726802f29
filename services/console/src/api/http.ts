import { Problem, problemOf } from './problem.ts'

const prefix = '/api/v1'

let onSignedOut = (): void => {}
/** Who wants to know when a session has lapsed. */
export const whenSignedOut = (listener: () => void): void => {
  onSignedOut = listener
}

type Options = { readonly method?: 'GET' | 'POST' | 'DELETE'; readonly body?: unknown; readonly signal?: AbortSignal; readonly quiet?: boolean }

/** Asks the API in the reader's language. Throws a `Problem`; a lapsed session is told to the listener as well, unless `quiet`. */
export const ask = async <Answer>(path: string, { method = 'GET', body, signal, quiet = false }: Options = {}): Promise<Answer> => {
  const response = await reach(path.startsWith('/api/') ? path : `${prefix}${path}`, {
    method,
    headers: {
      accept: 'application/json',
      'accept-language': document.documentElement.lang,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  })
  if (!response.ok) {
    const problem = await problemOf(response)
    if (problem.code === 'signed-out' && !quiet) onSignedOut()
    throw problem
  }
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
export const queryOf = (asked: Readonly<Record<string, string | number | null | undefined>>): string => {
  const set = Object.entries(asked).filter(([, value]) => value !== undefined && value !== null && value !== '')
  return set.length === 0 ? '' : `?${new URLSearchParams(set.map(([name, value]) => [name, String(value)]))}`
}

export type Listed<Item> = { readonly items: readonly Item[]; readonly nextCursor: string | null }
