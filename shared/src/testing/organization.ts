import type { PolicyValue } from '../aggregate.ts'
import type { Snapshot, Unit } from '../directory.ts'

const since = '2000-01-01T00:00:00.000Z'
const kinds: readonly Unit['kind'][] = ['federation', 'campus', 'union', 'department']

/** Units, posts, post kinds and policies for a spec, in a few words; everything is in force since the year 2000. */
export const organization = (made: {
  /** `{ fed: null, pps: 'fed', su: 'pps', study: 'su' }`: unit → parent; a federation, its campuses, their unions, their departments. */
  readonly units: Readonly<Record<string, string | null>>
  /** `['li head study']`: person, kind of post, unit. */
  readonly posts?: readonly string[]
  /** `{ head: ['activities:*'] }`: what a kind of post permits. */
  readonly kinds?: Readonly<Record<string, readonly string[]>>
  /** In force for the whole federation. */
  readonly policies?: Readonly<Record<string, PolicyValue>>
  /** What a unit or a kind is called in Chinese; otherwise its id. */
  readonly names?: Readonly<Record<string, string>>
}): Snapshot => {
  const { units, names = {} } = made
  const depth = (unit: string): number => (units[unit] ? depth(units[unit]) + 1 : 0)
  const name = (id: string) => ({ en: id, zh: names[id] ?? id })
  const timezone = 'Asia/Shanghai'
  return {
    version: 1,
    units: Object.entries(units).map(([id, parent]) => ({
      id,
      kind: kinds[Math.min(depth(id), 3)] as Unit['kind'],
      name: name(id),
      parent,
      level: null,
      timezone,
      dissolved: null,
    })),
    holdings: (made.posts ?? []).map((words, index) => {
      const [person, kind, unit] = words.split(' ') as [string, string, string]
      return { id: `h-${index}`, person, kind, unit, from: since, until: null }
    }),
    postKinds: Object.entries(made.kinds ?? {}).map(([id, permissions]) => ({ id, name: name(id), permissions })),
    policies: Object.entries(made.policies ?? {}).map(([policy, value]) => ({
      name: policy,
      unit: Object.keys(units).find((unit) => units[unit] === null) as string,
      value,
      version: 1,
      from: since,
    })),
    terms: [{ id: 'term', name: { en: 'Term', zh: '学期' }, from: '2000-01-01', to: '2100-01-01', timezone }],
  }
}
