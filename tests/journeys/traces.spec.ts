import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startDistributed } from '../../infra/distributed.ts'
import { engines } from '../../infra/engines/find.ts'
import { openOperator } from '../../infra/operator.ts'
import { servicePool } from '../../shared/src/run.ts'
import { patient } from '../../shared/src/testing/patient.ts'
import { signIn } from '../kit/client.ts'

type Span = {
  service: string
  name: string
  kind: number
  traceId: string
  spanId: string
  parentSpanId?: string
  attributes: { key: string; value: object }[]
}

/** What a collector does with `POST /v1/traces`. */
const collector = async () => {
  const spans: Span[] = []
  const server = createServer(async (request, response) => {
    let text = ''
    for await (const chunk of request) text += chunk
    for (const { resource, scopeSpans } of JSON.parse(text).resourceSpans) {
      const service = resource.attributes.find((each: { key: string }) => each.key === 'service.name')?.value.stringValue
      for (const scope of scopeSpans) spans.push(...scope.spans.map((span: object) => ({ ...span, service })))
    }
    response.setHeader('content-type', 'application/json').end('{}')
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return { spans, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() }
}

const password = 'a password for specs'

describe.skipIf(!(await engines('postgres', 'kafka', 'redis')))('a trace', () => {
  let system: Awaited<ReturnType<typeof startDistributed>>
  let collected: Awaited<ReturnType<typeof collector>>
  beforeAll(async () => {
    collected = await collector()
    system = await startDistributed({
      freePorts: true,
      shards: 2,
      environment: {
        ...process.env,
        COLLEGIUM_POSTGRES_URL: undefined,
        COLLEGIUM_LOG_LEVEL: 'warn',
        ...patient,
        OTEL_EXPORTER_OTLP_ENDPOINT: collected.url,
        OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
        OTEL_BSP_SCHEDULE_DELAY: '200',
      },
      patience: 90_000,
    })
    const pool = servicePool(system.engines.postgres.address, 'gateway', 2)
    await openOperator(pool, password)
    await pool.end()
  }, 180_000)
  afterAll(async () => {
    await system?.stop()
    collected?.close()
  })

  it('of one command goes from the gateway through the service to Postgres, and over Kafka to the tables of a reader', async () => {
    const operator = await signIn(system.gateway, 'operator', password)
    const imported = await operator.post('/imports', readFileSync(new URL('../../infra/sample/semester.yaml', import.meta.url), 'utf8'), {
      'content-type': 'application/yaml',
    })
    expect(imported.status, JSON.stringify(imported.body)).toBe(201)
    const traceId = '4bf92f3577b34da6a3ce929d0e0e4736'
    const answer = await operator.post(
      '/duties',
      { unit: 'pps-su', title: 'Traced', owner: 'p-traced', due: '2027-01-10T08:00:00.000Z' },
      { traceparent: `00-${traceId}-00f067aa0ba902b7-01` },
    )
    expect(answer.status, JSON.stringify(answer.body)).toBe(201)

    const mine = (): Span[] => collected.spans.filter((span) => span.traceId === traceId)
    const above = (span: Span): string[] => {
      const parent = mine().find((each) => each.spanId === span.parentSpanId)
      return [`${span.service.replace('collegium-', '')}:${span.name}`, ...(parent ? above(parent) : [])]
    }
    const ways = (): string[] => mine().map((span) => above(span).join(' < '))
    const expectWay = (pattern: RegExp) => expect.poll(() => ways().find((way) => pattern.test(way)) ?? ways().join('\n'), { timeout: 20_000 }).toMatch(pattern)

    await expectWay(/^activities:pg\.query.* < .*activities:POST \/duties < .*gateway:POST \/api\/v1\/\*$/)
    await expectWay(/^activities:send collegium\.activities\.v1/)
    // What the reader wrote belongs to the same trace, beneath what was sent.
    await expectWay(/^dashboards:pg\.query.* < dashboards:process view_\w+ < activities:send collegium\.activities\.v1/)
  })
})
