import type { Step } from './steps.ts'
import type { Known } from './subject.ts'

/** One row of a sound file as whoever sends it will want to see it before anything is written. */
export type PreviewRow = {
  readonly section: string
  /** What it is called: an id, or a policy's name. */
  readonly id: string
  readonly unit: string | null
  readonly text: string | { readonly en: string; readonly zh: string } | null
  /** There already, and the same: nothing happens for it. Null where only the writing finds out. */
  readonly isNew: boolean | null
}

/** As many of a section as somebody looks through; the counts tell the rest. */
const most = 200

/** What a sound file would make, row by row, in the order of its sections. */
export const previewOf = (steps: readonly Step[], known: Known): PreviewRow[] => {
  const terms = new Set(known.terms.map(({ id }) => id))
  const shown = new Map<string, number>()
  return steps.flatMap(({ section, commands }) =>
    commands.flatMap(({ key, command: { input } }): PreviewRow[] => {
      const before = shown.get(section) ?? 0
      if (before >= most) return []
      shown.set(section, before + 1)
      const text = (name: string): string | null => (typeof input[name] === 'string' ? input[name] : null)
      const label = input.name as PreviewRow['text']
      switch (section) {
        case 'units':
          return [{ section, id: key, unit: text('parent'), text: label, isNew: !known.units.has(key) }]
        case 'post-kinds':
          return [{ section, id: key, unit: null, text: label, isNew: !known.postKinds.has(key) }]
        case 'terms':
          return [{ section, id: key, unit: null, text: label, isNew: !terms.has(key) }]
        case 'policies':
          return [{ section, id: String(input.name), unit: text('unit'), text: String(input.value), isNew: null }]
        case 'people':
          return [{ section, id: key, unit: text('college') ?? text('campus'), text: label, isNew: !known.people.has(key) }]
        default:
          return [{ section, id: String(input.person), unit: text('unit'), text: text('kind'), isNew: null }]
      }
    }),
  )
}
