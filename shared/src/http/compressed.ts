import { constants } from 'node:zlib'
import compress from '@fastify/compress'
import type { FastifyInstance } from 'fastify'

/** Below this an answer fits in a packet or two, and packing it costs more than it saves. */
const threshold = 1_400

/** Packs answers for whoever takes them packed: a phone on a slow line waits for bytes. Streams (events, NDJSON) go out as they are. */
export const compressed = async (app: FastifyInstance): Promise<void> => {
  await app.register(compress, {
    threshold,
    encodings: ['br', 'gzip'],
    customTypes: /^application\/(problem\+)?json\b/,
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 4, [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT } },
    zlibOptions: { level: 5 },
    globalDecompression: false,
  })
}
