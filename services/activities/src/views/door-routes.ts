import { PeopleClient } from '@collegium/proto/collegium/membership/v1/people.ts'
import { ask } from '@collegium/shared/grpc/client.ts'
import { ReceiptText } from '@collegium/shared/http/commands.ts'
import { idFrom } from '@collegium/shared/ids.ts'
import { languageOf, problemOf } from '@collegium/shared/problem.ts'
import { run } from '@collegium/shared/reaction.ts'
import { Rejection } from '@collegium/shared/rejection.ts'
import { closed, Id, Instant, Label, OneOf, orNull } from '@collegium/shared/schema.ts'
import type { Kernel } from '@collegium/shared/service.ts'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import Type, { type Static } from 'typebox'
import { activity } from '../activity.ts'
import { attendance, recordOfflineScan } from '../attendance.ts'
import { reject } from '../rejections.ts'
import { activities } from './activities.ts'

const Expected = Type.Object({
  person: Type.String({ description: 'Also what the QR picture of a student says.' }),
  name: orNull(Type.String({ description: 'Of those whom the caller may know by name.' })),
  number: orNull(Type.String()),
  state: orNull(Type.Enum(['registered', 'waiting'])),
  grade: orNull(Type.String()),
  checkedInAt: orNull(Type.String()),
})
const DoorList = Type.Object({
  id: Type.String(),
  unit: Type.String(),
  timezone: Type.String(),
  title: Label,
  venue: Type.String(),
  startsAt: Type.String(),
  endsAt: Type.String(),
  status: Type.String(),
  listed: Type.Boolean({ description: 'Only those on the list may check in.' }),
  now: Type.String({ description: "The server's clock, for devices whose own is wrong." }),
  people: Type.Array(Expected),
})
const Scans = closed(
  Type.Object({
    activity: Id,
    key: Id,
    scans: Type.Array(Type.Object({ scan: Id, person: Id, at: Instant, signature: Type.String({ minLength: 1, maxLength: 200 }) }), {
      minItems: 1,
      maxItems: 500,
    }),
  }),
)
const Judged = Type.Object({
  scan: Type.String(),
  outcome: OneOf('counted', 'known', 'refused', 'later'),
  code: orNull(Type.String()),
  title: orNull(Type.String()),
  detail: orNull(Type.String()),
  receipt: orNull(ReceiptText),
})
const params = Type.Object({ id: Id })
const tags = ['activities']

/** How many scans of a batch are decided side by side. */
const abreast = 25
/** How many names are asked for at once. */
const namesAtOnce = 500

/** What a device at the door takes with it, and what it brings back. */
export const doorRoutes = (app: FastifyInstance, kernel: Kernel): void => {
  app.get(
    '/activities/:id/door',
    {
      schema: {
        operationId: 'doorList',
        tags,
        summary: 'Who is expected at the door: kept by a device that may lose the network',
        params,
        response: { 200: DoorList },
      },
      config: { permission: 'activities:check-in' },
    },
    async (request, reply): Promise<Static<typeof DoorList>> => {
      const { id } = request.params as Static<typeof params>
      const { state, unit } = await kernel.load(activity, id)
      if (state.status === 'none' || unit === null) throw reject('activity-not-there', { activity: id })
      await kernel.allow(kernel.actorOf(request), 'activities:check-in', unit)
      const rows = await kernel.query<Omit<Static<typeof Expected>, 'name' | 'number'>>(
        activities,
        `select person, place.state, presence.grade, presence.at as "checkedInAt"
           from (select * from {place} where activity = $1) as place full join (select * from {presence} where activity = $1) as presence using (person) order by person`,
        [id],
      )
      const cards = await namesOf(
        kernel,
        request,
        rows.map((row) => row.person),
      )
      const { title, venue, startsAt, endsAt, walkIns } = state.proposal
      reply.header('cache-control', 'no-store')
      return {
        id,
        unit,
        timezone: kernel.directory().unit(unit)?.timezone ?? 'UTC',
        title,
        venue,
        startsAt,
        endsAt,
        status: state.status,
        listed: state.registration !== null && !walkIns,
        now: kernel.now(),
        people: rows.map((row) => ({ ...row, name: cards.get(row.person)?.name ?? null, number: cards.get(row.person)?.number ?? null })),
      }
    },
  )

  app.post(
    '/attendances/offline-scans/batches',
    {
      schema: {
        operationId: 'sendOfflineScans',
        tags,
        summary: 'Scans that a device made without a network, each judged by itself',
        description: 'May be sent again: what was counted counts once. `later` = nobody decided yet, send it again.',
        body: Scans,
        response: { 200: Type.Object({ items: Type.Array(Judged) }) },
      },
      config: { permission: 'activities:check-in' },
    },
    async (request) => {
      const { activity: id, key, scans } = request.body as Static<typeof Scans>
      const { unit } = await kernel.load(activity, id)
      if (unit === null) throw reject('activity-not-there', { activity: id })
      await kernel.allow(kernel.actorOf(request), 'activities:check-in', unit)
      const items: Static<typeof Judged>[] = []
      for (let from = 0; from < scans.length; from += abreast)
        items.push(...(await Promise.all(scans.slice(from, from + abreast).map((scan) => judged(kernel, request, { activity: id, key, ...scan })))))
      return { items }
    },
  )
}

/** Names for the list: of those whom the caller may know; none where membership does not answer, for the door opens without them too. */
const namesOf = async (kernel: Kernel, request: FastifyRequest, people: readonly string[]) => {
  const cards = new Map<string, { readonly name?: string | undefined; readonly number?: string | undefined }>()
  for (let from = 0; from < people.length; from += namesAtOnce) {
    const asked = { persons: people.slice(from, from + namesAtOnce), fields: ['name', 'number'] }
    const answer = await ask(kernel.client(PeopleClient, 'membership'), 'cards', asked, { actor: kernel.actorOf(request) }).catch(() => null)
    if (answer === null) return cards
    for (const card of answer.cards) cards.set(card.person, card)
  }
  return cards
}

type Given = Parameters<typeof recordOfflineScan.decide>[1]

/** One scan of a batch: a refusal is an answer of its own and stops no other. */
const judged = async (kernel: Kernel, request: FastifyRequest, given: Given): Promise<Static<typeof Judged>> => {
  const { scan } = given
  const commandId = idFrom('door-scan', given.key, scan, given.person, given.at, given.signature)
  try {
    const done = await kernel.execute(run(attendance, recordOfflineScan, null, given), { actor: kernel.actorOf(request), commandId, correlation: request.id })
    return { scan, outcome: done.events > 0 ? 'counted' : 'known', code: null, title: null, detail: null, receipt: await done.receipt() }
  } catch (error) {
    if (!(error instanceof Rejection)) throw error
    const { status, code, title, detail } = problemOf(error, { language: languageOf(request.headers['accept-language']), instance: request.url, traceId: '' })
    return { scan, outcome: status >= 500 || status === 429 || code === 'too-busy' ? 'later' : 'refused', code, title, detail, receipt: null }
  }
}
