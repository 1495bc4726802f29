import { DutiesClient } from '@collegium/proto/collegium/activities/v1/duties.ts'
import { StandingClient } from '@collegium/proto/collegium/assessment/v1/standing.ts'
import { ask } from '@collegium/shared/grpc/client.ts'
import type { Kernel } from '@collegium/shared/service.ts'
import type { Ask } from './ask.ts'
import { person } from './person.ts'
import { policy, policyId } from './policy.ts'
import { postKind } from './post-kind.ts'
import { unit } from './unit.ts'
import { appointments } from './views/appointments.ts'

const everyTime = { from: '0001-01-01T00:00:00.000Z', to: '9999-12-31T23:59:59.999Z' }

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
  campusOf: async (id) => (await kernel.load(person, id)).unit,
  may: async (actor, permission, id) => {
    const { unit: campus } = await kernel.load(person, id)
    return campus !== null && kernel.directory().grant(actor, permission, campus, kernel.now()) !== null
  },
  casesOf: async (id) => {
    await kernel.caughtUp()
    return kernel.query(appointments, 'select appointment as id, status, until from {appointment} where person = $1 order by appointment', [id])
  },
  openAssessments: async (id) => (await ask(kernel.client(StandingClient, 'assessment'), 'openOfPerson', { person: id }, { deadlineMs: 4000 })).assessments,
  openDuties: async (id) => {
    const { assigned, fulfilled } = await ask(kernel.client(DutiesClient, 'activities'), 'ofPerson', { person: id, ...everyTime }, { deadlineMs: 4000 })
    return assigned - fulfilled
  },
  officersWith: (permission, at, moment) => [
    ...new Set(
      kernel
        .directory()
        .holdersOf(permission, at, moment)
        .map((holding) => holding.person),
    ),
  ],
  standing: async (id) => {
    const { hasScore, latestScore, goodStanding } = await ask(kernel.client(StandingClient, 'assessment'), 'ofPerson', { person: id }, { deadlineMs: 2000 })
    return { score: hasScore ? latestScore : null, good: goodStanding }
  },
})
