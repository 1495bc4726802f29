import { Parser } from '@asyncapi/parser'
import { Ajv } from 'ajv'
import formats from 'ajv-formats'
import { describe, expect, it } from 'vitest'
import { asyncapiDocument, recordSchema } from '../../infra/docs/asyncapi.ts'
import { openapiDocument } from '../../infra/docs/openapi.ts'
import { services } from '../../infra/services.ts'
import { factsOf } from '../../shared/src/erasure/facts.ts'
import { isPersonal } from '../../shared/src/schema.ts'

/** Rules over all declarations, so that a new one cannot break them unseen. */
const aggregates = services.flatMap((service) => service.aggregates.map((aggregate) => ({ service, aggregate })))
const events = services.flatMap(factsOf)

describe('events', () => {
  it('are named service.noun-verbed.vN, by the service that publishes them, once', () => {
    for (const { service, aggregate } of aggregates)
      for (const event of aggregate.events) expect(event.type).toMatch(new RegExp(`^${service.name}\\.[a-z]+(-[a-z]+)*\\.v\\d+$`))
    expect(new Set(events.map((event) => event.type)).size).toBe(events.length)
  })

  it('[PL-12] with a personal text name the person it is about', () => {
    const personal = events.filter((event) => Object.values(event.schema.properties).some((property) => isPersonal(property as never)))
    expect(personal.length).toBeGreaterThan(0)
    for (const event of personal) expect(Object.keys(event.schema.properties), event.type).toContain('person')
  })

  it('share no schema with a command: a renamed form field cannot edit history', () => {
    const stored = new Set<unknown>(events.map((event) => event.schema))
    for (const { aggregate } of aggregates)
      for (const [name, command] of Object.entries(aggregate.commands)) expect(stored.has(command.input), name).toBe(false)
  })
})

describe('commands', () => {
  it('have a permission, and only the system runs what has no route', () => {
    for (const { aggregate } of aggregates)
      for (const [name, command] of Object.entries(aggregate.commands)) {
        expect(command.permission === 'system', name).toBe(command.route === 'internal')
        expect(command.permission).toMatch(/^system$|^[a-z-]+:[a-z-]+$/)
      }
  })
})

describe('the published documents', () => {
  it('[PL-07] the AsyncAPI document is valid and describes every event', async () => {
    const { document, diagnostics } = await new Parser().parse(JSON.stringify(asyncapiDocument(services)))
    expect(diagnostics.filter((each) => each.severity === 0)).toEqual([])
    expect(document?.messages().length).toBeGreaterThanOrEqual(events.length)
  })

  it('[PL-07] every payload schema compiles', () => {
    const ajv = new Ajv({ strict: false })
    formats.default(ajv)
    for (const event of events) ajv.compile(JSON.parse(JSON.stringify(recordSchema(event))))
  })

  it('every operation of the OpenAPI document has a name of its own, a summary and a service', async () => {
    const document = await openapiDocument(services)
    const operations = Object.values(document.paths as Record<string, Record<string, { operationId?: string; summary?: string; tags?: string[] }>>).flatMap(
      (path) => Object.values(path),
    )
    const named = operations.flatMap((operation) => operation.operationId ?? [])
    expect(named.filter((name, index) => named.indexOf(name) !== index)).toEqual([])
    for (const operation of operations) expect(operation).toMatchObject({ summary: expect.any(String), tags: [expect.any(String)] })
  })

  it('every read says what it answers', async () => {
    const document = await openapiDocument(services)
    const silent = Object.entries(document.paths as Record<string, { get?: { responses?: Record<string, { content?: object }> } }>)
      .filter(([path, { get }]) => get && !get.responses?.[200]?.content && !path.startsWith('/session/oidc'))
      .map(([path]) => path)
    expect(silent).toEqual([])
  })

  it('[PL-06] whatever is put on the record is answered with a receipt', async () => {
    const document = await openapiDocument(services)
    const silent = Object.entries(document.paths as Record<string, Record<string, { operationId?: string; tags?: string[]; responses?: object }>>)
      .flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ path, method, ...operation })))
      .filter(
        (each) => each.method !== 'get' && services.some(({ name }) => each.tags?.includes(name)) && !JSON.stringify(each.responses).includes('"receipt"'),
      )
      .map((each) => each.operationId ?? each.path)
    // They look something up, or mend a copy of what is on the record: there is no new fact to promise.
    expect(silent.filter((name) => !/^(checkReceipt|regainLogPlaces)$|^\/[a-z]+-consumers\//.test(name))).toEqual([])
    expect(silent).toContain('checkReceipt')
  })

  it('[PL-10] every refusal speaks both languages and fills the same blanks', async () => {
    const blanks = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] as string).sort()
    const tables = await Promise.all(
      [...services.map((service) => service.name), 'gateway'].map((name) => import(`../../services/${name}/src/rejections.ts`).catch(() => null)),
    )
    const { refuse } = await import('../../shared/src/refusals.ts')
    const wordings = [...tables.flatMap((module) => (module?.reject ? Object.entries(module.reject.table) : [])), ...Object.entries(refuse.table)] as [
      string,
      { en: string; zh: string },
    ][]
    expect(wordings.length).toBeGreaterThan(100)
    for (const [code, { en, zh }] of wordings) {
      expect(zh, code).toMatch(/\p{Script=Han}/u)
      expect(en, code).not.toMatch(/\p{Script=Han}/u)
      expect([...new Set(blanks(zh))], code).toEqual([...new Set(blanks(en))])
    }
  })
})
