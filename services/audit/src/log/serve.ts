import { join } from 'node:path'
import { utf8 } from '@collegium/shared/evidence/bytes.ts'
import { decodeBundle, encodeBundle, parseTilePath, type Tile, tilePath, tileWidth } from '@collegium/shared/evidence/tiles.ts'
import { refuse } from '@collegium/shared/refusals.ts'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { filesIn } from './files.ts'
import type { LogState } from './state.ts'

const hashSize = 32
const forGood = 'public, max-age=31536000, immutable'
/** What is partial is replaced soon, and a checkpoint within the second. */
const shortly = 'public, max-age=60'
const atOnce = 'public, max-age=1'

/** The logs' public files under /audit/, for anybody, from any page, to keep: any web client may mirror them. */
export const serveLogs = (app: FastifyInstance, logs: () => { readonly folder: string; readonly states: () => readonly LogState[] }): void => {
  const send = (reply: FastifyReply, bytes: Uint8Array, type: string, caching: string): FastifyReply =>
    reply.headers({ 'cache-control': caching, 'access-control-allow-origin': '*' }).type(type).send(Buffer.from(bytes))

  app.get('/audit/*', { schema: { hide: true }, config: { permission: 'public' } }, async (request, reply) => {
    const path = (request.params as { '*': string })['*']
    const { folder, states } = logs()
    const files = filesIn(folder)
    if (path === 'state.json') return send(reply, utf8(JSON.stringify({ logs: states().map(told) })), 'application/json', atOnce)
    const text = /^(?:policy|[a-z]+\/checkpoint(?:\.pending)?)$/.test(path) ? await files.read(path) : null
    if (text !== null) return send(reply, text, 'text/plain; charset=utf-8', atOnce)
    if (path === 'keys.json') return send(reply, (await files.read(path)) ?? new Uint8Array(0), 'application/json', atOnce)
    const [, log, below] = /^([a-z]+)\/(tile\/.+)$/.exec(path) ?? []
    const tile = below === undefined ? null : parseTilePath(below)
    const bytes = tile === null ? null : await tileIn(join(folder, log as string), tile)
    if (tile === null || bytes === null) throw refuse('unknown-path', { path: request.url })
    return send(reply, bytes, 'application/octet-stream', tile.width === tileWidth ? forGood : shortly)
  })
}

/** How a log is, as anybody may know it. */
const told = ({ origin, size, cosigned, trouble, stopped, waitingSeconds }: LogState) => ({
  origin,
  size,
  cosigned: Math.max(0, cosigned),
  trouble,
  stopped,
  waitingSeconds,
})

/** A tile; of a partial one that has become full since, the beginning. */
const tileIn = async (folder: string, tile: Tile): Promise<Uint8Array | null> => {
  const files = filesIn(folder)
  const exact = await files.read(tilePath(tile))
  if (exact !== null || tile.width === tileWidth) return exact
  const full = await files.read(tilePath({ ...tile, width: tileWidth }))
  if (full === null) return null
  return tile.level === 'entries' ? encodeBundle(decodeBundle(full, tileWidth).slice(0, tile.width)) : full.subarray(0, tile.width * hashSize)
}
