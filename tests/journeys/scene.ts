import { readFileSync } from 'node:fs'
import { expect } from 'vitest'
import { parse } from 'yaml'
import { eventually as inTime } from '../../shared/src/testing/eventually.ts'
import type { Answer, Client, Headed } from '../kit/client.ts'
import type { Collegium } from '../kit/collegium.ts'

/** A collegium in one of its two forms. `restart` ends a service's process without warning and starts it again; embedded, that is the one process. */
export type Stage = Collegium & { readonly form: 'embedded' | 'distributed'; readonly restart: (service: string) => Promise<void> }

/** What the steps of a journey hand on to each other. */
export type Scene = {
  readonly stage: Stage
  /** Somebody of the federation's people, or the operator, signed in once. */
  readonly as: (account: string) => Promise<Client>
  /** Ties the commands around the story's one activity together. */
  readonly correlation: string
  /** What a step made and later ones need. */
  readonly made: Record<string, string>
}

export const federation = readFileSync(new URL('./federation.yaml', import.meta.url), 'utf8')
export const yaml = { 'content-type': 'application/yaml' }

export const sceneOf = (stage: Stage): Scene => {
  const clients = new Map<string, Promise<Client>>()
  return {
    stage,
    as: (account) => {
      const known = clients.get(account) ?? stage.signIn(account)
      clients.set(account, known)
      return known
    },
    correlation: `tea-festival-${Date.now()}`,
    made: {},
  }
}

/** What a step before has made; without it this step cannot be. */
export const madeIn = ({ made }: Scene, name: string): string => {
  const id = made[name]
  if (id === undefined) throw new Error(`An earlier step should have made the ${name}`)
  return id
}

/** An account for each of a file's people, under the person's id. */
export const openAccounts = async ({ stage, as }: Scene, file = federation): Promise<void> => {
  const operator = await as('operator')
  const { people } = parse(file) as { people: { id: string; campus: string }[] }
  for (let at = 0; at < people.length; at += 8)
    await Promise.all(
      people
        .slice(at, at + 8)
        .map(async ({ id, campus }) => ok(await insist(() => operator.post('/accounts', { account: id, person: id, home: campus, password: stage.password })))),
    )
}

/** The body of an answer that said yes. */
export const ok = ({ status, body }: Answer): any => {
  expect(status, JSON.stringify(body)).toBeOneOf([200, 201])
  return body
}

/** Expects a refusal by its status and code, and returns it. */
export const refused = ({ status, body }: Answer, expected: number, code: string): any => {
  expect([status, body.code], JSON.stringify(body)).toEqual([expected, code])
  return body
}

const hourMs = 3_600_000
export const inHours = (hours: number): string => new Date(Date.now() + hours * hourMs).toISOString()
/** Counted back from one moment for a whole run: what happened on which past day stays so, also for who asks after midnight. */
const began = Date.now()
export const daysAgo = (days: number): string => new Date(began - 24 * hourMs * days).toISOString()
/** The calendar day of a moment at the campuses. */
export const dayOf = (at: string): string => new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai', dateStyle: 'short' }).format(new Date(at))
export const today = (): string => dayOf(inHours(0))
/** The header that dates a command back. */
export const occurred = (at: string): Headed => ({ 'collegium-occurred': at })

/** Looks again until `check` throws no more; after `seconds` its last word counts. For effects that come by reactions, or from another process. */
export const eventually = <T>(look: () => Promise<T>, check: (seen: T) => void, seconds = 20): Promise<T> => inTime(look, check, seconds * 1_000)

/** Repeats a request, with the same idempotency key, while the service behind the door is away; any other answer counts. */
export const insist = async (send: () => Promise<Answer>, seconds = 60): Promise<Answer> => {
  for (const end = Date.now() + seconds * 1_000; ; await new Promise((resolve) => setTimeout(resolve, 200))) {
    const answer = await send().catch((error: unknown) => error as Error)
    if (!(answer instanceof Error) && ![502, 503, 504].includes(answer.status)) return answer
    if (Date.now() > end) throw answer instanceof Error ? answer : new Error(`Still ${answer.status} ${JSON.stringify(answer.body)}`)
  }
}

/** What happened to an aggregate, by type, oldest first. */
export const factsOf = async (client: Client, path: string): Promise<{ type: string; data: any; occurred: string; id: string }[]> =>
  ok(await client.get(`${path}/history`)).items
