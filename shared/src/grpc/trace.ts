import type { Metadata } from '@grpc/grpc-js'
import { context, propagation } from '@opentelemetry/api'

/** W3C trace context in gRPC metadata; without OpenTelemetry both do nothing. */
export const sendTrace = (metadata: Metadata): void => propagation.inject(context.active(), metadata, { set: (to, key, value) => to.set(key, value) })

export const withTrace = <T>(metadata: Metadata, run: () => T): T =>
  context.with(
    propagation.extract(context.active(), metadata, { keys: (from) => Object.keys(from.getMap()), get: (from, key) => from.get(key).map(String) }),
    run,
  )
