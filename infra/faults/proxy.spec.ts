import { connect, createServer, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type LineProxy, openProxy } from './proxy.ts'

const echo = createServer((socket) => void socket.on('error', () => {}).pipe(socket))
let proxy: LineProxy
beforeEach(async () => {
  if (!echo.listening) await new Promise<void>((resolve) => echo.listen(0, '127.0.0.1', resolve))
  proxy = await openProxy(`127.0.0.1:${(echo.address() as { port: number }).port}`)
})
afterEach(() => proxy.close())

const dial = async (): Promise<Socket> => {
  const [host, port] = proxy.address.split(':') as [string, string]
  const socket = connect(Number(port), host).on('error', () => {})
  await new Promise<void>((resolve) => socket.once('connect', () => resolve()).once('close', () => resolve()))
  return socket
}
const answer = (socket: Socket, text: string, ms = 1_000): Promise<string | null> =>
  new Promise((resolve) => {
    socket.once('data', (chunk) => resolve(String(chunk))).once('close', () => resolve('closed'))
    void sleep(ms).then(() => resolve(null))
    if (socket.destroyed) resolve('closed')
    else socket.write(text)
  })

it('an open way passes bytes, a slow one later', async () => {
  const socket = await dial()
  expect(await answer(socket, 'one')).toBe('one')
  proxy.set({ kind: 'slow', ms: 150 })
  const began = performance.now()
  expect(await answer(socket, 'two')).toBe('two')
  expect(performance.now() - began).toBeGreaterThan(290)
})

it('a cut resets what is open and refuses what is new, until it is healed', async () => {
  const socket = await dial()
  expect(await answer(socket, 'one')).toBe('one')
  proxy.set({ kind: 'cut' })
  expect(await answer(socket, 'two')).toBe('closed')
  expect(await answer(await dial(), 'three')).toBe('closed')
  proxy.set({ kind: 'open' })
  expect(await answer(await dial(), 'four')).toBe('four')
})

it('on a dead way nobody hears anything, also afterwards; only what is dialled anew passes', async () => {
  const socket = await dial()
  expect(await answer(socket, 'one')).toBe('one')
  proxy.set({ kind: 'dead' })
  const meanwhile = await dial()
  expect(await answer(socket, 'two', 200)).toBeNull()
  proxy.set({ kind: 'open' })
  expect(await answer(socket, 'three', 200)).toBeNull()
  expect(await answer(meanwhile, 'four', 200)).toBeNull()
  expect(await answer(await dial(), 'five')).toBe('five')
})
