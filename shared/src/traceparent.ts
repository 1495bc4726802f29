import { randomBytes } from 'node:crypto'

/** The two ids of a W3C `traceparent` and the header that hands them on. */
export type Trace = { readonly traceId: string; readonly spanId: string; readonly header: string }

/** Reads a `traceparent`; a missing or malformed one becomes a new trace, not sampled. */
export const traceOf = (header: string | string[] | undefined): Trace => {
  const [, traceId, spanId] = (typeof header === 'string' && /^00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}$/.exec(header)) || []
  if (traceId !== undefined && spanId !== undefined && !/^0+$/.test(traceId) && !/^0+$/.test(spanId)) return { traceId, spanId, header: header as string }
  const made = { traceId: randomBytes(16).toString('hex'), spanId: randomBytes(8).toString('hex') }
  return { ...made, header: `00-${made.traceId}-${made.spanId}-00` }
}
