import type { Directory, Term } from '@collegium/shared/directory.ts'
import { endOf } from './dashboard.ts'
import { type Rule, ruleOf } from './rules.ts'

/** A row of the view `conduct`. */
export type Deed = {
  readonly policy: string
  readonly unit: string
  readonly about: string | null
  readonly since: string
  readonly due: string | null
  readonly done: string | null
  readonly late: boolean | null
}

/** Something that a policy asked of somebody this term. `about`: the activity, the meeting, the union or the officer; null where it is nobody's business here. */
export type Case = {
  readonly unit: string
  readonly about: string | null
  readonly since: string
  readonly due: string
  readonly done: string | null
  readonly verdict: 'kept' | 'broken' | 'open'
}

/** Instants: after `from`, until `to`. */
export type Span = { readonly from: string; readonly to: string; readonly now: string }

const dayMs = 86_400_000
const plusDays = (at: string, days: number): string => new Date(Date.parse(at) + days * dayMs).toISOString()

/** The term that runs, or ran last; null before the first. */
export const termOf = (directory: Directory, now: string): Term | null =>
  directory.termAt(now) ?? directory.snapshot.terms.filter(({ from }) => from <= now.slice(0, 10)).toSorted((a, b) => b.from.localeCompare(a.from))[0] ?? null

export const spanOf = ({ from, to, timezone }: Term, now: string): Span => {
  const end = (day: string): string => `${endOf(day, timezone)}:59:59.999Z`
  return { from: end(plusDays(`${from}T00:00:00.000Z`, -1).slice(0, 10)), to: end(to), now }
}

/** The policies in force that something can be told of, in the order of their names. */
export const policiesTold = (directory: Directory): { readonly policy: string; readonly rule: Rule }[] =>
  [...new Set(directory.snapshot.policies.map(({ name }) => name))].toSorted().flatMap((policy) => {
    const rule = ruleOf(policy)
    return rule ? [{ policy, rule }] : []
  })

/** What a policy asked of whom below a campus in a term, and whether it was done. `deeds` are those of this policy. */
export const casesOf = (directory: Directory, policy: string, rule: Rule, deeds: readonly Deed[], campus: string, span: Span): Case[] => {
  const below = new Set(directory.subtree(campus))
  const own = deeds.filter(({ unit, since }) => below.has(unit) && since > span.from && since <= span.to)
  const limit = (unit: string, at: string): number => Number(directory.policy(policy, unit, at)?.value ?? Number.NaN)
  switch (rule.how) {
    case 'by-date':
      return own.flatMap(({ unit, about, since, due, done, late }) =>
        due === null ? [] : [{ unit, about, since, due, done, verdict: judged(due, done, late, span) }],
      )
    case 'in-turn':
      return [...Map.groupBy(own.filter(isDone), ({ unit }) => unit).values()].flatMap((series) => inTurn(series, limit, span))
    case 'each-term':
      return (rule.of === 'unions' ? unionsOf(directory, below) : officersOf(directory, below, span)).map(({ unit, about }) => {
        const done = own
          .filter((deed) => (rule.of === 'unions' ? unionAbove(directory, deed.unit) : deed.about) === about)
          .map(({ since }) => since)
          .toSorted()
        const last = done[limit(unit, span.now) - 1] ?? null
        return { unit, about, since: span.from, due: span.to, done: last, verdict: judged(span.to, last, null, span) }
      })
    case 'enforced':
      return []
  }
}

const isDone = ({ done }: Deed): boolean => done !== null

const judged = (due: string, done: string | null, late: boolean | null, { now }: Span): Case['verdict'] =>
  late === true || (done === null && due < now) ? 'broken' : done === null ? 'open' : 'kept'

/** Each is to be followed by the next in time; what would follow after the term's end is asked of nobody. */
const inTurn = (series: readonly Deed[], limit: (unit: string, at: string) => number, span: Span): Case[] => {
  const held = series.toSorted((a, b) => a.since.localeCompare(b.since))
  return held.flatMap(({ unit, about, since }, index) => {
    const next = held[index + 1]?.since ?? null
    const due = plusDays(since, limit(unit, since))
    return next === null && due > span.to ? [] : [{ unit, about, since, due, done: next, verdict: judged(due, next, next !== null && next > due, span) }]
  })
}

type Owing = { readonly unit: string; readonly about: string }

const unionAbove = (directory: Directory, unit: string): string | undefined => directory.path(unit).find((each) => directory.unit(each)?.kind === 'union')

const unionsOf = (directory: Directory, below: ReadonlySet<string>): Owing[] =>
  directory.snapshot.units
    .filter(({ id, kind, dissolved }) => kind === 'union' && dissolved === null && below.has(id))
    .map(({ id }) => ({ unit: id, about: id }))

/** Whoever holds a post in a union, or held one at the end of a term that is over; once, however many posts it is. */
const officersOf = (directory: Directory, below: ReadonlySet<string>, { to, now }: Span): Owing[] => {
  const at = now < to ? now : to
  const held = directory.snapshot.holdings.filter(
    ({ unit, from, until }) => from <= at && (until === null || until > at) && below.has(unit) && unionAbove(directory, unit) !== undefined,
  )
  return [...new Map(held.map(({ person, unit }) => [person, { unit, about: person }])).values()]
}
