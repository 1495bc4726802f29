import { keysOf, Listing, PageOf, pageOf } from '@collegium/shared/http/paging.ts'
import { Day, Id, orNull } from '@collegium/shared/schema.ts'
import type { Kernel } from '@collegium/shared/service.ts'
import type { FastifyInstance } from 'fastify'
import Type, { type Static } from 'typebox'
import { endOfDay, startOfDay } from '../day.ts'
import { questionPattern, questionTerms } from '../name-terms.ts'
import { directoryHistory } from '../views/directory-history.ts'
import { people } from '../views/people.ts'
import { homeZone } from './organization.ts'

/** Who held which post on a day, as it was known on another day. */

const Holder = Type.Object({
  holding: Id,
  person: Id,
  /** Null after an erasure: who holds a post is open to whoever may read the directory there. */
  name: orNull(Type.String()),
  kind: Id,
  unit: Id,
  from: Type.String(),
  until: orNull(Type.String()),
  citation: orNull(Type.String()),
})

export const directoryRoutes = (app: FastifyInstance, kernel: Kernel): void => {
  const Asked = Listing({
    unit: Type.Optional(Id),
    below: Type.Optional(Type.Boolean({ default: true, description: 'With everything below the unit.' })),
    kind: Type.Optional(Id),
    person: Type.Optional(Id),
    q: Type.Optional(Type.String({ minLength: 1, maxLength: 100, description: 'A part of the name, of its pinyin or initials.' })),
    on: Type.Optional({ ...Day, description: 'Who held a post at any time of this day; now when absent.' }),
    known: Type.Optional({ ...Day, description: 'As it was known at the end of this day; as known now when absent.' }),
  })
  app.get(
    '/directory',
    {
      schema: {
        operationId: 'directory',
        tags: ['membership'],
        summary: 'Who holds, or held, which post',
        querystring: Asked,
        response: { 200: PageOf(Holder) },
      },
      config: { permission: 'directory:read' },
    },
    async (request) => {
      const actor = kernel.actorOf(request)
      const asked = request.query as Static<typeof Asked>
      const wanted = { ...asked, units: readable(kernel, actor, asked) }
      const persons = asked.q === undefined ? null : await holdersNamed(kernel, wanted.units, asked.q)
      const rows = await holdersOn(kernel, { ...wanted, persons })
      const { items, nextCursor } = pageOf(rows, asked.limit, (row) => [row.unit, row.holding])
      const names = await namesOf(
        kernel,
        items.map(({ person }) => person),
      )
      return { items: items.map((row) => ({ ...row, name: names.get(row.person) ?? null })), nextCursor }
    },
  )
}

type Row = Omit<Static<typeof Holder>, 'name'>
type Wanted = { units: string[]; persons: string[] | null; kind?: string; person?: string; on?: string; known?: string; cursor?: string; limit: number }

const readable = (kernel: Kernel, actor: Parameters<Kernel['unitsWhere']>[0], { unit, below = true }: { unit?: string; below?: boolean }): string[] => {
  const allowed = kernel.unitsWhere(actor, 'directory:read', unit)
  return below ? allowed : allowed.filter((each) => each === unit)
}

const holdersOn = (kernel: Kernel, wanted: Wanted): Promise<Row[]> => {
  const now = kernel.now()
  const zone = homeZone(kernel)
  const [first, last] = wanted.on === undefined ? [now, now] : [startOfDay(wanted.on, zone), endOfDay(wanted.on, zone)]
  const known = wanted.known === undefined ? now : endOfDay(wanted.known, zone)
  return kernel.query<Row>(
    directoryHistory,
    `select holding, person, kind, unit, since as "from", until, citation from {belief}
     where unit = any($1) and since <= $3 and (until is null or until > $2)
       and recorded_from <= $4 and (recorded_until is null or recorded_until > $4)
       and ($5::text is null or kind = $5) and ($6::text is null or person = $6)
       and ($7::text[] is null or (unit, holding) > ($7[1], $7[2])) and ($8::text[] is null or person = any($8))
     order by unit, holding limit $9`,
    [wanted.units, first, last, known, wanted.kind ?? null, wanted.person ?? null, keysOf(wanted.cursor, 2), wanted.persons, wanted.limit + 1],
  )
}

/** Who ever held a post at these units and is called like this; the number is not asked, for it is not open. */
const holdersNamed = async (kernel: Kernel, units: readonly string[], q: string): Promise<string[]> => {
  const terms = questionTerms(q)
  if (terms.length === 0) return []
  const held = await kernel.query<{ person: string }>(directoryHistory, 'select distinct person from {belief} where unit = any($1)', [units])
  const found = await kernel.query<{ person: string }>(
    people,
    `select person from {person} where person = any($1) and (replace(lower(name), ' ', '') like $2 or pinyin like $2)`,
    [held.map(({ person }) => person), questionPattern(q)],
  )
  return found.map(({ person }) => person)
}

const namesOf = async (kernel: Kernel, persons: readonly string[]): Promise<ReadonlyMap<string, string | null>> => {
  const found = await kernel.query<{ person: string; name: string | null }>(people, 'select person, name from {person} where person = any($1)', [persons])
  return new Map(found.map(({ person, name }) => [person, name]))
}
