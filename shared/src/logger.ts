import { context, trace } from '@opentelemetry/api'
import type { DestinationStream, Logger, LoggerOptions } from 'pino'
import { pino } from 'pino'

export type { Logger }

/** JSON lines with the trace's ids and no personal data: bodies, cookies and tokens are never logged. To standard output, or elsewhere. */
export const makeLogger = (service: string, level: string, to?: DestinationStream): Logger => {
  const options: LoggerOptions = {
    level,
    base: { service },
    redact: { paths: ['req.headers.authorization', 'req.headers.cookie', '*.password', '*.token', '*.secret'], remove: true },
    serializers: { req: (request: { method: string; routeOptions?: { url?: string } }) => ({ method: request.method, route: request.routeOptions?.url }) },
    mixin: () => {
      const span = trace.getSpan(context.active())?.spanContext()
      return span ? { trace_id: span.traceId, span_id: span.spanId } : {}
    },
  }
  return to ? pino(options, to) : pino(options)
}
