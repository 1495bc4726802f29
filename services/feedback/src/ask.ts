import type { Actor } from '@collegium/shared/aggregate.ts'

export type Subject = { readonly service: string; readonly kind: string; readonly id: string }
export type Question = { readonly id: string; readonly text: { readonly en: string; readonly zh: string } }

/** What decisions of feedback may ask beforehand. */
export type Ask = {
  /** Throws `unknown-survey`. */
  readonly survey: (id: string) => Promise<SurveyFacts>
  /** Of the activities service: did this person check in there? Asked afresh. */
  readonly attended: (activity: string, person: string) => Promise<boolean>
  readonly activityStatus: (activity: string) => Promise<string>
  /** May the actor answer what this unit asks everyone? */
  readonly mayAnswer: (actor: Actor, unit: string, now: string) => boolean
}

export type SurveyFacts = {
  readonly id: string
  readonly unit: string
  readonly status: 'open' | 'closed'
  readonly subject: Subject
  readonly questions: readonly Question[]
  readonly eligible: 'attended' | 'everyone'
  readonly closesAt: string
  readonly minAnswers: number
}
