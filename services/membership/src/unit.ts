import { isDeepStrictEqual } from 'node:util'
import { aggregate, commandsOf } from '@collegium/shared/aggregate.ts'
import { Day, Id, Label, Line, OneOf } from '@collegium/shared/schema.ts'
import Type, { type Static } from 'typebox'
import { type Ask, described, type UnitFacts } from './ask.ts'
import { charterChanged, type UnitEvent, unitCreated, unitDissolved, unitMerged, unitRenamed } from './events.ts'
import { reject } from './rejections.ts'

/** A node of the organization tree. What it was is never lost: a merged or dissolved unit keeps its place in the past. */

type Created = Static<typeof unitCreated.schema>
export type UnitState =
  | { status: 'unknown'; unit?: never }
  | ({ status: 'active' } & Created)
  | ({ status: 'merged'; into: string } & Created)
  | ({ status: 'dissolved'; on: string } & Created)

const evolve = (state: UnitState, event: UnitEvent): UnitState => {
  if (event.type === 'membership.unit-created.v1') return { status: 'active', ...event.data }
  if (state.status === 'unknown') return state
  switch (event.type) {
    case 'membership.unit-renamed.v1':
      return { ...state, name: event.data.name }
    case 'membership.charter-changed.v1':
      return { ...state, duties: event.data.duties }
    case 'membership.unit-merged.v1':
      return { ...state, status: 'merged', into: event.data.into }
    case 'membership.unit-dissolved.v1':
      return { ...state, status: 'dissolved', on: event.data.on }
  }
}

const command = commandsOf<UnitState, UnitEvent, Ask>()

/** What each kind of unit may stand under, as `kind` or `kind / level`. */
const parents: Record<Created['kind'], readonly string[]> = {
  federation: [],
  campus: ['federation'],
  union: ['campus'],
  department: ['union / campus', 'union / college'],
  association: ['union / campus', 'union / college', 'campus'],
}
const allowedParents = (kind: Created['kind'], level: string | null): readonly string[] =>
  kind === 'union' && level === 'college' ? ['campus', 'union / campus'] : parents[kind]

export const createUnit = command({
  route: 'POST /units',
  permission: 'units:manage',
  input: Type.Object({
    unit: Id,
    kind: OneOf('federation', 'campus', 'union', 'department', 'association'),
    name: Label,
    parent: Type.Optional(Id),
    level: Type.Optional(OneOf('campus', 'college')),
    unionKind: Type.Optional(OneOf('undergraduate', 'graduate')),
    timezone: Type.Optional(Line),
    duties: Type.Optional(Type.Array(Line, { maxItems: 50 })),
    template: Type.Optional(Id),
    founded: Type.Optional(Day),
  }),
  facts: async (ask, { input }) => ({
    parent: input.parent === undefined ? null : await ask.unit(input.parent),
    root: ask.directory().root(),
  }),
  decide: (state, input, { facts }) => {
    const { kind, name } = input
    const level = input.level ?? null
    const unionKind = input.unionKind ?? null
    if ((kind === 'union') !== (level !== null && unionKind !== null)) throw reject('unit-level', { level, unionKind })
    const data: Created = {
      unit: input.unit,
      kind,
      name,
      parent: placed(kind, level, input.parent, facts.parent),
      level,
      unionKind,
      timezone: zone(input.timezone ?? facts.parent?.timezone ?? 'UTC'),
      duties: input.duties ?? [],
      template: input.template ?? null,
      founded: input.founded ?? null,
    }
    if (state.status !== 'unknown') {
      if (state.status === 'active' && isDeepStrictEqual(placeOf(state), placeOf(data))) return []
      throw reject('unit-exists', { unit: state.unit, kind: state.kind, parent: state.parent })
    }
    if (kind === 'federation' && facts.root !== null) throw reject('federation-exists', { federation: facts.root })
    return [{ type: 'membership.unit-created.v1', data }]
  },
})

