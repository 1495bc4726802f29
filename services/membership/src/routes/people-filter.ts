import { questionPattern, questionTerms } from '../name-terms.ts'

const fewTerms = 2

/** Which people: of the units that somebody may read, and of those who were not erased. `{person} p` and `{erased}` are the tables of the view. */
export const peopleWhere = (units: readonly string[], { q, unit }: { readonly q?: string; readonly unit?: string }): { where: string; params: unknown[] } => {
  const params: unknown[] = []
  const given = (value: unknown): string => `$${params.push(value)}`
  const conditions = ['not exists (select from {erased} e where e.person = p.person)']
  const allowed = given(units)
  conditions.push(`(campus = any(${allowed}) or college = any(${allowed}))`)
  if (unit !== undefined) {
    const wanted = given(unit)
    conditions.push(`(campus = ${wanted} or college = ${wanted})`)
  }
  if (q !== undefined) {
    const pattern = given(questionPattern(q))
    const isLike = `(replace(lower(name), ' ', '') like ${pattern} or pinyin like ${pattern} or lower(number) like ${pattern})`
    const terms = questionTerms(q)
    // A few terms say all that the pattern says. Counted twice, the planner would expect few of a common syllable, and sort all who have it.
    const isNamed = terms.length <= fewTerms ? `coalesce(${isLike}, false)` : isLike
    // The terms find few, the pattern looks at those; a question of spaces alone finds nobody.
    const found = terms.length === 0 ? 'false' : `(terms @> ${given(terms)} and ${isNamed})`
    conditions.push(`(${found} or person = ${given(q)})`)
  }
  return { where: conditions.join(' and '), params }
}
