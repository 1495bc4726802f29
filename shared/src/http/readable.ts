import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { languageOf, problemOf } from '../problem.ts'
import { refuse } from '../refusals.ts'

/** U+0000, which Postgres keeps nowhere, and halves of pairs, which no two programs write alike: neither is a text. */
export const isText = (text: string): boolean => !text.includes('\0') && text.isWellFormed()

/** Is every text in a value read from JSON a text, keys too? However deep it nests. */
export const holdsOnlyText = (value: unknown): boolean => {
  const open: unknown[] = [value]
  while (open.length > 0) {
    const each = open.pop()
    if (typeof each === 'string') {
      if (!isText(each)) return false
    } else if (Array.isArray(each)) {
      for (const item of each) open.push(item)
    } else if (each !== null && typeof each === 'object') {
      for (const [key, item] of Object.entries(each)) {
        if (!isText(key)) return false
        open.push(item)
      }
    }
  }
  return true
}

/** Refuses what holds texts that cannot be kept, before anything else looks at it: stored, it would stop every view that comes upon it. */
export const demandText = (app: FastifyInstance): void => {
  app.addHook('preValidation', async ({ body, query, params }) => {
    // A body that is not read here is somebody else's to look at.
    const isStream = typeof (body as { pipe?: unknown } | null | undefined)?.pipe === 'function'
    if (!holdsOnlyText([isStream ? null : body, query, params])) throw refuse('broken-text')
  })
}

/** `Collegium-Reason` as it was meant, null where none came. Throws 400 for what is not percent-encoded text. */
export const reasonIn = (request: FastifyRequest): string | null => {
  const header = request.headers['collegium-reason']
  if (typeof header !== 'string') return null
  try {
    const reason = decodeURIComponent(header)
    if (isText(reason)) return reason
  } catch {
    // Told below.
  }
  throw refuse('bad-request', { why: 'Collegium-Reason is not percent-encoded' })
}

/** Fastify's `frameworkErrors`: an address that cannot be decoded reaches no route, and is a problem all the same. */
export const unreadableAddress = (error: unknown, request: FastifyRequest, reply: FastifyReply): void => {
  const problem = problemOf(error, { language: languageOf(request.headers['accept-language']), instance: request.url, traceId: String(request.id) })
  void reply.status(problem.status).type('application/problem+json').send(JSON.stringify(problem))
}
