import type { Rule } from './rules.ts'
import type { Fact, Step } from './walk.ts'

/**
 * Aggregates small enough to be said a second time whole: each decision is foretold, refused or with its facts word for word, and the state that they
 * leave. What is folded here is the model's own memory, not the aggregate's.
 */
type Memory = Readonly<Record<string, unknown>> | null
/** Null = refused; otherwise the name and data of the fact, `[]` where nothing is to be said, and what is remembered then. */
type Told = null | readonly [] | readonly [name: string, data: Record<string, unknown>, memory: Memory]
type Model = (memory: Memory, step: Step, id: string) => Told

const id = 'a-1'
/** What every policy of these walks says that is not named. */
const policy = 3
const dayMs = 86_400_000

const foretold =
  (service: string, never: unknown, model: Model): Rule =>
  (steps) => {
    let memory: Memory = null
    for (const step of steps) {
      const told = model(memory, step, id)
      const events: readonly Fact[] | null = told === null ? null : told.length === 0 ? [] : [{ type: `${service}.${told[0]}.v1`, data: told[1] }]
      if (told?.length === 3) memory = told[2]
      const came = said(step.events)
      if (came !== said(events)) return `${step.command}: foretold ${said(events)}, came ${came}`
      if (said(step.after) !== said(memory ?? never)) return `${step.command}: leaves ${said(step.after)} instead of ${said(memory ?? never)}`
    }
    return null
  }

/** The same text for the same value, in whatever order it was put together. */
const said = (value: unknown): string =>
  JSON.stringify(value, (_, each) =>
    typeof each === 'object' && each !== null && !Array.isArray(each) ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1))) : each,
  )

const survey: Model = (memory, { command, input, facts, now }) => {
  if (command === 'closeSurvey') {
    if (memory === null) return null
    return memory.status === 'open' ? ['survey-closed', { survey: id }, { ...memory, status: 'closed' }] : []
  }
  if (memory !== null) return []
  const byItself = command === 'openForActivity'
  if (!byItself && facts === 'announced') return null
  const subject = byItself ? { service: 'activities', kind: 'activity', id: input.activity } : input.subject
  const questions = byItself || input.questions === undefined ? standard : input.questions
  if (questions.some((one: { id: string }, at: number) => questions.findIndex((other: { id: string }) => other.id === one.id) !== at)) return null
  const asked = {
    ...{ subject, title: input.title, questions, minAnswers: policy },
    eligible: `${subject.service}/${subject.kind}` === 'activities/activity' ? 'attended' : 'everyone',
    closesAt: new Date(Date.parse(now) + policy * dayMs).toISOString(),
  }
  return ['survey-opened', { survey: id, ...asked }, { status: 'open', ...asked }]
}
const standard = [
  { id: 'overall', text: { en: 'How satisfied are you, all in all?', zh: '总体而言，您满意吗？' } },
  { id: 'content', text: { en: 'Was the content worth your time?', zh: '活动内容值得您花时间吗？' } },
  { id: 'organisation', text: { en: 'Was it well organised?', zh: '活动组织得好吗？' } },
]

const shift: Model = (memory, { command, input, facts, now }) => {
  if (command === 'closeShift') {
    if (memory === null) return null
    return memory.status === 'open' ? ['shift-closed', { shift: id }, { ...memory, status: 'closed' }] : []
  }
  if (memory !== null) return []
  const [from, to] = [Date.parse(input.from), Date.parse(input.to)]
  const tenHours = 600 * 60_000
  if (to <= from || to - from > tenHours || to <= Date.parse(now)) return null
  if (facts.activity !== null && (!facts.activity.exists || facts.activity.status === 'cancelled')) return null
  const span = { activity: input.activity ?? null, from: new Date(from).toISOString(), to: new Date(to).toISOString(), seats: input.seats }
  return ['shift-opened', { shift: id, title: input.title, category: input.category, place: input.place, ...span }, { status: 'open', ...span }]
}

const person: Model = (memory, { input, facts }) => {
  const { name, number, campus, college = null } = input
  if (facts.campus.status === 'dissolved' || facts.campus.kind !== 'campus') return null
  if (facts.college !== null && (facts.college.level !== 'college' || !facts.path.includes(campus))) return null
  const known = { status: 'registered', unit: campus, name, number, college }
  if (memory !== null) return said(memory) === said(known) ? [] : null
  return ['person-registered', { person: input.person, name, number, campus, college }, known]
}

const peopleExport: Model = (memory, { command, input }) => {
  const about = { export: id }
  switch (command) {
    case 'orderPeopleExport': {
      const { unit, format } = input
      return memory === null ? ['people-export-ordered', { ...about, unit, format }, { status: 'ordered', unit, format, rows: null, left: null }] : []
    }
    case 'advancePeopleExport':
      return memory?.status === 'ordered' && memory.left !== input.left
        ? ['people-export-advanced', { ...about, left: input.left }, { ...memory, left: input.left }]
        : []
    case 'finishPeopleExport':
      return memory?.status === 'ordered'
        ? ['people-export-finished', { ...about, rows: input.rows }, { ...memory, status: 'finished', rows: input.rows, left: 0 }]
        : []
    default:
      if (memory === null || memory.status === 'ordered') return null
      return memory.status === 'finished' ? ['people-export-taken', about, { ...memory, status: 'taken' }] : []
  }
}

/** By the name of the aggregate. */
export const foretelling: Readonly<Record<string, Rule>> = {
  survey: foretold('feedback', { status: 'none' }, survey),
  shift: foretold('volunteers', { status: 'none' }, shift),
  person: foretold('membership', { status: 'unknown' }, person),
  'people-export': foretold('membership', { status: 'unknown' }, peopleExport),
}
