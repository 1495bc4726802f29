import { aggregate, commandsOf } from '@collegium/shared/aggregate.ts'
import { Id, Instant, OneOf } from '@collegium/shared/schema.ts'
import Type, { type Static } from 'typebox'
import { type Ask, described, type PolicyFacts } from './ask.ts'
import { directionOf, inForceFrom, isLooser, type Tighter } from './direction.ts'
import { type PolicyEvent, policySet } from './events.ts'
import { reject } from './rejections.ts'

/** A number of the federation in versions, each from a moment on. A campus has its own stream of the same name, never looser. */

type Version = Static<typeof policySet.schema>
export type PolicyState = { status: 'unknown'; unit?: never } | { status: 'set'; unit: string; name: string; tighter: Tighter; versions: Version[] }

const evolve = (state: PolicyState, { data }: PolicyEvent): PolicyState => ({
  status: 'set',
  unit: data.unit,
  name: data.name,
  tighter: data.tighter,
  versions: [...versionsOf(state), data],
})

const versionsOf = (state: PolicyState): readonly Version[] => (state.status === 'set' ? state.versions : [])

/** The stream of a policy at a unit. */
export const policyId = (unit: string, name: string): string => `${unit}:${name}`

const command = commandsOf<PolicyState, PolicyEvent, Ask>()
const Value = Type.Union([Type.Number(), Type.String({ minLength: 1, maxLength: 200 }), Type.Boolean()])

export const setPolicy = command({
  route: 'POST /policies',
  permission: 'policies:set',
  input: Type.Object({ name: Id, unit: Id, value: Value, tighter: Type.Optional(OneOf('more', 'less')), from: Type.Optional(Instant) }),
  facts: async (ask, { input }) => {
    const unit = await ask.unit(input.unit)
    return { unit, above: unit.kind === 'campus' && unit.parent !== null ? await ask.policy(unit.parent, input.name) : null }
  },
  decide: (state, input, { facts, now }) => {
    const { name, unit, value } = input
    if (facts.unit.status !== 'active' || !['federation', 'campus'].includes(facts.unit.kind))
      throw reject('policy-place', { unit, came: described(facts.unit) })
    const latest = versionsOf(state).at(-1)
    const from = input.from ?? now
    if (latest && latest.value === value && (input.from === undefined || latest.from === from) && latest.from <= from) return []
    const earliest = latest && latest.from > now ? latest.from : now
    if (from < earliest) throw reject('policy-before', { name, allowed: earliest, came: from })
    const tighter = state.status === 'set' ? state.tighter : (facts.above?.tighter ?? input.tighter ?? directionOf(name))
    if (input.tighter !== undefined && input.tighter !== tighter) throw reject('policy-direction', { name, tighter })
    if (latest && typeof latest.value !== typeof value) throw reject('policy-type', { name, allowed: typeof latest.value, came: typeof value })
    if (facts.above) neverLooser(facts.above, { name, value, from })
    return [{ type: 'membership.policy-set.v1', data: { name, unit, value, tighter, version: versionsOf(state).length + 1, from } }]
  },
})

const neverLooser = ({ tighter, versions }: PolicyFacts, asked: { name: string; value: number | string | boolean; from: string }): void => {
  const bounds = inForceFrom(versions, asked.from)
  if (tighter === null || bounds.length === 0) throw reject('policy-undeclared', { name: asked.name })
  for (const bound of bounds) {
    if (typeof bound.value !== typeof asked.value) throw reject('policy-type', { name: asked.name, allowed: typeof bound.value, came: typeof asked.value })
    if (isLooser(tighter, asked.value, bound.value)) throw reject('policy-loosened', { name: asked.name, allowed: bound.value, tighter, came: asked.value })
  }
}

/** When the federation tightens, a campus that would now be looser goes along. */
export const followPolicy = command({
  route: 'internal',
  permission: 'system',
  input: Type.Object({ value: Value, from: Instant }),
  decide: (state, { value, from }) => {
    if (state.status === 'unknown') return []
    const { name, unit, tighter, versions } = state
    if (!inForceFrom(versions, from).some((version) => isLooser(tighter, version.value, value))) return []
    const latest = versions.at(-1)
    const start = latest && latest.from > from ? latest.from : from
    return [{ type: 'membership.policy-set.v1', data: { name, unit, value, tighter, version: versions.length + 1, from: start } }]
  },
})

export const policy = aggregate<PolicyState, PolicyEvent>({
  name: 'policy',
  path: '/policies',
  read: 'directory:read',
  events: [policySet],
  initial: () => ({ status: 'unknown' }),
  evolve,
  identify: (input) => policyId(input.unit, input.name),
  commands: { setPolicy, followPolicy },
})
