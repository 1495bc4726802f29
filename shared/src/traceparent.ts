import { randomFillSync } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { isSpanContextValid, trace } from '@opentelemetry/api'

/** The two ids of a W3C `traceparent` and the header that hands them on. */
export type Trace = { readonly traceId: string; readonly spanId: string; readonly header: string }

/** The trace of a request: OpenTelemetry's span where it is on; else what `traceparent` says; a missing or malformed one becomes a new trace, not sampled. */
export const traceOf = (header: string | string[] | undefined): Trace => {
  const active = trace.getActiveSpan()?.spanContext()
  if (active && isSpanContextValid(active)) {
    const { traceId, spanId, traceFlags } = active
    return { traceId, spanId, header: `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}` }
  }
  const [, traceId, spanId] = (typeof header === 'string' && /^00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}$/.exec(header)) || []
  if (traceId !== undefined && spanId !== undefined && !/^0+$/.test(traceId) && !/^0+$/.test(spanId)) return { traceId, spanId, header: header as string }
  const made = { traceId: hex(16), spanId: hex(8) }
  return { ...made, header: `00-${made.traceId}-${made.spanId}-00` }
}

const random = Buffer.alloc(8_192)
let used = random.length

/** Random bytes as hexadecimal digits, drawn many at a time: drawing them for each request was an eighth of what turning one away costs. */
const hex = (bytes: number): string => {
  if (used + bytes > random.length) {
    randomFillSync(random)
    used = 0
  }
  used += bytes
  return random.toString('hex', used - bytes, used)
}

/** Sends the spans that wait, before a process ends; does nothing where OpenTelemetry is off. A collector that does not answer costs at most two seconds. */
export const flushTraces = async (): Promise<void> => {
  const provider = trace.getTracerProvider() as { getDelegate?: () => { forceFlush?: () => Promise<void> } }
  await Promise.race([
    provider
      .getDelegate?.()
      .forceFlush?.()
      .catch(() => {}),
    sleep(2_000, undefined, { ref: false }),
  ])
}
