import fc from 'fast-check'
import type { FastifyInstance } from 'fastify'
import { allowedBy, hostile, type Schema, spoiled } from './arbitrary.ts'

/** An operation as the service's own OpenAPI document describes it. */
export type Operation = {
  readonly service: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly path: string
  readonly parameters: readonly { readonly name: string; readonly in: 'path' | 'query' | 'header'; readonly schema: Schema }[]
  readonly body: Schema | null
}
type Document = { readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>> }
type Described = {
  readonly parameters?: Operation['parameters']
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> }
  readonly responses?: Readonly<Record<string, { readonly content?: object }>>
}

/** Every operation of a running service but those whose answer never ends. */
export const operationsOf = async (service: string, app: FastifyInstance): Promise<Operation[]> => {
  const { paths } = (await app.inject('/openapi.json')).json() as Document
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([, { responses }]) => !Object.keys(responses?.[200]?.content ?? {}).includes('text/event-stream'))
      .map(([method, { parameters = [], requestBody }]) => ({
        service,
        method: method.toUpperCase() as Operation['method'],
        path,
        parameters,
        body: requestBody?.content['application/json']?.schema ?? null,
      })),
  )
}

export type Sent = { readonly url: string; readonly headers: Readonly<Record<string, string>>; readonly body: string | undefined }

/** Bodies that no schema is asked about: they must fall at the parser, or be too large for it. */
const unreadable = fc.constantFrom(
  '',
  '{',
  '{"a":1,}',
  'NaN',
  '{"__proto__":{"operator":true}}',
  '{"constructor":{"prototype":{"operator":true}}}',
  '{"a":1e400}',
  '\uFEFF{}',
  `${'['.repeat(50_000)}${']'.repeat(50_000)}`,
  `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`,
)

const queryTexts: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom('', '1e9', '1000000000', '-1', '0', '99999999999999999999', 'NaN', '%00', 'a%00b', '%ff', '%', 'me', '0x10', '1%20or%201=1', '%F0%9F%8F%B3'),
  fc.constantFrom(
    ...['["\\u0000"]', '["a","\\u0000"]', '["\\ud800","x"]', '[]', '{}', '[["a"]]', '["2026-13-01","x"]', '["x","y","z"]'].map((text) =>
      Buffer.from(text).toString('base64url'),
    ),
  ),
  hostile.map((value) => encodeURIComponent(String(typeof value === 'string' ? value.toWellFormed().slice(0, 500) : JSON.stringify(value)))),
)

const headerTexts = fc.constantFrom(
  '%00',
  '%',
  '%E0%A4%A',
  '%F0%9F%8F%B3%EF%B8%8F',
  '%ED%A0%80',
  'x'.repeat(3_000),
  '"0"',
  'W/"99999999999999999999"',
  '*',
  '2026-02-30T00:00:00Z',
  '2016-12-31T23:59:60Z',
  '9999-12-31T23:59:59.999Z',
  '0000-01-01T00:00:00Z',
  'activities/9999/1',
  'nowhere/0/1',
  'activities/0/1,'.repeat(200),
)
const headerNames = [
  'idempotency-key',
  'if-match',
  'collegium-occurred',
  'collegium-reason',
  'collegium-correlation',
  'collegium-position',
  'if-none-match',
  'traceparent',
  'accept-language',
] as const

/** Requests of an operation: some right in every part, most with something wrong somewhere. */
export const requestsOf = ({ path, parameters, body }: Operation, ids: readonly string[]): fc.Arbitrary<Sent & { readonly content: unknown }> => {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string)
  const places = fc.tuple(
    ...inPath.map(() =>
      fc.oneof(
        { weight: 12, arbitrary: fc.constantFrom(...ids) },
        { weight: 1, arbitrary: fc.constantFrom('%00', '%2e%2e%2f', 'a'.repeat(240), '__proto__', '%F0%9F%8F%B3', '%ff', '9'.repeat(30), "'%3B--") },
      ),
    ),
  )
  const asked = parameters.filter((each) => each.in === 'query')
  const query = fc.tuple(
    fc.record(
      Object.fromEntries(
        asked.map(({ name, schema }) => [
          name,
          fc.oneof(
            { weight: 2, arbitrary: allowedBy(schema, ids, name).map((each) => encodeURIComponent(String(each).toWellFormed())) },
            { weight: 1, arbitrary: queryTexts },
          ),
        ]),
      ),
      { requiredKeys: [] },
    ),
    fc.constantFrom('', '', '', 'surprise=1', 'limit=1&limit=2', 'cursor=%00', '__proto__=1', '&&&=&'),
  )
  const headers = fc.oneof(
    { weight: 4, arbitrary: fc.constant({}) },
    { weight: 1, arbitrary: fc.constantFrom(...headerNames).chain((name) => headerTexts.map((text) => ({ [name]: text }))) },
  )
  const right = body === null ? fc.constant(undefined) : allowedBy(body, ids)
  const content =
    body === null
      ? fc.constant({ content: undefined, text: undefined })
      : fc.oneof(
          { weight: 4, arbitrary: right.map((each) => ({ content: each, text: JSON.stringify(each) })) },
          { weight: 6, arbitrary: spoiled(right).map((each) => ({ content: each, text: JSON.stringify(each) ?? 'null' })) },
          { weight: 1, arbitrary: unreadable.map((text) => ({ content: undefined, text })) },
        )
  return fc.record({ places, query, headers, content }).map((made) => {
    const filled = inPath.reduce((url, name, index) => url.replace(`{${name}}`, made.places[index] as string), path)
    const [known, odd] = made.query as [Record<string, string>, string]
    const search = [...Object.entries(known).map(([name, text]) => `${name}=${text}`), ...(odd === '' ? [] : [odd])]
    if (path === '/events') search.push('live=false')
    return {
      url: `${filled}${search.length > 0 ? `?${search.join('&')}` : ''}`,
      headers: made.headers as Record<string, string>,
      body: made.content.text,
      content: made.content.content,
    }
  })
}
