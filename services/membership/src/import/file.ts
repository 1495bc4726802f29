import { Day, Id, Label, Line, OneOf } from '@collegium/shared/schema.ts'
import Type, { type Static, type TProperties } from 'typebox'
import { permissionPattern } from '../post-kind.ts'

/** A federation as a file states it. Sections that membership does not own are described too, so that the whole file is checked at once. */

const Closed = <P extends TProperties>(properties: P) => Type.Object(properties, { additionalProperties: false })
const maybe = Type.Optional
const { pattern: idPattern } = Id as unknown as { pattern: string }
const Count = Type.Integer({ minimum: 0 })
const Every = Type.String({ minLength: 1, maxLength: 50 })

const DepartmentProperties = { id: Id, name: Label, duties: maybe(Type.Array(Line, { maxItems: 50 })) }
const Department = Closed(DepartmentProperties)
export type Department = Static<typeof Department>

// Two forms in one place are told apart by JSON type, without `anyOf`: a fault then names the one thing that is wrong.
const DepartmentOrId = Type.Unsafe<string | Department>({ ...Department, type: ['string', 'object'], pattern: idPattern })
const Departments = Type.Unsafe<string | (string | Department)[]>({ type: ['string', 'array'], pattern: '^template$', items: DepartmentOrId })
export type PolicyEntry = number | string | boolean | { value: number | string | boolean; tighter?: 'more' | 'less' }
const Policies = Type.Record(
  Type.String({ pattern: idPattern }),
  Type.Unsafe<PolicyEntry>({
    ...Closed({ value: Type.Unsafe<number>({ type: ['number', 'string', 'boolean'] }), tighter: maybe(OneOf('more', 'less')) }),
    type: ['number', 'string', 'boolean', 'object'],
  }),
)

const Association = Closed({ id: Id, name: Label, founded: maybe(Day), duties: maybe(Type.Array(Line)) })
const Union = Closed({
  id: Id,
  kind: OneOf('undergraduate', 'graduate'),
  level: OneOf('campus', 'college'),
  name: maybe(Label),
  under: maybe(Id),
  departments: maybe(Departments),
  associations: maybe(Type.Array(Association)),
})
const Campus = Closed({ id: Id, name: Label, timezone: maybe(Line), unions: maybe(Type.Array(Union)), policies: maybe(Policies) })

const span = { on: Day, to: maybe(Day) }
const PlanItem = Closed({
  on: maybe(Day),
  month: maybe(Every),
  kind: Id,
  title: Label,
  'every-days': maybe(Type.Integer({ minimum: 1 })),
  outputs: maybe(Type.Array(Line)),
})
const Activity = Closed({
  union: Id,
  department: maybe(Id),
  association: maybe(Id),
  kind: Id,
  title: Label,
  ...span,
  attendance: maybe(Count),
  partners: maybe(Count),
  'open-to': maybe(OneOf('union', 'campus', 'federation')),
  series: maybe(Id),
  'reported-by-media': maybe(Type.Boolean()),
})
const Inspection = Closed({ union: Id, kind: Id, every: Every, from: maybe(Day), lapse: maybe(Closed({ from: Day, to: Day })) })
const Periodical = Closed({ union: Id, title: Label, every: Every, late: maybe(Type.Boolean()) })

export const File = Closed({
  federation: Closed({ id: Id, name: Label, timezone: maybe(Line) }),
  terms: maybe(Type.Array(Closed({ id: Id, name: Label, from: Day, to: Day, timezone: maybe(Line) }))),
  policies: maybe(Policies),
  'post-kinds': maybe(Type.Array(Closed({ id: Id, name: Label, permissions: Type.Array(Type.String({ pattern: permissionPattern })) }))),
  campuses: maybe(Type.Array(Campus)),
  'department-template': maybe(Type.Array(Department)),
  people: maybe(Type.Array(Closed({ id: Id, name: Line, number: Line, campus: Id, college: maybe(Id) }))),
  offices: maybe(Type.Array(Closed({ person: Id, post: Id, unit: Id, from: Day, until: maybe(Day), citation: maybe(Line) }))),
  plan: maybe(Closed({ union: Id, department: maybe(Id), items: Type.Array(PlanItem) })),
  activities: maybe(Type.Array(Activity)),
  inspections: maybe(Type.Array(Inspection)),
  periodicals: maybe(Type.Array(Periodical)),
  sponsorship: maybe(Closed({ union: Id, 'raised-by': Id, 'compared-with-last-semester': OneOf('more', 'less', 'same') })),
  shortcomings: maybe(Type.Array(Line)),
})
export type File = Static<typeof File>
