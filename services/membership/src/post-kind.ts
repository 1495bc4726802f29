import { isDeepStrictEqual } from 'node:util'
import { aggregate, commandsOf } from '@collegium/shared/aggregate.ts'
import { Id, Label } from '@collegium/shared/schema.ts'
import Type from 'typebox'
import { type Ask, described } from './ask.ts'
import { type PostKindEvent, postKindDefined } from './events.ts'
import { reject } from './rejections.ts'

/** A kind of post and what it may do; data of a federation, not code. Permissions hold at the unit of the post and below. */

export type PostKindState =
  | { status: 'unknown'; unit?: never }
  | { status: 'defined'; kind: string; unit: string; name: { en: string; zh: string }; permissions: string[] }

const evolve = (_state: PostKindState, { data }: PostKindEvent): PostKindState => ({ status: 'defined', ...data })

const command = commandsOf<PostKindState, PostKindEvent, Ask>()

/** `activities:approve`, `activities:*` or `*`. */
export const permissionPattern = '^(\\*|[a-z][a-z-]*:(\\*|[a-z][a-z-]*))$'

export const definePostKind = command({
  route: 'POST /post-kinds',
  permission: 'posts:define',
  input: Type.Object({ kind: Id, unit: Id, name: Label, permissions: Type.Array(Type.String({ pattern: permissionPattern }), { maxItems: 200 }) }),
  facts: (ask, { input }) => ask.unit(input.unit),
  decide: (state, input, { facts }) => {
    if (facts.status !== 'active' || facts.kind !== 'federation') throw reject('federation-only', { unit: input.unit, came: described(facts) })
    if (state.status === 'defined' && isDeepStrictEqual([state.name, state.permissions], [input.name, input.permissions])) return []
    const { kind, unit, name, permissions } = input
    return [{ type: 'membership.post-kind-defined.v1', data: { kind, unit, name, permissions } }]
  },
})

export const postKind = aggregate<PostKindState, PostKindEvent>({
  name: 'post-kind',
  path: '/post-kinds',
  read: 'directory:read',
  events: [postKindDefined],
  initial: () => ({ status: 'unknown' }),
  evolve,
  identify: (input) => input.kind,
  commands: { definePostKind },
})
