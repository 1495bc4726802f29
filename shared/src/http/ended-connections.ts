import type { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'

const againMs = 50

/**
 * When the app closes, ends each connection as soon as nobody waits on it. Node ends those that are idle at that moment, and leaves two
 * kinds that would hold the close for a minute: those on which nobody has asked anything yet (browsers and pools open some ahead), and those
 * whose answer was still on its way.
 */
export const endConnectionsOnClose = (app: FastifyInstance): void => {
  const open = new Set<Socket>()
  let timer: NodeJS.Timeout | undefined
  app.server.on('connection', (socket: Socket) => {
    open.add(socket)
    socket.once('close', () => open.delete(socket))
  })
  app.addHook('preClose', async () => {
    for (const socket of open) if (socket.bytesRead === 0) socket.destroy()
    timer = setInterval(() => app.server.closeIdleConnections(), againMs).unref()
  })
  app.addHook('onClose', async () => clearInterval(timer))
}
