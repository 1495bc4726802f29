import type { File } from '../../services/membership/src/import/file.ts'
import { outline, partId } from '../../services/membership/src/import/outline.ts'

/** An activity as the sample lives it, read from the file's lists of what unions did and planned. */
export type Plan = {
  readonly key: string
  readonly unit: string
  readonly union: string
  readonly campus: string
  /** Its union is a college's: its members are that college's students, not the whole campus. */
  readonly ofCollege: boolean
  readonly title: { readonly en: string; readonly zh: string }
  readonly kind: string
  readonly on: string
  /** The last day. */
  readonly to: string
  readonly attendance: number
  readonly openTo: 'union' | 'campus' | 'federation'
  /** So large that the guidance committee looks at it first. */
  readonly major: boolean
}

const majorFrom = 350
/** Where the file says nothing of those who came. */
const usualAttendance = 60

export const plansOf = (semester: File): Plan[] => {
  const units = new Map(outline(semester).map((unit) => [unit.unit, unit]))
  const done = (semester.activities ?? []).map((row) => ({ ...row, part: row.department ?? row.association ?? '' }))
  const planned = (semester.plan?.items ?? []).flatMap((item) =>
    item.on !== undefined && ['training', 'competition'].includes(item.kind)
      ? [{ ...item, on: item.on, union: semester.plan?.union ?? '', part: semester.plan?.department ?? '' }]
      : [],
  )
  return [...done, ...planned].map((row) => {
    const { union, part, title, kind, on } = row
    const { to = on, attendance = usualAttendance, 'open-to': openTo = 'union' } = row as Partial<(typeof done)[number]>
    const unit = partId(union, part)
    return {
      key: `${unit}.${kind}.${on}`,
      unit,
      union,
      campus: units.get(union)?.campus ?? '',
      ofCollege: units.get(union)?.level === 'college',
      title,
      kind,
      on,
      to,
      attendance,
      openTo,
      major: attendance >= majorFrom,
    }
  })
}
