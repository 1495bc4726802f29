import { refuse } from '@collegium/shared/refusals.ts'
import Fastify from 'fastify'
import { expect, it } from 'vitest'
import { stream } from './live.ts'

it('shows a picture after each change, and ends when the reader may not look any more', async () => {
  let pictures = 0
  let changed = (): void => {}
  let isAllowed = true
  const app = Fastify()
  app.get('/', (_request, reply) => {
    stream(
      reply,
      async () => {
        if (!isAllowed) throw refuse('forbidden', { permission: 'dashboards:read', unit: 'pps', posts: 'head' })
        pictures += 1
        return { pictures }
      },
      (listener) => {
        changed = listener
        return () => {}
      },
    )
  })
  const answer = await fetch(await app.listen({ port: 0, host: '127.0.0.1' }))
  const reader = (answer.body as ReadableStream<Uint8Array>).pipeThrough(new TextDecoderStream()).getReader()
  expect((await reader.read()).value).toBe('data: {"pictures":1}\n\n')
  changed()
  expect((await reader.read()).value).toBe('data: {"pictures":2}\n\n')
  isAllowed = false
  changed()
  expect(await reader.read()).toMatchObject({ done: true })
  expect(pictures).toBe(2)
  await app.close()
})
