import { randomUUID } from 'node:crypto'
import { wire } from './wire.ts'

export type System = { readonly address: string; readonly cookie: string }

export type Sent = {
  readonly kind: 'command' | 'read' | 'first'
  /** ms since the load began, and until the answer. */
  readonly at: number
  readonly took: number
  /** 0 = no answer at all. */
  readonly status: number
  readonly retryAfter: number | null
}

/** One command in three requests, reads otherwise: an afternoon on which everybody looks and many do something. */
const mix: readonly ('command' | 'read')[] = ['command', 'read', 'read']

/** Fewer than a listener's backlog, more than are ever let in. */
export const connections = 500

export const loader = ({ address, cookie }: System) => {
  const line = wire(address, connections)
  const began = performance.now()
  const headers = `cookie: ${cookie}\r\nsec-fetch-site: same-origin\r\n`
  const shots = {
    command: () => {
      const body = JSON.stringify({ ...duty, title: `Duty ${randomUUID()}` })
      return line.send('POST', '/api/v1/duties', `${headers}content-type: application/json\r\nidempotency-key: ${randomUUID()}\r\n`, body)
    },
    read: () => line.send('GET', '/api/v1/duties?limit=20', headers, ''),
    first: () => line.send('GET', '/api/v1/session', headers, ''),
  }
  const once = (kind: Sent['kind']): Promise<Sent> | null => {
    const sent = performance.now()
    return shots[kind]()?.then((reply) => ({ kind, at: sent - began, took: performance.now() - sent, ...reply })) ?? null
  }

  return {
    /** So many callers, each asking again as soon as it was answered. */
    closed: async (callers: number, ms: number): Promise<Sent[]> => {
      const all: Sent[] = []
      const until = performance.now() + ms
      await Promise.all(
        Array.from({ length: callers }, async (_, caller) => {
          for (let count = caller; performance.now() < until; count++) {
            const sent = await once(mix[count % mix.length] as Sent['kind'])
            if (sent !== null) all.push(sent)
          }
        }),
      )
      return all
    },
    /**
     * So many requests a second whatever the answers take, and sign-ins' kind beside them, twenty a second. What finds no free connection is not
     * sent, as from a proxy that is full.
     */
    open: async (perSecond: number, ms: number): Promise<Sent[]> => {
      const all: Promise<Sent>[] = []
      const shoot = (kind: Sent['kind']): void => {
        const sent = once(kind)
        if (sent !== null) all.push(sent)
      }
      const start = performance.now()
      let firsts = 0
      for (let count = 0; performance.now() - start < ms; ) {
        const passed = performance.now() - start
        for (; count < (passed * perSecond) / 1_000; count++) shoot(mix[count % mix.length] as Sent['kind'])
        for (; firsts < passed / 50; firsts++) shoot('first')
        await new Promise((resolve) => setTimeout(resolve, 2))
      }
      return Promise.all(all)
    },
    close: line.close,
  }
}

const duty = { unit: 'pps-su', owner: 'p-load', due: '2027-01-10T08:00:00.000Z' }
