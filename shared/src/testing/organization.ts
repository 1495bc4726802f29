import { type DirectoryServer, DirectoryService } from '@collegium/proto/collegium/membership/v1/directory.ts'
import { type PeopleServer, PeopleService } from '@collegium/proto/collegium/membership/v1/people.ts'
import { emptySnapshot, type Snapshot, type Unit } from '../directory.ts'
import { answer, answerStream } from '../grpc/answer.ts'
import { latest } from '../grpc/latest.ts'
import { toProto } from '../grpc/snapshot.ts'
import { type Service, service } from '../service.ts'

const since = '2020-01-01T00:00:00.000Z'
const label = (text: string) => ({ en: text, zh: text })

/** What a spec says of an organization: `[id, kind, parent]`, `[person, post, unit]`, permissions by post, numbers by policy (at the first unit). */
export type Made = {
  readonly units: readonly (readonly [string, Unit['kind'], string | null])[]
  readonly holdings: readonly (readonly [string, string, string])[]
  readonly posts: Readonly<Record<string, readonly string[]>>
  readonly policies: Readonly<Record<string, number>>
}

export const organization = ({ units, holdings, posts, policies }: Made): Snapshot => ({
  ...emptySnapshot,
  version: 1,
  units: units.map(([id, kind, parent]) => ({ id, kind, parent, name: label(id), level: null, timezone: 'Asia/Shanghai', dissolved: null })),
  holdings: holdings.map(([person, kind, unit]) => ({ id: `${person}-${kind}`, person, kind, unit, from: since, until: null })),
  postKinds: Object.entries(posts).map(([id, permissions]) => ({ id, name: label(id), permissions })),
  policies: Object.entries(policies).map(([name, value]) => ({ name, unit: units[0]?.[0] ?? 'fed', value, version: 1, from: since })),
})

/** For specs of other services: a membership that owns nothing and answers from an organization; `campuses` by person. */
export const membershipOf = (snapshot: Snapshot, campuses: Readonly<Record<string, string>> = {}): Service => {
  const directory: DirectoryServer = {
    current: answer(async () => ({ snapshot: toProto(snapshot) })),
    watch: answerStream(async function* (_request, { signal }) {
      for await (const newest of latest({ read: () => snapshot, onChange: () => () => {}, signal })) yield { snapshot: toProto(newest) }
    }),
  }
  const people: PeopleServer = {
    cards: answer(async ({ persons }) => ({
      cards: persons.flatMap((person) => (campuses[person] === undefined ? [] : [{ person, campus: campuses[person] }])),
    })),
  }
  return service({
    name: 'membership',
    aggregates: [],
    views: [],
    reactions: [],
    deadlines: [],
    ask: () => ({}),
    answers: () => [
      { definition: DirectoryService, implementation: directory },
      { definition: PeopleService, implementation: people },
    ],
  })
}
