import { useQuery } from '@tanstack/react-query'
import { type Label, units } from '../../api/organization.ts'
import { type Row, reading } from '../../api/read.ts'

export type AssessmentRow = Row<'/assessments'>
export type Subject = AssessmentRow['subject']

export type Criterion = {
  readonly id: string
  readonly name: Label
  readonly source: 'attendance' | 'duties' | 'satisfaction' | 'thrift' | 'hours'
  readonly weight: number
  readonly scale: { readonly from: number; readonly to: number }
}
export type Input = {
  readonly criterion: string
  readonly source: string
  readonly value: number
  readonly normalized: number
  readonly weight: number
  readonly points: number
  readonly facts: number
}
export type Missing = { readonly criterion: string; readonly source: string; readonly weight: number; readonly why: 'no-records' | 'no-shown-answers' }

/** An assessment as its history has it; `open` has no score yet. */
export type Assessed = {
  readonly status: 'open' | 'scored'
  readonly subject: Subject
  readonly scheme: string
  readonly revision: number
  readonly from: string
  readonly to: string
  readonly round?: number
  readonly score?: number
  readonly inputs?: readonly Input[]
  readonly missing?: readonly Missing[]
}
export type Scheme = {
  readonly status: 'draft' | 'adopted'
  readonly name: Label
  readonly subject: Subject['kind']
  readonly latest: number
  readonly adopted: readonly number[]
  readonly revisions: { readonly [revision: string]: readonly Criterion[] }
}

export const assessment = (id: string) => reading('/assessments/{id}', { path: { id } })
export const scheme = (id: string) => reading('/schemes/{id}', { path: { id } })

/** The federation's time zone: periods of an assessment are counted in it. */
export const useZone = (): string => useQuery(units()).data?.find((unit) => unit.parent === null)?.timezone ?? 'UTC'
