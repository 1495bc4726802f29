import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Readable, Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, it } from 'vitest'

type Span = { name: string; traceId: string; spanId: string; parentSpanId?: string; attributes: { key: string; value: { stringValue?: string } }[] }

/** What a collector does with `POST /v1/traces`. */
const collector = async () => {
  const spans: Span[] = []
  const services = new Set<string>()
  const server = createServer(async (request, response) => {
    let text = ''
    for await (const chunk of request) text += chunk
    for (const { resource, scopeSpans } of JSON.parse(text).resourceSpans) {
      for (const { key, value } of resource.attributes) if (key === 'service.name') services.add(value.stringValue)
      for (const scope of scopeSpans) spans.push(...scope.spans)
    }
    response.setHeader('content-type', 'application/json').end('{}')
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return { spans, services, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() }
}

type Child = ChildProcessByStdio<Writable, Readable, null>
const children: Child[] = []
afterEach(async () => {
  for (const child of children.splice(0)) if (child.exitCode === null && child.kill('SIGKILL')) await once(child, 'exit')
})

/** Runs testing/traced.ts as services are run; asks it once and lets it end. Returns its answer and the lines it logged. */
const ask = async (env: Record<string, string>, headers: Record<string, string>) => {
  const [telemetry, main] = ['./telemetry.ts', './testing/traced.ts'].map((file) => new URL(file, import.meta.url))
  const child: Child = spawn(process.execPath, ['--import', String(telemetry), fileURLToPath(main as URL)], {
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  children.push(child)
  const lines: string[] = []
  let rest = ''
  const address = new Promise<string>((resolve) => {
    child.stdout.on('data', (chunk) => {
      const parts = (rest + chunk).split('\n')
      rest = parts.pop() as string
      lines.push(...parts)
      const found = lines.find((line) => line.startsWith('http://'))
      if (found !== undefined) resolve(found)
    })
  })
  const response = await fetch(`${await address}/attended/li?name=secret`, { headers })
  const answer = (await response.json()) as { attended: boolean; trace: string }
  await fetch(`${await address}/livez`)
  child.stdin.end()
  await once(child, 'close')
  return { answer, logged: lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line)) }
}

const traceId = '0af7651916cd43dd8448eb211c80319c'
const caller = 'b7ad6b7169203331'

it('a request is one trace from its caller through HTTP and gRPC down to Postgres, and its log lines name it', async () => {
  const { spans, services, url, close } = await collector()
  const { answer, logged } = await ask(
    { OTEL_EXPORTER_OTLP_ENDPOINT: url, OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json' },
    { traceparent: `00-${traceId}-${caller}-01` },
  )
  close()
  expect(answer).toEqual({ attended: true, trace: traceId })
  const line = logged.find((each) => each.msg === 'answered')
  expect(line).toMatchObject({ trace_id: traceId, reqId: traceId })
  expect(services).toEqual(new Set(['collegium']))

  const byId = new Map(spans.map((span) => [span.spanId, span]))
  const above = (span: Span | undefined): string[] =>
    span ? [span.name, ...(byId.has(span.parentSpanId ?? '') ? above(byId.get(span.parentSpanId as string)) : [span.parentSpanId ?? 'none'])] : []
  const way = above(spans.find((span) => span.name.startsWith('pg.query'))).join(' < ')
  expect(way).toMatch(/^pg\.query:SELECT .* < grpc\.collegium.*Attended < .* < request < GET \/attended\/:person < b7ad6b7169203331$/)
  expect(line.span_id).toSatisfy((id: string) => byId.has(id))
  expect(new Set(spans.map((span) => span.traceId))).toEqual(new Set([traceId]))
})

it('a trace holds no search text, no address of a client and no value that went into SQL', async () => {
  const { spans, url, close } = await collector()
  const { answer } = await ask({ OTEL_EXPORTER_OTLP_ENDPOINT: url, OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json' }, {})
  close()
  const request = spans.find((span) => span.name === 'GET /attended/:person')
  expect(request?.traceId).toBe(answer.trace)
  expect(JSON.stringify(spans)).not.toContain('secret')
  expect(JSON.stringify(spans)).not.toContain('nobody')
  const attributes = Object.fromEntries((request as Span).attributes.map(({ key, value }) => [key, value.stringValue]))
  expect(attributes).toMatchObject({ 'url.path': '/attended/li', 'client.address': '', 'network.peer.address': '' })
})

it('nothing is loaded or sent unless OpenTelemetry is asked for, or when it is switched off', async () => {
  const { spans, url, close } = await collector()
  for (const env of [{}, { OTEL_EXPORTER_OTLP_ENDPOINT: url, OTEL_SDK_DISABLED: 'true' }]) {
    const { answer, logged } = await ask(env, { traceparent: `00-${traceId}-${caller}-01` })
    expect(answer.trace).toBe(traceId)
    expect(logged.find((each) => each.msg === 'answered')).not.toHaveProperty('trace_id')
  }
  close()
  expect(spans).toEqual([])
})
