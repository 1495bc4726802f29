import { createContext, use } from 'react'
import type { InputFault } from '../../api/problem.ts'
import type { Draft } from './draft.ts'

/** What every field of a form needs of it. */
export type FormParts = {
  readonly id: string
  /** Whose input it is: some words mean another thing in one command than elsewhere. */
  readonly command: string
  readonly timeZone: string
  readonly faults: readonly InputFault[]
  readonly change: (path: readonly string[], value: Draft) => void
}

export const FormContext = createContext<FormParts | null>(null)

export const useForm = (): FormParts => {
  const parts = use(FormContext)
  if (parts === null) throw new Error('A field stands in a form')
  return parts
}

export const pointerOf = (path: readonly string[]): string => path.map((each) => `/${each.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
export const fieldId = (form: string, path: readonly string[]): string => `${form}-${path.join('-')}`
