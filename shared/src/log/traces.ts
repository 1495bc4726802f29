import { type Context, context, type Link, ROOT_CONTEXT, type Span, type SpanContext, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import type { Recorded } from '../aggregate.ts'

/**
 * Traces beyond the answer: from the fact that a command stored, over the log, to what its readers do. A command's facts carry the id of its
 * trace as their correlation, unless the client chose one; over Kafka the header `traceparent` hands it on as elsewhere.
 */

const tracer = trace.getTracer('collegium')
const heard = new WeakMap<Recorded, string>()
/** What collectors take of one span. */
const mostLinks = 128

/** Is OpenTelemetry on? Otherwise nothing of this costs anything. */
export const isTracing = (): boolean => 'forceFlush' in ((trace.getTracerProvider() as { getDelegate?: () => object }).getDelegate?.() ?? {})

/** `00-<trace>-<span>-01` of a fact that came of a traced request; null where its correlation is no trace. The span is named after the fact. */
export const traceparentOf = ({ id, correlation }: { readonly id: string; readonly correlation: string }): string | null =>
  /^[0-9a-f]{32}$/.test(correlation) ? `00-${correlation}-${id.replaceAll('-', '').slice(-16)}-${isSampled(correlation) ? '01' : '00'}` : null

/** What the log said about a fact's trace; kept while the fact is. */
export const noteTrace = (fact: Recorded, header: unknown): void => {
  if (header !== undefined && header !== null) heard.set(fact, String(header))
}

/** One span for each message that goes out, with its context for the header; ended when the log has kept it. */
export const traceSends = (topic: string, attributes: readonly { readonly id: string; readonly correlation: string }[]) => {
  const spans: Span[] = []
  const headers = attributes.map((each) => {
    const parent = traceparentOf(each)
    if (parent === null || !isTracing()) return parent
    const span = tracer.startSpan(
      `send ${topic}`,
      { kind: SpanKind.PRODUCER, attributes: { ...messaging(topic), 'messaging.operation.type': 'send' } },
      contextOf(parent),
    )
    spans.push(span)
    const { traceId, spanId, traceFlags } = span.spanContext()
    return `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`
  })
  return {
    headers,
    end: (error?: unknown): void => {
      for (const span of spans) finish(span, error)
    },
  }
}

/** Runs what a consumer does with some facts as a span of the trace that the first came of; the others are linked. */
export const traceHandling = async <T>(consumer: string, facts: readonly Recorded[], work: () => Promise<T>): Promise<T> => {
  if (!isTracing()) return work()
  const parents = facts.flatMap((fact) => heard.get(fact) ?? traceparentOf(fact) ?? [])
  const [first, ...others] = [...new Set(parents)]
  if (first === undefined) return work()
  const links: Link[] = others.slice(0, mostLinks).flatMap((header) => {
    const linked = spanContextOf(header)
    return linked === null ? [] : [{ context: linked }]
  })
  const service = facts[0]?.service ?? ''
  const attributes = {
    'messaging.operation.type': 'process',
    'messaging.consumer.group.name': consumer,
    'messaging.batch.message_count': facts.length,
    'collegium.source': service,
  }
  const parent = contextOf(first)
  const span = tracer.startSpan(`process ${consumer}`, { kind: SpanKind.CONSUMER, attributes, links }, parent)
  try {
    const result = await context.with(trace.setSpan(parent, span), work)
    finish(span)
    return result
  } catch (error) {
    finish(span, error)
    throw error
  }
}

const messaging = (topic: string) => ({ 'messaging.system': 'kafka', 'messaging.destination.name': topic })

const finish = (span: Span, error?: unknown): void => {
  if (error !== undefined) span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.name : 'failed' })
  span.end()
}

const spanContextOf = (header: string): SpanContext | null => {
  const [, traceId, spanId, flags] = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/.exec(header) ?? []
  return traceId === undefined || spanId === undefined ? null : { traceId, spanId, traceFlags: Number.parseInt(flags ?? '0', 16), isRemote: true }
}

const contextOf = (header: string): Context => {
  const found = spanContextOf(header)
  return found === null ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, found)
}

/** The SDK decides by the id of the trace alone where a share of all is sampled; whoever comes later must decide alike. */
const isSampled = (traceId: string): boolean => {
  const { OTEL_TRACES_SAMPLER: sampler = '', OTEL_TRACES_SAMPLER_ARG: share } = process.env
  if (sampler.endsWith('always_off')) return false
  if (!sampler.endsWith('traceidratio')) return true
  let folded = 0
  for (let at = 0; at < 32; at += 8) folded = (folded ^ Number.parseInt(traceId.slice(at, at + 8), 16)) >>> 0
  return folded < Math.floor(Number(share ?? 1) * 0xffffffff)
}
