import type { Kernel } from '@collegium/shared/service.ts'
import type { Question, Subject } from './ask.ts'
import { surveys } from './views/surveys.ts'

export type Tally = { readonly answers: number; readonly sum: number; readonly counts: readonly number[] }

export const nothing: Tally = { answers: 0, sum: 0, counts: [0, 0, 0, 0, 0] }

export const plus = (one: Tally, other: Tally): Tally => ({
  answers: one.answers + other.answers,
  sum: one.sum + other.sum,
  counts: one.counts.map((count, index) => count + (other.counts[index] ?? 0)),
})

/** Two digits; null where nobody answered. */
export const meanOf = ({ answers, sum }: Tally): number | null => (answers === 0 ? null : Math.round((100 * sum) / answers) / 100)

/** A mean from 1 to 5 as a share from 0 to 1. */
export const shareOf = ({ answers, sum }: Tally): number => (answers === 0 ? 0 : (sum / answers - 1) / 4)

export type SurveyResult = {
  readonly survey: string
  readonly unit: string
  readonly subject: Subject
  readonly status: string
  readonly title: unknown
  readonly questions: readonly Question[]
  readonly answers: number
  /** How many answers are missing until the result is shown. */
  readonly missing: number
  readonly tallies: ReadonlyMap<string, Tally>
}

/** The tallies of surveys by a condition over `{survey} s`; those below their least number of answers have empty ones. */
export const resultsWhere = async (kernel: Kernel, condition: string, params: readonly unknown[]): Promise<SurveyResult[]> => {
  const found = await kernel.query(
    surveys,
    `select s.*, (select count(*)::int from {answer} a where a.survey = s.id) as answers from {survey} s where ${condition} order by s.opened_at, s.id`,
    params,
  )
  const shown = found.filter((row) => row.answers >= row.min_answers).map((row) => row.id)
  const rows = await kernel.query(surveys, 'select * from {tally} where survey = any($1)', [shown])
  const bySurvey = Map.groupBy(rows, (row) => row.survey as string)
  return found.map((row) => ({
    survey: row.id,
    unit: row.unit,
    subject: { service: row.subject_service, kind: row.subject_kind, id: row.subject_id },
    status: row.status,
    title: row.title,
    questions: row.questions,
    answers: row.answers,
    missing: Math.max(0, row.min_answers - row.answers),
    tallies: new Map((bySurvey.get(row.id) ?? []).map((tally) => [tally.question as string, tallyOf(tally)])),
  }))
}

const tallyOf = (row: Record<string, unknown>): Tally => ({
  answers: Number(row.answers),
  sum: Number(row.sum),
  counts: [row.s1, row.s2, row.s3, row.s4, row.s5].map(Number),
})

/** Several surveys as one: only what each of them may show by itself, so that no difference uncovers one of them. */
export const together = (results: readonly SurveyResult[]): { answers: number; surveys: number; hidden: number; byQuestion: Map<string, Tally> } => {
  const shown = results.filter((each) => each.missing === 0)
  const byQuestion = new Map<string, Tally>()
  for (const { tallies } of shown) for (const [question, tally] of tallies) byQuestion.set(question, plus(byQuestion.get(question) ?? nothing, tally))
  return { answers: shown.reduce((sum, each) => sum + each.answers, 0), surveys: shown.length, hidden: results.length - shown.length, byQuestion }
}
