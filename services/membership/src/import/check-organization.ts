import { isDeepStrictEqual } from 'node:util'
import { directionOf, isLooser } from '../direction.ts'
import { type Finding, finding, pointerTo } from './faults.ts'
import { list, map, text } from './outline.ts'
import { repeated, type Subject } from './subject.ts'

/** The tree, terms, kinds of post and policies. */
export const checkOrganization = (subject: Subject): Finding[] => [
  ...uniqueUnits(subject),
  ...sameAsKnown(subject),
  ...unions(subject),
  ...zones(subject),
  ...terms(subject),
  ...campusPolicies(subject),
  ...repeated(list(subject.file['post-kinds']).map((entry, k) => ({ id: text(entry.id), pointer: `/post-kinds/${k}/id` }))).map(twice),
  ...repeated(list(subject.file['department-template']).map((entry, d) => ({ id: text(entry.id), pointer: `/department-template/${d}/id` }))).map(twice),
]

const twice = ({ id, pointer, first }: { id: string; pointer: string; first: string }) => finding(pointer, 'duplicate-id', { came: id, first })

/** A union that stands twice has its departments twice as well; that one fault says it. */
const uniqueUnits = ({ units }: Subject) => {
  const again = repeated(units.map(({ unit, pointer }) => ({ id: unit, pointer })))
  return again.filter(({ pointer }) => !again.some((other) => pointer.startsWith(`${other.pointer}/`))).map(twice)
}

const sameAsKnown = ({ units, known }: Subject): Finding[] => {
  const root = units[0]
  if (!root || known.root === null) return []
  if (root.unit !== known.root) return [finding('/federation/id', 'federation-differs', { allowed: known.root, came: root.unit })]
  return units.flatMap(({ unit, kind, parent, level, unionKind, name, pointer }) => {
    const there = known.units.get(unit)
    const stated = { kind, parent, level, unionKind, name, gone: false }
    if (!there || isDeepStrictEqual(there, stated)) return []
    return [finding(pointer, 'already-there', { id: unit, allowed: JSON.stringify(there), came: JSON.stringify(stated) })]
  })
}

const unions = ({ file, units }: Subject): Finding[] =>
  list(file.campuses).flatMap((campus, c) =>
    list(campus.unions).flatMap((union, u) => {
      const pointer = `/campuses/${c}/unions/${u}`
      const under = text(union.under)
      const above = units.filter((unit) => unit.kind === 'union' && unit.level === 'campus' && unit.campus === campus.id).map((unit) => unit.unit)
      return [
        ...(union.level === 'college' && union.name === undefined ? [finding(`${pointer}/name`, 'no-name')] : []),
        ...(under !== undefined && (union.level !== 'college' || !above.includes(under))
          ? [finding(`${pointer}/under`, 'union-place', { allowed: above, came: under })]
          : []),
        ...(union.departments === 'template' && list(file['department-template']).length === 0
          ? [finding(`${pointer}/departments`, 'no-template', { came: 'template' })]
          : []),
      ]
    }),
  )

const zones = ({ file }: Subject): Finding[] => {
  const stated = [
    { zone: map(file.federation).timezone, pointer: '/federation/timezone' },
    ...list(file.terms).map((term, t) => ({ zone: term.timezone, pointer: `/terms/${t}/timezone` })),
    ...list(file.campuses).map((campus, c) => ({ zone: campus.timezone, pointer: `/campuses/${c}/timezone` })),
  ]
  return stated.flatMap(({ zone, pointer }) => (typeof zone === 'string' && !isZone(zone) ? [finding(pointer, 'unknown-timezone', { came: zone })] : []))
}

const isZone = (timeZone: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone })
    return true
  } catch {
    return false
  }
}

const terms = ({ file, known }: Subject): Finding[] => {
  const stated = list(file.terms).map((term, t) => ({ id: text(term.id), from: text(term.from), to: text(term.to), pointer: `/terms/${t}` }))
  const others = [...known.terms.filter((term) => !stated.some((each) => each.id === term.id)), ...stated]
  return [
    ...repeated(stated.map(({ id, pointer }) => ({ id, pointer: `${pointer}/id` }))).map(twice),
    ...stated.flatMap(({ id, from, to, pointer }, index) => {
      if (from === undefined || to === undefined) return []
      if (to < from) return [finding(`${pointer}/to`, 'wrong-order', { allowed: from, came: to })]
      const clash = others
        .slice(0, others.length - stated.length + index)
        .find((other) => other.id !== id && other.from !== undefined && other.to !== undefined && other.from <= to && from <= other.to)
      return clash ? [finding(pointer, 'terms-overlap', { came: clash.id })] : []
    }),
  ]
}

/** A policy's value and direction, in its short and its long form. */
export const policyOf = (name: string, entry: unknown): { value: number | string | boolean; tighter: 'more' | 'less' } | null => {
  const value = map(entry).value ?? entry
  if (typeof value !== 'number' && typeof value !== 'string' && typeof value !== 'boolean') return null
  const stated = map(entry).tighter
  return { value, tighter: stated === 'more' || stated === 'less' ? stated : directionOf(name) }
}

const campusPolicies = ({ file }: Subject): Finding[] => {
  const federal = map(file.policies)
  return list(file.campuses).flatMap((campus, c) =>
    Object.entries(map(campus.policies)).flatMap(([name, entry]) => {
      const pointer = pointerTo('campuses', c, 'policies', name)
      if (!(name in federal)) return [finding(pointer, 'policy-undeclared', { allowed: Object.keys(federal), came: name })]
      const [bound, asked] = [policyOf(name, federal[name]), policyOf(name, entry)]
      if (!bound || !asked) return []
      const stated = text(map(entry).tighter)
      if (stated !== undefined && stated !== bound.tighter) return [finding(pointer, 'policy-direction', { name, allowed: bound.tighter, came: stated })]
      if (typeof bound.value !== typeof asked.value) return [finding(pointer, 'policy-type', { name, allowed: typeof bound.value, came: typeof asked.value })]
      return isLooser(bound.tighter, asked.value, bound.value)
        ? [finding(pointer, 'policy-loosened', { name, tighter: bound.tighter, allowed: bound.value, came: asked.value })]
        : []
    }),
  )
}