/** What makes a unit the one that is asked for; duties and the like may have changed since. */
const placeOf = ({ kind, name, parent, level, unionKind }: Created) => ({ kind, name, parent, level, unionKind })

const placed = (kind: Created['kind'], level: string | null, id: string | undefined, parent: UnitFacts | null): string | null => {
  const allowed = allowedParents(kind, level)
  if (kind === 'federation' && id === undefined) return null
  if (id === undefined || parent === null || !allowed.includes(described(parent)))
    throw reject('unit-parent', { kind, allowed: allowed.join(', ') || '—', parent: id ?? '—', came: parent ? described(parent) : '—' })
  return id
}

const zone = (timezone: string): string => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: timezone }).resolvedOptions().timeZone && timezone
  } catch {
    throw reject('unit-timezone', { timezone })
  }
}

export const renameUnit = command({
  route: 'PUT /units/:id/name',
  permission: 'units:manage',
  input: Type.Object({ name: Label }),
  decide: (state, { name }) => {
    const { unit, name: present } = active(state)
    return isDeepStrictEqual(present, name) ? [] : [{ type: 'membership.unit-renamed.v1', data: { unit, name } }]
  },
})

export const changeCharter = command({
  route: 'PUT /units/:id/charter',
  permission: 'units:manage',
  input: Type.Object({ duties: Type.Array(Line, { maxItems: 50 }) }),
  decide: (state, { duties }) => {
    const { unit, duties: present } = active(state)
    return isDeepStrictEqual(present, duties) ? [] : [{ type: 'membership.charter-changed.v1', data: { unit, duties } }]
  },
})

const childrenOf = (ask: Ask, id: string): string[] =>
  ask
    .directory()
    .snapshot.units.filter((unit) => unit.parent === id && unit.dissolved === null)
    .map((unit) => unit.id)

export const mergeUnit = command({
  route: 'POST /units/:id/merger',
  permission: 'units:manage',
  input: Type.Object({ into: Id }),
  facts: async (ask, { id, input }) => ({ into: await ask.unit(input.into), children: childrenOf(ask, id) }),
  decide: (state, { into }, { facts }) => {
    if (state.status === 'merged' && state.into === into) return []
    const { unit, kind } = closable(state, facts.children)
    if (facts.into.status !== 'active' || facts.into.kind !== kind || into === unit) throw reject('merge-target', { kind, into, came: described(facts.into) })
    return [{ type: 'membership.unit-merged.v1', data: { unit, into } }]
  },
})

export const dissolveUnit = command({
  route: 'POST /units/:id/dissolution',
  permission: 'units:manage',
  input: Type.Object({}),
  facts: async (ask, { id }) => ({ children: childrenOf(ask, id) }),
  decide: (state, _input, { facts, now }) => {
    if (state.status === 'dissolved') return []
    const { unit } = closable(state, facts.children)
    return [{ type: 'membership.unit-dissolved.v1', data: { unit, on: now.slice(0, 10) } }]
  },
})

const active = (state: UnitState) => {
  if (state.status !== 'active') throw reject('unit-closed', { unit: state.unit, status: state.status })
  return state
}

const closable = (state: UnitState, children: readonly string[]) => {
  const unit = active(state)
  if (unit.kind === 'federation') throw reject('federation-stays')
  if (children.length > 0) throw reject('unit-has-children', { unit: unit.unit, children: children.join(', ') })
  return unit
}

export const unit = aggregate<UnitState, UnitEvent>({
  name: 'unit',
  path: '/units',
  read: 'directory:read',
  events: [unitCreated, unitRenamed, unitMerged, unitDissolved, charterChanged],
  initial: () => ({ status: 'unknown' }),
  evolve,
  identify: (input) => input.unit,
  // Who may add to the tree is asked where the new unit will stand.
  unit: async (_ask, input) => input.parent ?? input.unit,
  commands: { createUnit, renameUnit, changeCharter, mergeUnit, dissolveUnit },
})
