import { setTimeout as sleep } from 'node:timers/promises'
import type { Client } from '../../tests/kit/client.ts'
import { randomFrom, seedOf } from '../sample/random.ts'
import { draw } from './commands.ts'
import type { Entry, Journal } from './journal.ts'

/** How long a client listens for one answer. */
const listensMs = 12_000
/** A client that insists repeats under the same key until it is told yes or no, but not for ever. */
const insistsMs = 60_000

/** Yes; no; or an answer that leaves it open: somebody on the way was down, in a hurry or full. */
const meaning = (status: number | null): Entry['answer'] => {
  if (status === 200 || status === 201) return 'acknowledged'
  return status !== null && status >= 400 && status < 500 && ![401, 408, 429].includes(status) ? 'refused' : 'unknown'
}

const attempt = async (client: Client, entry: Entry, headers: Readonly<Record<string, string>>): Promise<void> => {
  const at = new Date()
  let [status, text]: [number | null, string] = [null, '']
  try {
    const answer = await client.raw(`/api/v1${entry.path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': entry.key, ...headers },
      body: JSON.stringify(entry.body),
      signal: AbortSignal.timeout(listensMs),
    })
    text = await answer.text()
    status = answer.status
  } catch {
    // The connection ended, or nobody answered in time.
    status = null
  }
  const body = text.startsWith('{') ? JSON.parse(text) : {}
  entry.attempts.push({ at: at.toISOString(), tookMs: Date.now() - at.getTime(), status, code: body.code ?? null })
  entry.answer = meaning(status)
  if (entry.answer !== 'acknowledged') return
  entry.id = body.id
  entry.position = body.position
}

/** So many clients that send one command after the other until they are stopped. What they send is drawn from the seed; when, is not. */
export const startClients = (given: {
  readonly journal: Journal
  readonly as: ReadonlyMap<string, Client>
  readonly seed: number
  readonly count: number
  /** Milliseconds between two commands of a client. */
  readonly pauseMs: number
}) => {
  const { journal, seed } = given
  let isOpen = true

  const run = async (number: number): Promise<void> => {
    const random = randomFrom(seedOf('client', String(seed), String(number)))
    for (let count = 1; isOpen; count++) {
      const mark = `s${seed}-c${number}-${count}`
      const { headers = {}, ...draft } = draw(mark, journal.entries, random)
      const entry = journal.open({ ...draft, key: mark })
      // Every third gives up after the first try, and will never know.
      const until = random.below(3) === 0 ? 0 : Date.now() + insistsMs
      do {
        if (entry.attempts.length > 0) await sleep(200)
        await attempt(given.as.get(entry.person) as Client, entry, headers)
      } while (entry.answer === 'unknown' && Date.now() < until)
      journal.close(entry)
      await sleep(given.pauseMs * (0.5 + random.share()))
    }
  }

  const all = Promise.all(Array.from({ length: given.count }, (_, number) => run(number)))
  return {
    /** Resolves when every command that was sent has its answer, or nobody waits for it. */
    stop: async (): Promise<void> => {
      isOpen = false
      await all
    },
  }
}
