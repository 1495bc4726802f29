/**
 * Traces, for `node --import …/telemetry.ts`: on when OpenTelemetry's own variables ask for them (OTEL_EXPORTER_OTLP_ENDPOINT, its `_TRACES_`
 * form, or OTEL_TRACES_EXPORTER; OTEL_SDK_DISABLED=true is stronger). Unset, nothing is loaded. It must run before what it watches is
 * imported, so nothing imports it. Prometheus has the metrics and pino the logs: those two exporters stay off unless asked for.
 */
import { createRequire } from 'node:module'

const { env } = process

const isAskedFor = Boolean(env.OTEL_EXPORTER_OTLP_ENDPOINT || env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT || env.OTEL_TRACES_EXPORTER)
if (isAskedFor && env.OTEL_SDK_DISABLED !== 'true') await start()

async function start(): Promise<void> {
  // The SDK reads these itself; what is set stays.
  env.OTEL_METRICS_EXPORTER ||= 'none'
  env.OTEL_LOGS_EXPORTER ||= 'none'
  env.OTEL_BSP_SCHEDULE_DELAY ||= '1000'
  env.OTEL_SERVICE_NAME ||= nameOf(process.argv[1] ?? '')

  const [{ HttpInstrumentation }, { FastifyOtelInstrumentation }, { PgInstrumentation }, { GrpcInstrumentation }] = await Promise.all([
    import('@opentelemetry/instrumentation-http'),
    import('@fastify/otel'),
    import('@opentelemetry/instrumentation-pg'),
    import('@opentelemetry/instrumentation-grpc'),
  ])
  const instrumentations = [
    new HttpInstrumentation({
      disableOutgoingRequestInstrumentation: true,
      ignoreIncomingRequestHook: ({ url }) => isProbe(url ?? ''),
      // A search may hold a name, and an address is personal too.
      requestHook: (span) => span.setAttributes({ 'url.query': '', 'client.address': '', 'network.peer.address': '' }),
    }),
    // It hears of each Fastify that is made, so that no app has to register it.
    new FastifyOtelInstrumentation({
      registerOnInitialization: true,
      instrumentHooks: false,
      ignorePaths: ({ url }) => isProbe(url),
      requestHook: (span, { url }) => span.setAttribute('url.path', url.split('?', 1)[0] as string),
    }),
    // Relays, consumers and deadlines poll without end: only what belongs to a request or a question is a span.
    new PgInstrumentation({ requireParentSpan: true }),
    // A watch lasts as long as its process.
    new GrpcInstrumentation({ ignoreGrpcMethods: ['Watch', 'Check'] }),
  ]
  // What is imported passes the watchers by, what is required does not; required once, it is watched for whoever imports it later.
  const require = createRequire(import.meta.url)
  for (const watched of ['node:http', 'pg', '@grpc/grpc-js']) require(watched)
  const { NodeSDK } = await import('@opentelemetry/sdk-node')
  new NodeSDK({ instrumentations }).start()
}

/** `…/services/activities/src/main.ts` is collegium-activities; all services in one process are collegium. */
function nameOf(main: string): string {
  const service = /services[\\/]([a-z]+)[\\/]src[\\/]main\.ts$/.exec(main)?.[1]
  return service === undefined ? 'collegium' : `collegium-${service}`
}

function isProbe(url: string): boolean {
  return url === '/livez' || url === '/readyz' || url === '/metrics'
}
