import { type Finding, finding } from './faults.ts'
import { list, text } from './outline.ts'
import { repeated, type Subject } from './subject.ts'

/** People and the offices they hold. */
export const checkPeople = (subject: Subject): Finding[] => [...people(subject), ...offices(subject)]

const people = ({ file, units, known }: Subject): Finding[] => {
  const rows = list(file.people)
  const campuses = new Set(units.filter((unit) => unit.kind === 'campus').map((unit) => unit.unit))
  const colleges = Map.groupBy(
    units.filter((unit) => unit.level === 'college'),
    (unit) => unit.campus,
  )
  return [
    ...repeated(rows.map((row, p) => ({ id: text(row.id), pointer: `/people/${p}/id` }))).map(({ id, pointer, first }) =>
      finding(pointer, 'duplicate-id', { came: id, first }),
    ),
    ...repeated(rows.map((row, p) => ({ id: text(row.number), pointer: `/people/${p}/number` }))).map(({ id, pointer, first }) =>
      finding(pointer, 'duplicate-number', { came: id, first }),
    ),
    ...rows.flatMap((row, p) => {
      const [id, campus, college] = [text(row.id), text(row.campus), text(row.college)]
      const found: Finding[] = []
      const atCampus = (colleges.get(campus ?? '') ?? []).map((unit) => unit.unit)
      if (campus !== undefined && !campuses.has(campus)) found.push(finding(`/people/${p}/campus`, 'unknown-campus', { allowed: [...campuses], came: campus }))
      else if (college !== undefined && !atCampus.includes(college))
        found.push(finding(`/people/${p}/college`, 'unknown-college', { allowed: atCampus, came: college, campus }))
      const there = known.people.get(id ?? '')
      // Names stay out of the message: the report may be kept.
      if (there && (there.name !== row.name || there.number !== row.number || there.campus !== campus || there.college !== (college ?? null)))
        found.push(finding(`/people/${p}`, 'already-there', { id, allowed: `${there.campus}, …`, came: `${campus}, …` }))
      return found
    }),
  ]
}

const offices = ({ file, units, known }: Subject): Finding[] => {
  const rows = list(file.offices)
  const unitIds = new Set([...units.map((unit) => unit.unit), ...[...known.units].flatMap(([id, unit]) => (unit.gone ? [] : [id]))])
  const personIds = new Set([...list(file.people).map((row) => text(row.id)), ...known.people.keys()])
  const kinds = new Set([...list(file['post-kinds']).map((row) => text(row.id)), ...known.postKinds])
  const whole = rows.map((row, o) => ({ id: [row.person, row.post, row.unit, row.from].join(' '), pointer: `/offices/${o}` }))
  return [
    ...repeated(whole).map(({ id, pointer, first }) => finding(pointer, 'duplicate-office', { came: id, first })),
    ...rows.flatMap((row, o) => {
      const [person, post, unit, from, until] = [text(row.person), text(row.post), text(row.unit), text(row.from), text(row.until)]
      const at = `/offices/${o}`
      return [
        ...(person !== undefined && !personIds.has(person) ? [finding(`${at}/person`, 'unknown-person', { came: person })] : []),
        ...(post !== undefined && !kinds.has(post) ? [finding(`${at}/post`, 'unknown-post', { allowed: [...kinds], came: post })] : []),
        ...(unit !== undefined && !unitIds.has(unit) ? [finding(`${at}/unit`, 'unknown-unit', { came: unit })] : []),
        ...(from !== undefined && until !== undefined && until < from ? [finding(`${at}/until`, 'wrong-order', { allowed: from, came: until })] : []),
      ]
    }),
  ]
}
