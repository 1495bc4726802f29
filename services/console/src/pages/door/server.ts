import type { DoorList, Scan } from './store.ts'
import { language } from './words.ts'

/** The server said no, in the reader's words. Status 0: nobody answered. */
export class Refused extends Error {
  readonly status: number
  readonly code: string

  constructor(status: number, code: string, message: string) {
    super(message)
    this.name = 'Refused'
    this.status = status
    this.code = code
  }
}

const patienceMs = 5_000

const ask = async <Answer>(path: string, body?: unknown, key?: string): Promise<Answer> => {
  const init: RequestInit = {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      accept: 'application/json',
      'accept-language': language,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(key === undefined ? {} : { 'idempotency-key': key }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(patienceMs),
  }
  const answer = await fetch(`/api/v1${path}`, init).catch(() => null)
  if (answer === null) throw new Refused(0, 'unreachable', '')
  const told = await answer.json().catch(() => ({}))
  if (!answer.ok) throw new Refused(answer.status, told.code ?? 'unexpected', told.detail ?? told.title ?? '')
  return told as Answer
}

const inPath = encodeURIComponent

/** Who is signed in; null when nobody is. */
export const whoAmI = async (): Promise<string | null> => {
  try {
    return (await ask<{ person: string | null }>('/session')).person
  } catch (error) {
    if (error instanceof Refused && error.status === 401) return null
    throw error
  }
}

export const registerKey = async (activity: string, key: string): Promise<string> => (await ask<{ id: string }>('/door-keys', { activity, key })).id

export const doorList = (activity: string): Promise<DoorList> => ask(`/activities/${inPath(activity)}/door`)

/** Says of somebody that they are here, now. True = they were not before. */
export const scanNow = async ({ activity, person, id }: Scan): Promise<boolean> =>
  (await ask<{ events: number }>('/attendances/scans', { activity, person }, id)).events > 0

type Judged = { readonly scan: string; readonly outcome: 'counted' | 'known' | 'refused' | 'later'; readonly detail: string | null }

/** Brings what was signed without a network; each is answered by itself. */
export const sendScans = async (activity: string, key: string, scans: readonly Scan[]): Promise<readonly Judged[]> => {
  const body = { activity, key, scans: scans.map(({ id, person, at, signature }) => ({ scan: id, person, at, signature })) }
  return (await ask<{ items: Judged[] }>('/attendances/offline-scans/batches', body)).items
}

export type Code = { readonly code: string; readonly payload: string; readonly validUntil: string }
export const codeNow = (activity: string): Promise<Code> => ask(`/activities/${inPath(activity)}/code`)
