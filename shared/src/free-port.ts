import { createServer } from 'node:net'

const one = () =>
  new Promise<{ port: number; release: () => Promise<void> }>((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      resolve({ port, release: () => new Promise((done) => server.close(() => done())) })
    })
  })

/** Ports of the loopback address that are free now and all different; another process may still take one before it is used. */
export const freePorts = async (count: number): Promise<number[]> => {
  const held = await Promise.all(Array.from({ length: count }, one))
  await Promise.all(held.map(({ release }) => release()))
  return held.map(({ port }) => port)
}

export const freePort = async (): Promise<number> => (await freePorts(1))[0] as number
