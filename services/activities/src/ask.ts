import { PeopleClient } from '@collegium/proto/collegium/membership/v1/people.ts'
import type { Actor } from '@collegium/shared/aggregate.ts'
import { ask as question } from '@collegium/shared/grpc/client.ts'
import type { Kernel } from '@collegium/shared/service.ts'
import { activity } from './activity.ts'
import type { Activity } from './activity-state.ts'
import { type CodeVerdict, judgeCode } from './check-in-code.ts'
import { doorKey } from './door-key.ts'
import { duty } from './duty.ts'
import { isEligible, needsCollege } from './eligibility.ts'
import { enrolment, hasPlace } from './enrolment.ts'
import type { Evidence } from './fulfilment.ts'
import { reject } from './rejections.ts'
import { activities } from './views/activities.ts'
import { awaited } from './views/awaited.ts'

type Awaited = { event: string; about: string } | null

/** How many activities under way a wrong code is compared with. */
const neighbours = 50

/** What decisions and reactions of this service may ask, bound to this process. */
export const ask = (kernel: Kernel) => ({
  /** Waits until the views show what a reaction was told. */
  seen: kernel.seen,

  activity: async (id: string): Promise<Activity> => (await kernel.load(activity, id)).state,

  unitOf: async (id: string): Promise<string> => {
    const { unit } = await kernel.load(activity, id)
    if (unit === null) throw reject('activity-not-there', { activity: id })
    return unit
  },

  attended: async (id: string): Promise<number> => {
    await kernel.caughtUp()
    const [row] = await kernel.query<{ attended: number }>(activities, 'select count(*)::int as attended from {presence} where activity = $1', [id])
    return row?.attended ?? 0
  },

  hasPlace: async (id: string, person: string): Promise<boolean> => hasPlace((await kernel.load(enrolment, id)).state, person),

  mayTakePart: async (id: string, person: string, actor: Actor | null, now: string): Promise<boolean> => {
    const { state, unit } = await kernel.load(activity, id)
    if (state.status === 'none' || unit === null) return false
    const { openTo } = state.proposal
    const directory = kernel.directory()
    if (actor !== null && !needsCollege(directory, openTo, unit)) return isEligible(directory, openTo, unit, { person, campus: actor.home, college: null }, now)
    // Asked only where the actor's own campus does not settle it, and first without the question: a post may settle it too.
    if (isEligible(directory, openTo, unit, { person, campus: null, college: null }, now)) return true
    const { cards } = await question(kernel.client(PeopleClient, 'membership'), 'cards', { persons: [person], fields: ['campus', 'college'] })
    return isEligible(directory, openTo, unit, { person, campus: cards[0]?.campus ?? null, college: cards[0]?.college ?? null }, now)
  },

  doorKey: async (id: string, key: string) => {
    const { state } = await kernel.load(doorKey, key)
    if (state.status === 'none' || state.activity !== id) return null
    const [first] = await kernel.history(doorKey, key, { version: 1 })
    return first ? { holder: state.holder, key: state.key, registered: first.recorded } : null
  },

  judgeCode: async (id: string, scanned: string, now: string): Promise<CodeVerdict> => {
    const master = kernel.secret('check-in')
    const verdict = judgeCode(master, id, scanned, now, [])
    if (verdict !== 'wrong') return verdict
    const others = await kernel.query<{ id: string }>(
      activities,
      `select id from {activity} where id <> $1 and status in ('announced', 'registering', 'held') order by abs(extract(epoch from starts_at::timestamptz - $2::timestamptz)) limit ${neighbours}`,
      [id, now],
    )
    return judgeCode(
      master,
      id,
      scanned,
      now,
      others.map((other) => other.id),
    )
  },

  /** Open duties that wait for this fact. */
  waitingFor: async (fact: Evidence, about: readonly string[]): Promise<string[]> => {
    if (about.length === 0) return []
    const rows = await kernel.query<{ duty: string }>(awaited, 'select duty from {waiting} where event = $1 and about = any($2) and since <= $3', [
      fact.type,
      about,
      fact.at,
    ])
    return rows.map((row) => row.duty)
  },

  /** The fact that a new duty waits for, if it came first. */
  happened: (fulfilledBy: Awaited, since: string): Promise<Evidence | null> => happened(kernel, fulfilledBy, since),

  superior: async (id: string, owner: string, now: string): Promise<string | null> => {
    const { unit } = await kernel.load(duty, id)
    if (unit === null) return null
    const directory = kernel.directory()
    const path = directory.path(unit)
    const supervisors = directory.holdersOf('duties:assign', unit, now)
    // Who supervises there themselves is answerable one step higher.
    const own = Math.max(-1, ...supervisors.filter((each) => each.person === owner).map((each) => path.indexOf(each.unit)))
    return supervisors.find((each) => each.person !== owner && path.indexOf(each.unit) > own)?.person ?? null
  },
})

export type Ask = ReturnType<typeof ask>

const happened = async (kernel: Kernel, fulfilledBy: Awaited, since: string): Promise<Evidence | null> => {
  if (fulfilledBy === null) return null
  const [row] = await kernel.query<Evidence & { version: string }>(
    awaited,
    'select event as type, at, service, stream, version from {happened} where event = $1 and about = $2 and at >= $3 order by at limit 1',
    [fulfilledBy.event, fulfilledBy.about, since],
  )
  return row ? { ...row, version: Number(row.version) } : null
}
