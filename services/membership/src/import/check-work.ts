import { type Finding, finding } from './faults.ts'
import { list, map, type Outlined, partId, text } from './outline.ts'
import type { Known, Subject } from './subject.ts'

/** What unions plan and do: the units they name and the days they fall on. Membership checks it and leaves the writing to its owners. */
export const checkWork = (subject: Subject): Finding[] => {
  const look = lookup(subject)
  return [...plan(subject, look), ...activities(subject, look), ...inspections(subject, look), ...others(subject, look)]
}

type Lookup = ReturnType<typeof lookup>
type Row = Readonly<Record<string, unknown>>

const lookup = ({ file, units, known }: Subject) => {
  const terms = termsOf(file, known)
  const unions = units.filter((unit) => unit.kind === 'union').map((unit) => unit.unit)
  const parts = (union: string, kind: Outlined['kind']): string[] =>
    units.filter((unit) => unit.parent === union && unit.kind === kind).map((unit) => unit.unit.slice(union.length + 1))
  return {
    inTerm: (day: unknown, pointer: string): Finding[] => {
      const came = text(day)
      if (came === undefined || terms.some((term) => term.from <= came && came <= term.to)) return []
      return [finding(pointer, 'outside-terms', { allowed: terms.map((term) => `${term.id} ${term.from}–${term.to}`), came })]
    },
    ordered: (from: unknown, to: unknown, pointer: string): Finding[] => {
      const [first, last] = [text(from), text(to)]
      return first !== undefined && last !== undefined && last < first ? [finding(pointer, 'wrong-order', { allowed: first, came: last })] : []
    },
    union: (row: Row, at: string): Finding[] => {
      const came = text(row.union)
      return came === undefined || unions.includes(came) ? [] : [finding(`${at}/union`, 'unknown-union', { allowed: unions, came })]
    },
    part: (row: Row, at: string, field: string, kind: 'department' | 'association'): Finding[] => {
      const [union, came] = [text(row.union), text(row[field])]
      if (union === undefined || came === undefined || !unions.includes(union)) return []
      const allowed = parts(union, kind)
      return allowed.includes(came) ? [] : [finding(`${at}/${field}`, `unknown-${kind}`, { union, allowed, came })]
    },
  }
}

const termsOf = (file: Row, known: Known) =>
  [...known.terms, ...list(file.terms).map((term) => ({ id: text(term.id) ?? '', from: text(term.from) ?? '', to: text(term.to) ?? '' }))].filter(
    (term) => term.from !== '' && term.to !== '',
  )

const plan = ({ file }: Subject, look: Lookup): Finding[] => {
  const stated = map(file.plan)
  return [
    ...look.union(stated, '/plan'),
    ...look.part(stated, '/plan', 'department', 'department'),
    ...list(stated.items).flatMap((item, i) => [
      ...((item.on === undefined) === (item.month === undefined) ? [finding(`/plan/items/${i}`, 'when-due', { came: bothOrNone(item.on) })] : []),
      ...look.inTerm(item.on, `/plan/items/${i}/on`),
    ]),
  ]
}

const activities = ({ file, units }: Subject, look: Lookup): Finding[] =>
  list(file.activities).flatMap((row, a) => {
    const at = `/activities/${a}`
    const founded = units.find((unit) => unit.unit === partId(text(row.union) ?? '', text(row.association) ?? ''))?.founded
    const on = text(row.on)
    return [
      ...look.union(row, at),
      ...((row.department === undefined) === (row.association === undefined) ? [finding(at, 'who-holds', { came: bothOrNone(row.department) })] : []),
      ...look.part(row, at, 'department', 'department'),
      ...look.part(row, at, 'association', 'association'),
      ...look.inTerm(row.on, `${at}/on`),
      ...look.inTerm(row.to, `${at}/to`),
      ...look.ordered(row.on, row.to, `${at}/to`),
      ...(founded && on !== undefined && on < founded
        ? [finding(`${at}/on`, 'before-founding', { association: row.association, allowed: founded, came: on })]
        : []),
    ]
  })

const bothOrNone = (one: unknown): string => (one === undefined ? 'none' : 'both')

const inspections = ({ file }: Subject, look: Lookup): Finding[] =>
  list(file.inspections).flatMap((row, i) => {
    const at = `/inspections/${i}`
    const lapse = map(row.lapse)
    return [
      ...look.union(row, at),
      ...look.inTerm(row.from, `${at}/from`),
      ...look.inTerm(lapse.from, `${at}/lapse/from`),
      ...look.inTerm(lapse.to, `${at}/lapse/to`),
      ...look.ordered(lapse.from, lapse.to, `${at}/lapse/to`),
    ]
  })

const others = ({ file }: Subject, look: Lookup): Finding[] => [
  ...list(file.periodicals).flatMap((row, p) => look.union(row, `/periodicals/${p}`)),
  ...look.union(map(file.sponsorship), '/sponsorship'),
  ...look.part(map(file.sponsorship), '/sponsorship', 'raised-by', 'department'),
]
