import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http'
import type { FastifyInstance, FastifyServerOptions } from 'fastify'
import type { Registry } from 'prom-client'
import { counter, observe } from '../measuring.ts'
import { type Language, languageOf, problemOf } from '../problem.ts'
import { refuse } from '../refusals.ts'
import { traceOf } from '../traceparent.ts'
import { admission } from './admission.ts'
import { type Deadline, deadlineIn, withDeadline } from './deadline.ts'
import { watchPressure } from './pressure.ts'
import type { OverloadSettings } from './settings.ts'
import { classifier, type Work, workExtension } from './work.ts'

/** How long the asker waits, in milliseconds: what a gateway tells the services behind it. */
export const deadlineHeader = 'collegium-deadline'

const deadlines = new WeakMap<IncomingMessage, Deadline>()

/** How long whoever was turned away should stay away, in seconds; spread, so that they do not all come back at once. */
const pauses: Readonly<Record<Work, number>> = { first: 1, command: 1, read: 2, live: 5, bulk: 10 }

/**
 * The place before the router: a request is let in, waits shortly for its turn, or is told at once to come again, before anything is parsed or
 * looked up for it. What was let in has a deadline. `trusted` = the asker's own deadline counts (a gateway asks, not the world).
 */
export const overloadDoor = (given: {
  readonly settings: OverloadSettings
  readonly service: string
  readonly metrics: Registry
  readonly trusted: boolean
  /** Which service behind this door will answer; each has places of its own. */
  readonly partOf?: (url: string) => string
  /** What a request is, where another than this app declares it. */
  readonly workOf?: (method: string, url: string) => Work | null
}) => {
  const { settings, service, metrics, trusted, partOf = () => '', workOf = () => null } = given
  const own = classifier()
  const pressure = watchPressure(settings)
  const { enter, leave, counts, close } = admission(settings, pressure.refuses)
  const shed = counter(metrics, 'collegium_http_shed_requests_total')
  const unobserve = [
    observe(metrics, 'http_server_active_requests', () =>
      counts().map(({ work, part, underWay }) => ({ labels: { service, work, upstream: part }, value: underWay })),
    ),
    observe(metrics, 'collegium_http_waiting_requests', () =>
      counts().map(({ work, part, waiting }) => ({ labels: { service, work, upstream: part }, value: waiting })),
    ),
    observe(metrics, 'collegium_event_loop_delay_seconds', () => [{ labels: { service }, value: pressure.current().delayMs / 1_000 }]),
    observe(metrics, 'collegium_event_loop_utilisation_ratio', () => [{ labels: { service }, value: pressure.current().utilisation }]),
  ]

  const timeOf = (request: IncomingMessage, work: Work): Deadline | null => {
    if (work === 'live') return null
    const most = work === 'bulk' ? settings.bulkMs : settings.requestMs
    const told = trusted ? Number(request.headers[deadlineHeader]) : Number.NaN
    return deadlineIn(Number.isFinite(told) ? Math.min(most, told) : most)
  }

  const receive = (request: IncomingMessage, response: ServerResponse, handle: RequestListener): void => {
    const { method = 'GET', url = '/' } = request
    const work = workOf(method, url) ?? own.of(method, url)
    const part = partOf(url)
    let began = 0
    let deadline: Deadline | null = null
    let isIn = false
    let isTold = false
    const giveUp = enter(work, part, (refusal) => {
      if (refusal !== null) {
        isTold = true
        shed.inc({ service, work, reason: refusal })
        return turnAway(request, response, work)
      }
      isIn = true
      began = performance.now()
      deadline = timeOf(request, work)
      if (deadline !== null) deadlines.set(request, deadline)
      handle(request, response)
    })
    if (isTold) return
    // One listener for all: an answer that passes two apps in one process has many of others' own.
    response.once('close', () => {
      giveUp()
      if (!isIn) return
      leave(work, part, performance.now() - began)
      // A command is carried out even if its sender has gone; what is only looked at is not.
      if (response.writableFinished || method !== 'GET') deadline?.end()
      else deadline?.leave()
    })
  }

  return {
    serverFactory: (handle: RequestListener, options: FastifyServerOptions & { keepAliveTimeout?: number; requestTimeout?: number }): Server => {
      const server = createServer((request, response) => receive(request, response, handle))
      if (options.keepAliveTimeout !== undefined) server.keepAliveTimeout = options.keepAliveTimeout
      if (options.requestTimeout !== undefined) server.requestTimeout = options.requestTimeout
      return server
    },
    /** Learns what the app's routes declare (`config: { work: 'bulk' }`), and ends with it. Call it before routes are declared. */
    attend: (app: FastifyInstance): void => {
      app.addHook('onRoute', (route) => {
        const work = route.config?.work
        if (work !== undefined) for (const method of [route.method].flat()) own.declare(method, route.url, work)
      })
      app.addHook('onClose', async () => {
        pressure.close()
        close()
        for (const stop of unobserve) stop()
      })
    },
    pressure,
    counts,
  }
}

/** Tells in the app's OpenAPI document what its routes are, for a gateway that does not see the declarations. */
export const publishWork = (app: FastifyInstance): void => {
  app.addHook('onRoute', (route) => {
    const work = route.config?.work
    if (work !== undefined) route.schema = Object.assign({}, route.schema, { [workExtension]: work })
  })
}

/** Runs the rest of each request of the app under its deadline. The parser's events know none, so it is taken up again after the body was read. */
export const underDeadlines = (app: FastifyInstance): void => {
  app.addHook('preValidation', (request, _reply, done) => {
    const deadline = deadlines.get(request.raw)
    if (deadline === undefined) done()
    else withDeadline(deadline, done)
  })
}

/** What is left of a request's time, in whole milliseconds, to be told to whoever is asked on its behalf; undefined = as long as it takes. */
export const timeLeft = (request: IncomingMessage): string | undefined => {
  const deadline = deadlines.get(request)
  return deadline === undefined ? undefined : String(Math.ceil(deadline.leftMs()))
}

/** The answer's text up to the address that was asked for, by language. */
const turnedAway = Object.fromEntries(
  (['en', 'zh'] as const).map((language) => {
    const { instance: _instance, traceId: _traceId, ...same } = problemOf(refuse('overloaded'), { language, instance: '', traceId: '' })
    return [language, JSON.stringify(same).slice(0, -1)]
  }),
) as Record<Language, string>

/** As cheap as an answer can be: whoever is turned away must not cost those who are let in. */
const turnAway = (request: IncomingMessage, response: ServerResponse, work: Work): void => {
  const language = languageOf(request.headers['accept-language'])
  const seconds = String(pauses[work] + Math.floor(Math.random() * (pauses[work] + 1)))
  const { traceId } = traceOf(request.headers.traceparent)
  const body = `${turnedAway[language]},"instance":${JSON.stringify(request.url)},"traceId":"${traceId}","params":{"seconds":${seconds}}}`
  // In the form that node sends without looking through it.
  response.writeHead(503, [
    'content-type',
    'application/problem+json; charset=utf-8',
    'content-length',
    String(Buffer.byteLength(body)),
    'content-language',
    language === 'zh' ? 'zh-CN' : 'en',
    'retry-after',
    seconds,
    'cache-control',
    'no-store',
    'x-content-type-options',
    'nosniff',
  ])
  response.end(body)
}
