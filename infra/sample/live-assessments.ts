import { clock } from './calendar.ts'
import type { Life } from './life.ts'
import type { Lived } from './live-volunteering.ts'

/** Two schemes, one for activities and one for people, adopted by the presidium; what was closed is scored, and so are the heads. */

const criterion = (id: string, source: string, weight: number, from: number, to: number, en: string, zh: string) => ({
  id,
  source,
  weight,
  scale: { from, to },
  name: { en, zh },
})
const ofActivities = [
  criterion('attendance', 'attendance', 40, 0.5, 1, 'Attendance', '出勤'),
  criterion('satisfaction', 'satisfaction', 30, 0.4, 1, 'Satisfaction', '满意度'),
  criterion('thrift', 'thrift', 15, 1.1, 0.6, 'Thrift', '节约'),
  criterion('duties', 'duties', 15, 0, 1, 'Duties done in time', '按期完成任务'),
]
const ofPeople = [
  criterion('duties', 'duties', 40, 0, 1, 'Duties done in time', '按期完成任务'),
  criterion('meetings', 'attendance', 30, 0.5, 1, 'Presence', '出勤'),
  criterion('satisfaction', 'satisfaction', 30, 0.4, 1, 'Satisfaction with own activities', '所办活动满意度'),
]
/** Days of the semester after which its officers are assessed. */
const midterm = 75
const assessed = ['study-head', 'social-head', 'life-head', 'arts-head', 'sports-head']

export const assess = async ({ as, calendar, semester }: Life, lived: readonly Lived[]): Promise<void> => {
  const [secretary, president] = [as('secretary'), as('president')]
  const begin = semester.terms?.[0]?.from ?? ''
  const adopted = async (subject: string, name: { en: string; zh: string }, criteria: readonly object[]): Promise<string> => {
    const key = `scheme ${subject}`
    const { id } = await secretary.send('/schemes', { unit: 'pps-ppa', name, subject, criteria }, { key: `${key} draft`, at: calendar.at(begin, clock(9), 8) })
    await president.send(`/schemes/${id}/adoption`, { revision: 1 }, { key: `${key} adopt`, at: calendar.at(begin, clock(20), 8) })
    return id
  }
  const score = async (key: string, unit: string, subject: object, scheme: string, to: string): Promise<void> => {
    if (!calendar.isPast(to)) return
    const period = { from: calendar.at(begin, 0), to }
    const { id } = await secretary.send('/assessments', { unit, subject, scheme, ...period }, { key: `assess ${key} open`, at: to })
    await secretary.try(`/assessments/${id}/scores`, {}, { key: `assess ${key} score`, at: to, unless: ['nothing-to-score'] })
  }
  const forActivities = await adopted('activity', { en: 'Activities', zh: '活动评价方案' }, ofActivities)
  const forPeople = await adopted('person', { en: 'Officers', zh: '干部考核方案' }, ofPeople)
  await Promise.all([
    ...lived
      .filter(({ plan, isHeld }) => isHeld && plan.union === 'pps-ppa')
      .map(({ plan, id }) => score(plan.key, plan.unit, { kind: 'activity', id }, forActivities, calendar.at(plan.to, clock(20), 10))),
    ...assessed.map((account) => score(account, 'pps-ppa', { kind: 'person', id: as(account).person }, forPeople, calendar.at(begin, clock(20), midterm))),
  ])
}
