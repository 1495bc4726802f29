import type { Entry } from '@collegium/shared/evidence/entry.ts'
import type { Fact } from './command.ts'
import type { Finding } from './findings.ts'

/** How long services have to destroy what they hold of a person, in seconds: a day, as promised. */
const dayLong = 86_400

type Erasure = {
  readonly person: string
  readonly requestedBy: readonly string[]
  readonly approvals: readonly Entry[]
  readonly erased: Entry | null
  readonly applied: ReadonlySet<string>
  readonly complete: boolean
}

const none = { requestedBy: [], approvals: [], erased: null, applied: new Set<string>(), complete: false }

/**
 * Follows every erasure through the log of all facts: asked for, approved by a second person under a post, destroyed by the services, complete.
 * The streams name the person (a random id): `erasure-<person>` of membership, `erasure-applied-<person>` of each service.
 */
export const erasuresSeen = () => {
  const erasures = new Map<string, Erasure>()
  const findings: Finding[] = []
  const change = (person: string, to: (before: Erasure) => Partial<Erasure>): void => {
    const before = erasures.get(person) ?? { person, ...none }
    erasures.set(person, { ...before, ...to(before) })
  }
  const kinds: Readonly<Record<string, (person: string, entry: Entry) => void>> = {
    'membership.erasure-requested.v1': (person, { actor }) => change(person, () => ({ requestedBy: [actor], approvals: [] })),
    'membership.erasure-approved.v1': (person, entry) => change(person, ({ approvals }) => ({ approvals: [...approvals, entry] })),
    'membership.person-erased.v1': (person, entry) => change(person, () => ({ erased: entry })),
    'membership.erasure-completed.v1': (person) => change(person, () => ({ complete: true })),
  }
  return {
    see: (entry: Entry): void => {
      const { type, stream, source, sealed } = entry
      if (source === 'membership' && Object.hasOwn(kinds, type) && stream.startsWith('erasure-')) kinds[type]?.(stream.slice('erasure-'.length), entry)
      else if (type === `${source}.erasure-applied.v1`)
        change(stream.slice('erasure-applied-'.length), ({ applied }) => ({ applied: new Set([...applied, source]) }))
      const owner = source === 'membership' && stream.startsWith('person-') ? stream.slice('person-'.length) : null
      const erased = owner === null ? null : erasures.get(owner)?.erased
      // Shards go each their own way into the log: what was recorded before may stand behind.
      if (erased && sealed.length > 0 && entry.recorded > erased.recorded)
        findings.push({ code: 'sealed-after-erasure', where: `${source}/${stream}/${entry.version}`, values: { person: owner as string } })
    },
    /** The fact by which each person was erased. */
    erasedAt: (): ReadonlyMap<string, Entry> => new Map([...erasures].flatMap(([person, { erased }]) => (erased ? [[person, erased] as const] : []))),
    told: (now: number): { readonly facts: Fact[]; readonly findings: Finding[] } => {
      const done = [...erasures.values()].filter(({ erased }) => erased !== null)
      const told = done.flatMap((erasure) => faultsOf(erasure, now))
      return { facts: [{ code: 'erasures', values: { count: done.length } }, ...done.map(factOf)], findings: [...findings, ...told] }
    },
  }
}

const factOf = ({ person, requestedBy, approvals, erased, applied }: Erasure): Fact => ({
  code: 'erasure',
  values: {
    person,
    time: (erased as Entry).recorded,
    requested: requestedBy.join(', ') || '–',
    approved: approvals.map(({ actor, post }) => `${actor} (${post})`).join(', ') || '–',
    services: [...applied].sort().join(', ') || '–',
  },
})

/** Who approves is somebody else than who asked and than the person, holds a post, and it is by their act that the person was erased. */
const faultsOf = ({ person, requestedBy, approvals, erased, complete }: Erasure, now: number): Finding[] => {
  const where = `membership/erasure-${person}/${(erased as Entry).version}`
  const isLawful = approvals.some(
    ({ actor, post }) =>
      actor !== '' && !actor.startsWith('system:') && actor !== person && !requestedBy.includes(actor) && post !== '' && actor === erased?.actor,
  )
  const isLate = !complete && now - Date.parse((erased as Entry).recorded) / 1000 > dayLong
  return [
    ...(isLawful && requestedBy.length > 0
      ? []
      : [{ code: 'erasure-unauthorised' as const, where, values: { person, actor: (erased as Entry).actor || '–' } }]),
    ...(isLate ? [{ code: 'erasure-unfinished' as const, where, values: { person } }] : []),
  ]
}
