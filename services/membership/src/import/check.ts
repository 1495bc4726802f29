import { checkOrganization } from './check-organization.ts'
import { checkPeople } from './check-people.ts'
import { checkWork } from './check-work.ts'
import { type Finding, finding } from './faults.ts'
import { list, map, outline, templateOf, text } from './outline.ts'
import type { Known, Subject } from './subject.ts'

/** Every fault of meaning in a file, also in one whose shape is wrong here and there. */
export const check = (content: unknown, known: Known): Finding[] => {
  const subject: Subject = { file: map(content), units: outline(content), known }
  return [...checkOrganization(subject), ...checkPeople(subject), ...checkWork(subject)]
}

/** What may be meant so, and is worth a look: departments that nobody described. */
export const warnings = (content: unknown): Finding[] => {
  const template = templateOf(content)
  return list(map(content).campuses).flatMap((campus, c) =>
    list(campus.unions).flatMap((union, u) =>
      (Array.isArray(union.departments) ? union.departments : []).flatMap((entry, d) => {
        const id = text(entry)
        return id === undefined || template.has(id) ? [] : [finding(`/campuses/${c}/unions/${u}/departments/${d}`, 'undefined-department', { came: id })]
      }),
    ),
  )
}
