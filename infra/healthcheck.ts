// The container's health check: 0 when the service of this container says that it is ready.
const answer = await fetch(`http://127.0.0.1:${process.env.COLLEGIUM_HTTP_PORT}/readyz`, { signal: AbortSignal.timeout(4_000) }).catch(() => null)
process.exitCode = answer?.ok ? 0 : 1
