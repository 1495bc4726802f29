import Fastify from 'fastify'
import { afterEach, expect, it } from 'vitest'
import { waitForDirectory } from './known-directory.ts'

const opened: { readonly close: () => Promise<unknown> }[] = []
afterEach(async () => {
  for (const app of opened.splice(0)) await app.close()
})

/** An app that does not know the organization until `known` is called. */
const started = (patienceMs?: number) => {
  const { promise, resolve: known } = Promise.withResolvers<void>()
  const app = Fastify()
  opened.push(app)
  waitForDirectory(app, promise, patienceMs)
  app.get('/duties', { config: { permission: 'duties:read' } }, async () => ({ items: [1] }))
  app.get('/livez', { config: { permission: 'public' } }, async () => ({ live: true }))
  return { app, known }
}

it('who asks a process that has just started waits until the organization is known, but for what needs none', async () => {
  const { app, known } = started()
  let isAnswered = false
  const asked = app.inject('/duties').then((answer) => {
    isAnswered = true
    return answer
  })
  expect((await app.inject('/livez')).statusCode).toBe(200)
  expect(isAnswered).toBe(false)
  known()
  expect((await asked).json()).toEqual({ items: [1] })
  expect((await app.inject('/duties')).statusCode).toBe(200)
})

it('is told to come again when that takes long', async () => {
  const { app } = started(50)
  expect((await app.inject('/duties')).json()).toMatchObject({ code: 'upstream-down' })
})
