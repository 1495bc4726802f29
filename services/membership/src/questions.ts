import { StandingClient } from '@collegium/proto/collegium/assessment/v1/standing.ts'
import { ask } from '@collegium/shared/grpc/client.ts'
import type { Kernel } from '@collegium/shared/service.ts'
import type { Ask } from './ask.ts'
import { person } from './person.ts'
import { policy, policyId } from './policy.ts'
import { postKind } from './post-kind.ts'
import { unit } from './unit.ts'

/** The questions of membership's decisions, bound to this process. Own aggregates are read as they stand, not from a view that may lag. */
export const questions = (kernel: Kernel): Ask => ({
  unit: async (id) => {
    const { state } = await kernel.load(unit, id)
    return state.status === 'unknown' ? { status: 'unknown', kind: 'unknown', level: null, parent: null, timezone: 'UTC' } : state
  },
  policy: async (at, name) => {
    const { state } = await kernel.load(policy, policyId(at, name))
    return state.status === 'set' ? state : { tighter: null, versions: [] }
  },
  postKindExists: async (id) => (await kernel.load(postKind, id)).version > 0,
  personExists: async (id) => (await kernel.load(person, id)).version > 0,
  directory: kernel.directory,
  standing: async (id) => {
    const { hasScore, latestScore, goodStanding } = await ask(kernel.client(StandingClient, 'assessment'), 'ofPerson', { person: id }, { deadlineMs: 2000 })
    return { score: hasScore ? latestScore : null, good: goodStanding }
  },
})
