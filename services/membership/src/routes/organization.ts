import { closed, Day, Id, Instant, Label, OneOf, orNull } from '@collegium/shared/schema.ts'
import type { Kernel } from '@collegium/shared/service.ts'
import type { FastifyInstance } from 'fastify'
import Type, { type Static, type TSchema } from 'typebox'
import { endOfDay } from '../day.ts'
import { organization } from '../views/organization.ts'

/** The tree, policies, terms and kinds of post: how the federation is made is open to all its members. */

const Items = <S extends TSchema>(item: S) => Type.Object({ items: Type.Array(item) })
const tags = ['membership']

const UnitRow = Type.Object({
  id: Id,
  kind: OneOf('federation', 'campus', 'union', 'department', 'association'),
  name: Label,
  parent: orNull(Id),
  level: orNull(Type.String()),
  unionKind: orNull(Type.String()),
  timezone: Type.String(),
  template: orNull(Id),
  duties: Type.Array(Type.String()),
  since: Type.String(),
  until: orNull(Type.String()),
  mergedInto: orNull(Id),
})
const PolicyRow = Type.Object({
  name: Id,
  unit: Id,
  value: Type.Union([Type.Number(), Type.String(), Type.Boolean()]),
  tighter: OneOf('more', 'less'),
  version: Type.Integer(),
  from: Type.String(),
})
const TermRow = Type.Object({ id: Id, name: Label, from: Type.String(), to: Type.String(), timezone: Type.String() })
const PostKindRow = Type.Object({ id: Id, name: Label, permissions: Type.Array(Type.String()) })

/** The time zone that whole-federation days are counted in. */
export const homeZone = (kernel: Kernel): string => {
  const directory = kernel.directory()
  return directory.unit(directory.root() ?? '')?.timezone ?? 'UTC'
}

export const organizationRoutes = (app: FastifyInstance, kernel: Kernel): void => {
  const UnitsAsked = Type.Object({
    on: Type.Optional(Day),
    under: Type.Optional(Id),
    gone: Type.Optional(Type.Boolean({ default: false, description: 'With the units that had been merged or dissolved by then.' })),
  })
  app.get(
    '/units',
    {
      schema: {
        operationId: 'units',
        tags,
        summary: 'The organization tree, now or as of a day',
        querystring: closed(UnitsAsked),
        response: { 200: Items(UnitRow) },
      },
      config: { permission: 'signed-in' },
    },
    async (request) => {
      const { on, under, gone = false } = request.query as Static<typeof UnitsAsked>
      const at = on === undefined ? kernel.now() : endOfDay(on, homeZone(kernel))
      return { items: await unitsAt(kernel, at, under ?? null, gone) }
    },
  )

  const PoliciesAsked = Type.Object({ unit: Type.Optional(Id), at: Type.Optional(Instant) })
  app.get(
    '/policies',
    {
      schema: {
        operationId: 'policies',
        tags,
        summary: 'Every version of every policy, or those in force at a unit',
        querystring: closed(PoliciesAsked),
        response: { 200: Items(PolicyRow) },
      },
      config: { permission: 'signed-in' },
    },
    async (request) => {
      const { unit, at } = request.query as Static<typeof PoliciesAsked>
      const rows = await kernel.query<Static<typeof PolicyRow>>(
        organization,
        'select name, unit, value, tighter, version, since as "from" from {policy} order by name, unit, version',
      )
      if (unit === undefined) return { items: at === undefined ? rows : rows.filter((row) => row.from <= at) }
      return { items: inForce(rows, kernel.directory().path(unit), at ?? kernel.now()) }
    },
  )

  app.get(
    '/terms',
    { schema: { operationId: 'terms', tags, summary: 'The semesters', response: { 200: Items(TermRow) } }, config: { permission: 'signed-in' } },
    async () => ({ items: kernel.directory().snapshot.terms }),
  )

  app.get(
    '/post-kinds',
    {
      schema: { operationId: 'postKinds', tags, summary: 'The kinds of post and what each may do', response: { 200: Items(PostKindRow) } },
      config: { permission: 'signed-in' },
    },
    async () => ({ items: kernel.directory().snapshot.postKinds }),
  )
}

const unitsAt = (kernel: Kernel, at: string, under: string | null, gone: boolean): Promise<Static<typeof UnitRow>[]> =>
  kernel.query(
    organization,
    `with recursive standing as (
       select * from {unit} where since <= $1 and ($3 or gone is null or gone > $1)
     ), tree as (
       select standing.*, 0 as depth from standing where unit = $2 or ($2::text is null and parent is null)
       union all
       select standing.*, tree.depth + 1 from standing join tree on standing.parent = tree.unit
     )
     select unit as id, kind, coalesce(named.name, tree.name) as name, parent, level, union_kind as "unionKind", timezone, template,
       coalesce(charter.duties, '[]') as duties, since, gone as until, merged_into as "mergedInto"
     from tree
     left join lateral (select n.name from {unit_name} n where n.unit = tree.unit and n.since <= $1 order by n.since desc limit 1) named on true
     left join lateral (select c.duties from {charter} c where c.unit = tree.unit and c.since <= $1 order by c.since desc limit 1) charter on true
     order by depth, unit`,
    [at, under, gone],
  )

/** For each name the latest version of the nearest unit upwards: a campus is never looser, so the nearest is the strictest. */
const inForce = (rows: readonly Static<typeof PolicyRow>[], path: readonly string[], at: string): Static<typeof PolicyRow>[] => {
  const known = rows.filter((row) => path.includes(row.unit) && row.from <= at)
  const nearest = (a: Static<typeof PolicyRow>, b: Static<typeof PolicyRow>) =>
    path.indexOf(a.unit) - path.indexOf(b.unit) || (a.from < b.from ? 1 : a.from > b.from ? -1 : b.version - a.version)
  return [...Map.groupBy(known, (row) => row.name).values()].map((versions) => versions.toSorted(nearest)[0] as Static<typeof PolicyRow>)
}
