import { Ajv } from 'ajv'
import Fastify from 'fastify'
import Type from 'typebox'
import { describe, expect, it } from 'vitest'
import { languageOf, problemOf } from './problem.ts'
import { refuse } from './refusals.ts'
import { rejections } from './rejection.ts'

const asked = { language: 'en', instance: '/api/v1/x', traceId: 't' } as const

/** A real Fastify that answers with problems: what it refuses by itself is part of the contract. */
const door = () => {
  const app = Fastify({ bodyLimit: 200 })
  const ajv = new Ajv({ allErrors: true, verbose: true, strict: false })
  app.setValidatorCompiler(({ schema }) => ajv.compile(schema as object))
  app.setErrorHandler((error, request, reply) => {
    const problem = problemOf(error, { language: languageOf(request.headers['accept-language']), instance: request.url, traceId: 't' })
    return reply.status(problem.status).send(problem)
  })
  const body = Type.Object(
    { title: Type.String({ minLength: 3 }), kind: Type.Enum(['open', 'closed']), password: Type.Optional(Type.String({ minLength: 10, secret: true })) },
    { additionalProperties: false },
  )
  app.post('/things', { schema: { body } }, async () => ({}))
  app.post('/broken', async () => {
    throw new Error('the password of the database is hunter2')
  })
  return app
}
const post = async (payload: string, headers: Record<string, string> = {}, url = '/things') => {
  const answer = await door().inject({ method: 'POST', url, payload, headers: { 'content-type': 'application/json', ...headers } })
  return answer.json()
}

describe('problem details', () => {
  it('tell a rejection with its code, its words in the reader’s language, and its parameters', () => {
    const reject = rejections({ 'activity-full': { status: 409, en: 'All {capacity} places are taken.', zh: '{capacity} 个名额已满。' } })
    const error = reject('activity-full', { capacity: 30 })
    expect(problemOf(error, asked)).toEqual({
      type: 'urn:collegium:problem:activity-full',
      title: 'Against a rule',
      status: 409,
      detail: 'All 30 places are taken.',
      code: 'activity-full',
      instance: '/api/v1/x',
      traceId: 't',
      params: { capacity: 30 },
    })
    expect(problemOf(error, { ...asked, language: 'zh' })).toMatchObject({ title: '与规则冲突', detail: '30 个名额已满。' })
  })

  it('say that the database is away, however its driver puts it, and that the same request may come again', () => {
    const told = (message: string, more: object = {}) => problemOf(Object.assign(new Error(message), more), asked)
    for (const problem of [
      told('terminating connection due to administrator command', { code: '57P01' }),
      told('the database system is starting up', { code: '57P03' }),
      told('connect ECONNREFUSED 127.0.0.1:5432', { code: 'ECONNREFUSED' }),
      told('Connection terminated unexpectedly'),
      problemOf(new Error('The database did not answer for 10 s', { cause: new Error('Connection terminated unexpectedly') }), asked),
    ])
      expect(problem).toMatchObject({ status: 503, code: 'unavailable', detail: expect.stringContaining('Idempotency-Key') })
    expect(told('duplicate key value', { code: '23505' })).toMatchObject({ status: 500, code: 'unexpected' })
  })

  it('[PL-13] name permission, unit and posts of a refusal, for people and for programs', () => {
    const problem = problemOf(refuse('forbidden', { permission: 'activities:approve', unit: 'north', posts: 'chair, head' }), asked)
    expect(problem).toMatchObject({ status: 403, params: { permission: 'activities:approve', unit: 'north', posts: 'chair, head' } })
    expect(problem.detail).toBe('This needs the permission activities:approve at north. Posts that have it: chair, head.')
  })

  it('point at every faulty field and say what was allowed and what came', async () => {
    const problem = await post('{"title":"ab","kind":"odd","colour":1}')
    expect(problem).toMatchObject({ status: 400, code: 'invalid-input', detail: 'The body has 3 fault(s); see errors.' })
    expect(problem.errors).toEqual(
      expect.arrayContaining([
        { pointer: '/title', rule: 'minLength', detail: 'Must have at least 3 characters.', allowed: 3, got: 'ab' },
        { pointer: '/kind', rule: 'enum', detail: 'Must be one of: open, closed.', allowed: ['open', 'closed'], got: 'odd' },
        expect.objectContaining({ pointer: '/colour', rule: 'additionalProperties', allowed: ['title', 'kind', 'password'] }),
      ]),
    )
    expect((await post('{}')).errors.map((fault: { pointer: string }) => fault.pointer)).toEqual(['/title', '/kind'])
  })

  it('[PL-10] come in Chinese for a Chinese reader', async () => {
    const problem = await post('{"kind":"open"}', { 'accept-language': 'zh-CN,zh;q=0.9,en;q=0.5' })
    expect(problem).toMatchObject({ detail: '请求体中有 1 处错误，详见 errors。', errors: [{ detail: '缺少 title。' }] })
  })

  it('never send a secret back', async () => {
    const problem = await post('{"title":"abc","kind":"open","password":"hunter2"}')
    expect(problem.errors[0].pointer).toBe('/password')
    expect(JSON.stringify(problem)).not.toContain('hunter2')
    const beside = await post('{"title":"abc","kind":"open","password":"hunter2 hunter2","colour":"red"}')
    expect(beside.errors[0].pointer).toBe('/colour')
    expect(JSON.stringify(beside)).not.toContain('hunter2')
  })

  it('tell what cannot be read as a body', async () => {
    expect(await post('{"title":')).toMatchObject({ status: 400, code: 'malformed-json' })
    expect(await post('')).toMatchObject({ status: 400, code: 'malformed-json' })
    expect(await post('{"__proto__":{"a":1}}')).toMatchObject({ status: 400, code: 'malformed-json' })
    expect(await post(`{"title":"${'a'.repeat(300)}"}`)).toMatchObject({ status: 413, code: 'body-too-large' })
    expect(await post('<a/>', { 'content-type': 'text/xml' })).toMatchObject({ status: 415, code: 'unsupported-media-type' })
  })

  it('tell nothing of an unexpected cause', async () => {
    const problem = await post('{}', {}, '/broken')
    expect(problem).toMatchObject({ status: 500, code: 'unexpected' })
    expect(JSON.stringify(problem)).not.toContain('hunter2')
    expect(problemOf('a thrown text', asked).status).toBe(500)
  })

  it('[PL-10] choose the language by the header’s weights', () => {
    expect(languageOf(undefined)).toBe('en')
    expect(languageOf('fr')).toBe('en')
    expect(languageOf('zh-CN')).toBe('zh')
    expect(languageOf('en;q=0.4, zh;q=0.8')).toBe('zh')
    expect(languageOf('en, zh;q=0.8')).toBe('en')
  })

  it('[PL-10] every common refusal has both languages, with the same places to fill', () => {
    for (const [code, { en, zh }] of Object.entries(refuse.table)) {
      const places = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((each) => each[1]).sort()
      expect(places(zh), code).toEqual(places(en))
      expect(zh, code).toMatch(/[\u4e00-\u9fff]/)
    }
  })
})
