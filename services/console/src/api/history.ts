import { type Answer, reading } from './read.ts'
import type { Fact } from './trail.ts'

type Told = Answer<'/appointments/{id}/history'>['items'][number]
/** A fact as the history of one aggregate tells it. The API sends the whole record; its document names what is in every fact. */
export type HistoryFact = Told & Pick<Fact, 'actor' | 'reason' | 'policies' | 'recorded'>

const whole = ({ items }: { readonly items: readonly Told[] }): readonly HistoryFact[] => items as readonly HistoryFact[]

/** Everything that happened to a unit, an appointment or a policy, oldest first. */
export const unitHistory = (id: string) => ({ ...reading('/units/{id}/history', { path: { id } }), select: whole })
export const appointmentHistory = (id: string) => ({ ...reading('/appointments/{id}/history', { path: { id } }), select: whole })
export const policyHistory = (id: string) => ({ ...reading('/policies/{id}/history', { path: { id } }), select: whole })
/** Of a meeting: for those who may read more of it than who came. */
export const meetingHistory = (id: string) => ({ ...reading('/meetings/{id}/history', { path: { id } }), select: whole })
