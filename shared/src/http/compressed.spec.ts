import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import Fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compressed } from './compressed.ts'

describe('Answers of a door', () => {
  let app: FastifyInstance
  const long = { items: Array.from({ length: 200 }, (_, index) => ({ id: `unit-${index}`, name: 'A department' })) }
  beforeAll(async () => {
    app = Fastify()
    await compressed(app)
    app.get('/long', async () => long)
    app.get('/short', async () => ({ ok: true }))
    app.get('/stream', async (_request, reply) => reply.type('application/x-ndjson').send(`${JSON.stringify(long)}\n`))
    app.get('/events', async (_request, reply) => reply.type('text/event-stream').send(`data: ${JSON.stringify(long)}\n\n`))
  })
  afterAll(() => app.close())
  const get = (url: string, encoding?: string) => app.inject({ url, ...(encoding ? { headers: { 'accept-encoding': encoding } } : {}) })

  it.each([
    ['br', brotliDecompressSync],
    ['gzip', gunzipSync],
  ] as const)('are packed as %s for whoever takes it, and are the same inside', async (encoding, unpack) => {
    const { headers, rawPayload } = await get('/long', encoding)
    expect(headers['content-encoding']).toBe(encoding)
    expect(headers.vary).toContain('accept-encoding')
    expect(rawPayload.length).toBeLessThan(JSON.stringify(long).length / 5)
    expect(JSON.parse(unpack(rawPayload).toString())).toEqual(long)
  })

  it('stay as they are where they are short, not asked for packed, or streams', async () => {
    for (const answer of [await get('/short', 'br'), await get('/long'), await get('/stream', 'br'), await get('/events', 'gzip')])
      expect(answer.headers['content-encoding']).toBeUndefined()
  })
})
