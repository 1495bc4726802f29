import { clock } from './calendar.ts'
import { inParallel, type Session } from './door.ts'
import type { Life } from './life.ts'
import { fileSummary } from './live-documents.ts'
import { answerSurvey } from './live-surveys.ts'
import type { Lived } from './live-volunteering.ts'
import type { Plan } from './plans.ts'
import { type Random, randomFrom, seedOf } from './random.ts'

/** Activities from their proposal to their closing, as far as the clock allows; what lies ahead stays open for registration. */

/** When an activity begins on its first day and ends on its last. */
export const [starts, ends] = [clock(14), clock(17)]
/** So many register for each hundred who come. */
const registeredPer = 1.12
const together = 12

/** Who wants to come: the sample's students among them first, then others, in an order of the activity's own. */
const guestsOf = ({ people, inOffice, students, crowd }: Life, plan: Plan, random: Random): { person: string; session: Session | null }[] => {
  const many = Math.round(plan.attendance * crowd * registeredPer)
  const open = people.filter(
    (each) => !inOffice.has(each.id) && each.campus === plan.campus && (plan.openTo !== 'union' || !plan.ofCollege || each.college === plan.union),
  )
  const ids = new Set(open.map((each) => each.id))
  const signedIn = new Map(students.map((session) => [session.person, session]))
  const own = students.filter((session) => ids.has(session.person) && random.share() < 0.6).map((session) => ({ person: session.person, session }))
  const others = random.shuffled(open.filter((each) => !signedIn.has(each.id))).map((each) => ({ person: each.id, session: null }))
  return [...own, ...others].slice(0, many)
}

const words = ({ key }: Plan, step: string, at: string) => ({ key: `${key} ${step}`, at })

/** Proposed, reviewed where it is major, approved, announced, open for registration. Null where the sample has nobody for that. */
export const prepareActivity = async ({ calendar, holder }: Life, plan: Plan): Promise<Lived | null> => {
  const [head, president, guidance] = [holder('head', plan.unit), holder('president', plan.union), holder('guidance', plan.campus)]
  if (head === undefined || president === undefined || guidance === undefined) return null
  const [startsAt, endsAt] = [calendar.at(plan.on, starts), calendar.at(plan.to, ends)]
  const before = (days: number, minutes: number) => calendar.at(plan.on, minutes, -days)
  const { id } = await head.send('/activities', proposalOf(plan, head.person, { startsAt, endsAt }), words(plan, 'propose', before(21, clock(10))))
  const on = `/activities/${id}`
  const review = { passed: true, ground: '方案与应急预案完备，同意。' }
  if (plan.major) await guidance.send(`${on}/pre-review`, review, words(plan, 'pre-review', before(18, clock(15))))
  await president.send(`${on}/approval`, {}, words(plan, 'approve', before(16, clock(11))))
  await head.send(`${on}/announcement`, {}, words(plan, 'announce', before(14, clock(9))))
  await head.send(`${on}/registration`, { until: startsAt }, words(plan, 'open', before(14, clock(9, 30))))
  return { plan, id, head, startsAt, endsAt, isHeld: calendar.isPast(endsAt), attended: new Set() }
}

/** The sample's students register by themselves, the others at the desk; who comes is scanned by staff. */
export const attendActivity = async (life: Life, { plan, id, head, startsAt, attended }: Lived): Promise<void> => {
  const { calendar, crowd } = life
  const random = randomFrom(seedOf('guests', plan.key))
  const guests = guestsOf(life, plan, random).map((guest, index) => ({
    ...guest,
    registersAt: calendar.at(plan.on, clock(8) + random.below(14 * 60), -1 - random.below(11)),
    comesAt: new Date(Date.parse(startsAt) + random.below(daysOf(plan)) * 86_400_000 + (random.below(90) - 40) * 60_000).toISOString(),
    isComing: index < plan.attendance * crowd,
  }))
  await inParallel(guests, together, async ({ person, session, registersAt }) => {
    const sending = words(plan, `register ${person}`, registersAt)
    if (session !== null) await session.send('/registrations', { activity: id }, sending)
    else if (calendar.isPast(registersAt)) await head.send('/registrations/desk', { activity: id, person }, sending)
  })
  await inParallel(guests, together, async ({ person, isComing, comesAt }) => {
    if (!isComing || !calendar.isPast(comesAt)) return
    // Whoever only waited for a place is sent home.
    const scanned = await head.try('/attendances/scans', { activity: id, person }, { ...words(plan, `scan ${person}`, comesAt), unless: ['not-registered'] })
    if (scanned !== null) attended.add(person)
  })
}

/** Held, paid for, summarized, asked about, closed. */
export const concludeActivity = async (life: Life, lived: Lived): Promise<void> => {
  const { plan, id, head, endsAt, isHeld } = lived
  const { calendar } = life
  if (!isHeld) return
  const random = randomFrom(seedOf('conclusion', plan.key))
  await spend(lived, random, (days, minutes) => calendar.at(plan.to, minutes, days))
  // Summaries that came in time are filed before the clock of the duty runs out, so they are entered before it begins.
  const isLate = random.share() < 0.2
  if (!isLate) await fileSummary(life, lived)
  // What the fact counts is read from a view: it must have seen the last scan.
  await head.get('/activities?limit=1')
  await head.send(`/activities/${id}/holding`, {}, words(plan, 'hold', endsAt))
  await answerSurvey(life, lived)
  const closing = calendar.at(plan.to, clock(16), 9)
  if (calendar.isPast(closing)) await head.send(`/activities/${id}/closing`, {}, words(plan, 'close', closing))
  if (isLate) await fileSummary(life, lived)
}

const daysOf = ({ on, to }: Plan): number => 1 + Math.round((Date.parse(to) - Date.parse(on)) / 86_400_000)

/** In fen: 4 yuan a guest and what a hall costs. */
const budgetOf = (plan: Plan): number => 30_000 + 400 * plan.attendance

const proposalOf = (plan: Plan, organizer: string, when: { startsAt: string; endsAt: string }) => ({
  unit: plan.unit,
  title: plan.title,
  theme: `${plan.title.zh} · ${plan.title.en}`,
  plan: `布置场地，组织报名，主持活动，收集意见。预计参加${plan.attendance}人。`,
  risks: plan.attendance >= 300 ? '人员密集：安排疏导人员，检查消防通道，准备急救箱。' : '场地用电与秩序：由干事值守。',
  budget: budgetOf(plan),
  major: plan.major,
  venue: plan.attendance >= 600 ? '体育场' : plan.attendance >= 250 ? '大礼堂' : '多功能厅',
  ...when,
  capacity: Math.round(plan.attendance * 1.1),
  openTo: plan.openTo,
  kind: plan.kind,
  organizers: [organizer],
})

/** Little thrift, as the union found itself: nearly all of each budget is spent. */
const spend = async ({ plan, id, head }: Lived, random: Random, at: (days: number, minutes: number) => string): Promise<void> => {
  const spent = Math.round(budgetOf(plan) * (0.86 + 0.13 * random.share()))
  const first = Math.round(spent * 0.6)
  const receipt = (place: number) => `${plan.on.replaceAll('-', '')}-${plan.unit}-${place}`
  const record = (place: number, amount: number, when: string) =>
    head.send(`/activities/${id}/spendings`, { amount, receipt: receipt(place) }, { key: `${plan.key} receipt ${place}`, at: when })
  await record(1, first, at(-3, clock(12)))
  await record(2, spent - first, at(0, clock(18)))
}
