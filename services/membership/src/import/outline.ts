/** The tree that a file describes, flat and parents first. Reads what is there and skips what is not: faults of shape are told elsewhere. */

export type Outlined = {
  readonly unit: string
  readonly kind: 'federation' | 'campus' | 'union' | 'department' | 'association'
  readonly name: { en: string; zh: string }
  readonly parent: string | null
  readonly level: 'campus' | 'college' | null
  readonly unionKind: 'undergraduate' | 'graduate' | null
  readonly timezone: string
  readonly duties: readonly string[]
  readonly template: string | null
  readonly founded: string | null
  readonly pointer: string
  /** The campus it stands in; null for the federation. */
  readonly campus: string | null
}

export const map = (value: unknown): Readonly<Record<string, unknown>> =>
  value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Record<string, unknown>) : {}
export const list = (value: unknown): readonly Readonly<Record<string, unknown>>[] => (Array.isArray(value) ? value.map(map) : [])
export const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

/** A department or an association of a union: the union's id and its own. */
export const partId = (union: string, part: string): string => `${union}-${part}`

export const templateOf = (content: unknown) => new Map(list(map(content)['department-template']).map((entry) => [text(entry.id), entry]))

/** The time zone that a file's days are counted in. */
export const zoneOf = (content: unknown): string =>
  text(map(map(content).federation).timezone) ?? list(map(content).terms).map((term) => text(term.timezone))[0] ?? 'UTC'

export const outline = (content: unknown): Outlined[] => {
  const file = map(content)
  const federation = map(file.federation)
  const root = text(federation.id)
  if (root === undefined) return []
  const zone = zoneOf(content)
  const template = templateOf(content)
  const base = { level: null, unionKind: null, timezone: zone, duties: [], template: null, founded: null, campus: null }
  const units: Outlined[] = [{ ...base, unit: root, kind: 'federation', name: label(federation.name, root), parent: null, pointer: '/federation' }]
  for (const [c, campus] of list(file.campuses).entries()) {
    const campusId = text(campus.id)
    if (campusId === undefined) continue
    const here = { ...base, timezone: text(campus.timezone) ?? zone, campus: campusId }
    const at = `/campuses/${c}`
    units.push({ ...here, unit: campusId, kind: 'campus', name: label(campus.name, campusId), parent: root, pointer: at })
    // A college union may stand under a campus union, so those come first.
    const unions = [...list(campus.unions).entries()].sort(([, a], [, b]) => Number(a.level === 'college') - Number(b.level === 'college'))
    for (const [u, union] of unions) {
      const id = text(union.id)
      if (id === undefined) continue
      const level = union.level === 'college' ? 'college' : 'campus'
      const unionKind = union.kind === 'graduate' ? 'graduate' : 'undergraduate'
      const name = union.name === undefined ? unionName(label(campus.name, campusId), unionKind) : label(union.name, id)
      const pointer = `${at}/unions/${u}`
      units.push({ ...here, unit: id, kind: 'union', name, parent: text(union.under) ?? campusId, level, unionKind, pointer })
      for (const [d, entry] of departmentsOf(union.departments, template).entries()) {
        const part = map(entry)
        const partName = text(part.id)
        if (partName === undefined) continue
        const template = 'template' in part ? partName : null
        units.push({
          ...here,
          unit: partId(id, partName),
          kind: 'department',
          name: label(part.name, partName),
          parent: id,
          duties: lines(part.duties),
          template,
          pointer: union.departments === 'template' ? `${pointer}/departments` : `${pointer}/departments/${d}`,
        })
      }
      for (const [a, entry] of list(union.associations).entries()) {
        const partName = text(entry.id)
        if (partName === undefined) continue
        units.push({
          ...here,
          unit: partId(id, partName),
          kind: 'association',
          name: label(entry.name, partName),
          parent: id,
          duties: lines(entry.duties),
          founded: text(entry.founded) ?? null,
          pointer: `${pointer}/associations/${a}`,
        })
      }
    }
  }
  return units
}

const departmentsOf = (departments: unknown, template: ReturnType<typeof templateOf>): unknown[] => {
  if (departments === 'template') return [...template.values()].map((entry) => ({ ...entry, template: true }))
  if (!Array.isArray(departments)) return []
  return departments.map((entry) => (typeof entry === 'string' ? (template.has(entry) ? { ...template.get(entry), template: true } : { id: entry }) : entry))
}

const label = (name: unknown, id: string): { en: string; zh: string } => ({ en: text(map(name).en) ?? id, zh: text(map(name).zh) ?? id })
const lines = (value: unknown): string[] => (Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [])

/** A campus has one union of a kind, so a file need not name it. */
const unionName = (campus: { en: string; zh: string }, kind: 'undergraduate' | 'graduate') =>
  kind === 'graduate'
    ? { en: `Graduate Student Union, ${campus.en}`, zh: `${campus.zh}研究生会` }
    : { en: `Student Union, ${campus.en}`, zh: `${campus.zh}学生会` }
