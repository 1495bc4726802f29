import type { SchemeEvent } from './events.ts'
import type { Criterion } from './scoring.ts'

export type SubjectKind = 'activity' | 'person'
export type SchemeState =
  | { status: 'none' }
  | {
      status: 'draft' | 'adopted'
      name: { en: string; zh: string }
      subject: SubjectKind
      latest: number
      adopted: number[]
      revisions: Record<number, readonly Criterion[]>
    }

export const evolve = (state: SchemeState, event: SchemeEvent): SchemeState => {
  switch (event.type) {
    case 'assessment.scheme-drafted.v1': {
      const { name, subject, criteria, revision } = event.data
      const { adopted, revisions } = state.status === 'none' ? { adopted: [], revisions: {} } : state
      return { status: 'draft', name, subject, latest: revision, adopted, revisions: { ...revisions, [revision]: criteria } }
    }
    case 'assessment.scheme-adopted.v1':
      return state.status === 'none' ? state : { ...state, status: 'adopted', adopted: [...state.adopted, event.data.revision] }
  }
}
