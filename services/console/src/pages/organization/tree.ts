import type { Label, Unit } from '../../api/organization.ts'

/** The organization tree as it is shown: which units are open, what stands where. Pure. */

export type Node = {
  readonly unit: Unit
  /** 1 for the root. */
  readonly level: number
  readonly place: number
  readonly siblings: number
  readonly children: number
  readonly isOpen: boolean
}

/** What somebody opened or closed by hand; the rest is open where the tree is small. */
export type Opened = ReadonlyMap<string, boolean>

const smallTree = 40
const openLevels = 2

/** The units to be seen, in the order of the tree. */
export const nodesOf = (all: readonly Unit[], opened: Opened): Node[] => {
  const known = new Set(all.map((unit) => unit.id))
  const below = Map.groupBy(all, (unit) => (unit.parent !== null && known.has(unit.parent) ? unit.parent : null))
  const walk = (parent: string | null, level: number): Node[] => {
    const children = below.get(parent) ?? []
    return children.flatMap((unit, at) => {
      const count = below.get(unit.id)?.length ?? 0
      const isOpen = count > 0 && (opened.get(unit.id) ?? (all.length <= smallTree || level <= openLevels))
      const node: Node = { unit, level, place: at + 1, siblings: children.length, children: count, isOpen }
      return [node, ...(isOpen ? walk(unit.id, level + 1) : [])]
    })
  }
  return walk(null, 1)
}

/** Was the unit merged or dissolved by the end of a day (null = by now)? */
export const isGone = ({ until }: Unit, on: string | null): boolean => until !== null && until.slice(0, 10) <= (on ?? '9999')

export type What = 'campus' | 'campus-union' | 'college-union' | 'department' | 'association'

/** What may be founded below a unit. */
export const whatBelow = ({ kind, level }: Unit): readonly What[] => {
  if (kind === 'federation') return ['campus']
  if (kind === 'campus') return ['campus-union', 'college-union', 'association']
  if (kind === 'union') return level === 'campus' ? ['department', 'association', 'college-union'] : ['department', 'association']
  return []
}

export type Template = { readonly id: string; readonly name: Label; readonly duties: readonly string[] }

/** The departments that the federation's unions are made of: each template once, as the first union that has it calls it, with its charter. */
export const templatesOf = (all: readonly Unit[]): Template[] => {
  const byTemplate = new Map<string, Template>()
  for (const { template, kind, name, duties } of all)
    if (template !== null && kind === 'department' && !byTemplate.has(template)) byTemplate.set(template, { id: template, name, duties })
  return [...byTemplate.values()]
}

/** An id that no unit has yet: the parent's with a word of its own. */
export const freeId = (all: readonly Unit[], parent: string, word: string): string => {
  const taken = new Set(all.map((unit) => unit.id))
  const wanted = `${parent}-${word}`.slice(0, 96)
  for (let n = 1; ; n++) {
    const id = n === 1 ? wanted : `${wanted}-${n}`
    if (!taken.has(id)) return id
  }
}
