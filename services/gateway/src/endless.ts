import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Principal, Principals } from './principal.ts'

/** How long after a session or token has run out, or after an ending that nobody told, a stream may still be open. */
const lookMs = 15_000

/**
 * Streams that never end by themselves. They end when the gateway closes, for which it would wait for ever without this, and when what let
 * their reader in has ended: a sign-out, a revoked token, a closed account, or time.
 */
export const endless = (app: FastifyInstance, principals: Principals): { watch: (reply: FastifyReply, principal: Principal | null) => void } => {
  const open = new Map<FastifyReply, Principal | null>()
  const isStream = ({ raw }: FastifyReply): boolean => /event-stream|ndjson/.test(String(raw.getHeader('content-type') ?? ''))
  const look = async (account: string | null): Promise<void> => {
    const readers = [...open].filter(([reply, principal]) => principal !== null && (account === null || principal.account === account) && isStream(reply))
    // One question for each credential, however many pages it has open.
    const byHash = Map.groupBy(readers as [FastifyReply, Principal][], ([, { by, hash }]) => `${by} ${hash.toString('hex')}`)
    for (const streams of byHash.values()) {
      const [first] = streams
      // What the database does not answer is asked again; a stream is no reason to fail.
      if (first && !(await principals.stands(first[1]).catch(() => true))) for (const [{ raw }] of streams) raw.destroy()
    }
  }
  principals.onEnded((account) => void look(account))
  const timer = setInterval(() => void look(null), lookMs).unref()
  app.addHook('preClose', async () => {
    clearInterval(timer)
    for (const reply of open.keys()) if (isStream(reply)) reply.raw.destroy()
  })
  return {
    watch: (reply, principal) => {
      open.set(reply, principal)
      reply.raw.once('close', () => open.delete(reply))
    },
  }
}
