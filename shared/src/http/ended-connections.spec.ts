import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import Fastify from 'fastify'
import { expect, it } from 'vitest'
import { endConnectionsOnClose } from './ended-connections.ts'

it('an app closes at once although somebody has connected and asked nothing; who waits for an answer still gets it', async () => {
  const app = Fastify({ forceCloseConnections: 'idle' })
  endConnectionsOnClose(app)
  const entered = Promise.withResolvers<void>()
  app.get('/slow', async () => {
    entered.resolve()
    await new Promise((resolve) => setTimeout(resolve, 300))
    return 'here'
  })
  const address = await app.listen({ port: 0, host: '127.0.0.1' })
  const silent = connect((app.server.address() as AddressInfo).port, '127.0.0.1')
  await once(silent, 'connect')
  const asked = fetch(`${address}/slow`).then((answer) => answer.text())
  await entered.promise

  const began = performance.now()
  const ended = once(silent, 'close')
  await app.close()
  expect(performance.now() - began).toBeLessThan(3_000)
  expect(await asked).toBe('here')
  await ended
})
