import { type DirectoryServer, DirectoryService } from '@collegium/proto/collegium/membership/v1/directory.ts'
import { type ErasuresServer, ErasuresService } from '@collegium/proto/collegium/membership/v1/erasures.ts'
import { type Card, type PeopleServer, PeopleService } from '@collegium/proto/collegium/membership/v1/people.ts'
import type { Actor } from '@collegium/shared/aggregate.ts'
import { answer, answerStream } from '@collegium/shared/grpc/answer.ts'
import { latest } from '@collegium/shared/grpc/latest.ts'
import { toProto } from '@collegium/shared/grpc/snapshot.ts'
import { systemActor } from '@collegium/shared/handle.ts'
import { idFrom } from '@collegium/shared/ids.ts'
import { run } from '@collegium/shared/reaction.ts'
import { refuse } from '@collegium/shared/refusals.ts'
import type { Kernel, Service } from '@collegium/shared/service.ts'
import { type DirectoryFeed, directoryFeed } from './directory-feed.ts'
import { acknowledgeErasure, erasure } from './erasure.ts'
import { campusesByName } from './known-names.ts'
import { erasures } from './views/erasures.ts'
import { people } from './views/people.ts'

/** What others ask membership: the organization as a whole, the cards of people, and who was erased. */
export const answers: NonNullable<Service['answers']> = (kernel) => [
  { definition: DirectoryService, implementation: directoryAnswers(kernel), callers: { current: ['*'], watch: ['*'] } },
  { definition: PeopleService, implementation: peopleAnswers(kernel), callers: { cards: ['activities', 'assessment', 'gateway'] } },
  { definition: ErasuresService, implementation: erasureAnswers(kernel), callers: { erased: ['gateway'], acknowledge: ['gateway'] } },
]

const directoryAnswers = (kernel: Kernel): DirectoryServer => {
  let opened: Promise<DirectoryFeed> | null = null
  const feed = (): Promise<DirectoryFeed> => {
    // The views may not be there yet when this is mounted; and a first read that failed is tried again by the next question.
    opened ??= directoryFeed(kernel).catch((error: unknown) => {
      opened = null
      throw error
    })
    return opened
  }
  return {
    // Who asks is about to refuse somebody, or was just told of a change: the answer holds everything that was decided before the question.
    current: answer(async () => {
      await kernel.caughtUp()
      return { snapshot: toProto(await (await feed()).read()) }
    }),
    watch: answerStream(async function* (_request, { signal }) {
      const { newest, onChange } = await feed()
      for await (const snapshot of latest({ read: newest, onChange, signal })) yield { snapshot: toProto(snapshot) }
    }),
  }
}

const fieldsOfCard = ['name', 'number', 'campus', 'college'] as const
/** What a service may ask for itself: where somebody belongs, never who they are. */
const ownPurpose: readonly string[] = ['campus', 'college']

const peopleAnswers = (kernel: Kernel): PeopleServer => ({
  cards: answer(async ({ persons, fields }, { actor }) => {
    const isService = actor === null || actor.system !== null
    const wanted = fieldsOfCard.filter((field) => fields.length === 0 || fields.includes(field))
    if (isService && !wanted.every((field) => ownPurpose.includes(field))) throw refuse('forbidden', { permission: 'people:read', unit: '—', posts: '—' })
    const rows = await kernel.query(
      people,
      'select person, name, number, campus, college from {person} p where person = any($1) and not exists (select from {erased} e where e.person = p.person)',
      [persons],
    )
    // A service that asks for itself shows nobody anything by that; a person sees whom they may read, themselves, and others by name.
    const readable = isService ? null : new Set(kernel.unitsWhere(actor, 'people:read'))
    const byName = new Set(campusesByName(kernel, readable ?? []))
    const fieldsFor = (row: Record<string, string>): readonly (typeof wanted)[number][] => {
      if (readable === null || row.person === actor?.person || readable.has(row.campus ?? '') || readable.has(row.college ?? '')) return wanted
      return byName.has(row.campus ?? '') ? wanted.filter((field) => field === 'name') : []
    }
    const cardOf = (row: Record<string, string>): Card[] => {
      const fields = fieldsFor(row)
      return fields.length === 0 ? [] : [{ person: row.person, ...Object.fromEntries(fields.map((field) => [field, row[field] ?? undefined])) } as Card]
    }
    return { cards: rows.flatMap(cardOf) }
  }),
})

/** For who keeps people's data and no facts. A person's token opens nothing here. */
const erasureAnswers = (kernel: Kernel): ErasuresServer => ({
  erased: answer(async ({ after }, { actor }) => {
    demandSystem(actor)
    const erased = await kernel.query<{ person: string; at: string }>(
      erasures,
      'select person, erased as at from {erasure} where erased is not null and erased >= $1 order by erased, person',
      [after],
    )
    return { erased }
  }),
  acknowledge: answer(async ({ service, person }, { actor }) => {
    demandSystem(actor)
    await kernel.execute(run(erasure, acknowledgeErasure, person, { service }), {
      actor: systemActor(`${service}.erasures`),
      commandId: idFrom('acknowledge-erasure', service, person),
    })
    return {}
  }),
})

const demandSystem = (actor: Actor | null): void => {
  if (actor !== null && actor.system === null) throw refuse('forbidden', { permission: 'system', unit: '—', posts: '—' })
}
