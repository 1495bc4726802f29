import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'

/** Below those that systems give to outgoing connections: one of these would take a port between its choice and its use. */
const [lowest, beyond] = [10_000, 32_000]

type Held = { readonly port: number; readonly release: () => Promise<void> }

const hold = (port: number): Promise<Held | null> =>
  new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(null))
    server.listen(port, '127.0.0.1', () => resolve({ port, release: () => new Promise((done) => server.close(() => done())) }))
  })

const one = async (): Promise<Held> => {
  for (let tries = 0; tries < 100; tries++) {
    const held = await hold(randomInt(lowest, beyond))
    if (held !== null) return held
  }
  throw new Error(`No port between ${lowest} and ${beyond} is free`)
}

/** Ports of the loopback address that are free now and all different; another process may still take one before it is used. */
export const freePorts = async (count: number): Promise<number[]> => {
  const held = await Promise.all(Array.from({ length: count }, one))
  await Promise.all(held.map(({ release }) => release()))
  return held.map(({ port }) => port)
}

export const freePort = async (): Promise<number> => (await freePorts(1))[0] as number
