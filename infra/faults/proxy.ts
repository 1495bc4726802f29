import { connect, createServer, type Socket } from 'node:net'
import { Transform } from 'node:stream'

/**
 * `open`: bytes pass. `slow`: each chunk later by so many milliseconds. `cut`: what is open is reset, what is new is refused. `dead`: nothing passes
 * and nobody is told, and a connection that was there meanwhile stays so for good, as when a firewall forgets it.
 */
export type Way = { readonly kind: 'open' } | { readonly kind: 'slow'; readonly ms: number } | { readonly kind: 'cut' } | { readonly kind: 'dead' }

/** A listener in front of one server, for everybody who was told its address. */
export type LineProxy = {
  /** host:port that clients are told. */
  readonly address: string
  readonly connections: () => number
  readonly set: (way: Way) => void
  readonly close: () => Promise<void>
}

/** So long a server keeps what belonged to a client that it does not hear any more. */
const forgottenMs = 30_000

type Pair = { readonly near: Socket; readonly far: Socket | null; isDead: boolean }

/** Stands before `target` (host:port). */
export const openProxy = async (target: string): Promise<LineProxy> => {
  const [host, port] = target.split(':') as [string, string]
  const pairs = new Set<Pair>()
  let way: Way = { kind: 'open' }

  /** Keeps the order; what waits when the pair dies waits for ever. */
  const passing = (pair: () => Pair): Transform =>
    new Transform({
      transform: (chunk, _encoding, done) => {
        const pass = (): void => {
          if (!pair().isDead) done(null, chunk)
        }
        if (way.kind === 'slow') setTimeout(pass, way.ms)
        else pass()
      },
    })
  const end = (pair: Pair): void => {
    pairs.delete(pair)
    pair.near.resetAndDestroy()
    pair.far?.resetAndDestroy()
  }
  const join = (near: Socket): void => {
    near.on('error', () => {})
    if (way.kind === 'cut') return void near.resetAndDestroy()
    if (way.kind === 'dead') {
      const pair: Pair = { near: near.resume(), far: null, isDead: true }
      pairs.add(pair)
      near.once('close', () => pairs.delete(pair))
      return
    }
    const far = connect(Number(port), host).on('error', () => {})
    const pair: Pair = { near, far, isDead: false }
    pairs.add(pair)
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      one.setNoDelay(true)
      one.pipe(passing(() => pair)).pipe(other)
      // A dead way does not tell one side that the other has gone either.
      one.once('close', () => {
        if (!pair.isDead) end(pair)
        else setTimeout(() => end(pair), forgottenMs).unref()
      })
    }
  }

  const server = createServer({ allowHalfOpen: false }, join)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const at = server.address() as { port: number }
  return {
    address: `127.0.0.1:${at.port}`,
    connections: () => pairs.size,
    set: (next) => {
      way = next
      if (next.kind === 'cut') for (const pair of [...pairs]) end(pair)
      if (next.kind === 'dead') for (const pair of pairs) pair.isDead = true
    },
    close: async () => {
      for (const pair of [...pairs]) end(pair)
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

/** Proxies by what they stand before; to be given to a system as its `through`. */
export const openProxies = () => {
  const proxies = new Map<string, LineProxy>()
  const opening = new Map<string, Promise<LineProxy>>()
  return {
    through: async (what: string, address: string): Promise<string> => {
      const key = `${what} ${address}`
      if (!opening.has(key)) opening.set(key, openProxy(address))
      const proxy = (await opening.get(key)) as LineProxy
      proxies.set(key, proxy)
      return proxy.address
    },
    /** All that stand before `what`: a service has two, for HTTP and gRPC. */
    before: (what: string): LineProxy[] => [...proxies].filter(([key]) => key.startsWith(`${what} `)).map(([, proxy]) => proxy),
    close: async (): Promise<void> => void (await Promise.all([...proxies.values()].map((proxy) => proxy.close()))),
  }
}

export type Proxies = ReturnType<typeof openProxies>
