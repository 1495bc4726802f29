import type { Session } from './door.ts'
import type { Life } from './life.ts'
import type { Plan } from './plans.ts'
import { randomFrom, seedOf } from './random.ts'

/** An activity that is under way in the sample. */
export type Lived = {
  readonly plan: Plan
  readonly id: string
  readonly head: Session
  readonly startsAt: string
  readonly endsAt: string
  readonly isHeld: boolean
  readonly attended: Set<string>
}

const host = 'volunteer-host'
const largeFrom = 250
const seats = 6
/** On a machine so slow that the shift, being long over, has closed by itself meanwhile: its story then ends there. */
const late = ['shift-closed', 'not-on-roster', 'stint-status', 'unknown-id']
const after = (instant: string, minutes: number): string => new Date(Date.parse(instant) + minutes * 60_000).toISOString()

/** The volunteers of a large activity: they sign up, come and go, and their host confirms the hours. */
export const serveShift = async ({ calendar, students, as }: Life, { plan, id, startsAt }: Lived): Promise<void> => {
  if (plan.attendance < largeFrom || plan.campus !== 'pps') return
  const random = randomFrom(seedOf('shift', plan.key))
  const [from, to] = [after(startsAt, -60), after(startsAt, 180)]
  const say = (step: string, at: string) => ({ key: `${plan.key} shift ${step}`, at, unless: late })
  const leader = as(host)
  const { id: shift } = await leader.send(
    '/shifts',
    {
      unit: 'pps-ppa-practice',
      activity: id,
      title: { en: `Guides: ${plan.title.en}`, zh: `${plan.title.zh}引导服务` },
      category: random.pick(['information', 'popular-science', 'community']),
      place: '入口与服务台',
      from,
      to,
      seats,
    },
    say('open', after(startsAt, -10 * 24 * 60)),
  )
  const volunteers = random.shuffled(students).slice(0, seats + 2)
  // One after the other: who comes first has the seat.
  for (const [place, each] of volunteers.entries())
    await each.try('/sign-ups', { shift }, say(`sign-up ${each.person}`, after(startsAt, -8 * 24 * 60 + place * 190)))
  if (!calendar.isPast(to)) return

  const [absent, byHand, ...present] = volunteers.slice(0, seats) as [Session, Session, ...Session[]]
  const serve = async (each: Session, place: number): Promise<void> => {
    await each.try('/stints/check-in', { shift }, say(`in ${each.person}`, after(from, 3 * place)))
    await each.try('/stints/check-out', { shift }, say(`out ${each.person}`, after(to, -2 * place)))
    await leader.try(`/stints/${shift}.${each.person}/confirmation`, {}, say(`confirm ${each.person}`, after(to, 60 + 7 * place)))
  }
  await Promise.all(present.map(serve))
  await leader.try('/stints/no-shows', { shift, person: absent.person }, say('no-show', after(to, 30)))
  const evidence = { reason: '签到时手机没电，由负责人证明全程在岗。', evidence: ['现场照片', '纸质签到表'] }
  await leader.try('/stints', { shift, person: byHand.person, from, to, ...evidence }, say('by hand', after(to, 45)))
  await as('vice-president').try(`/stints/${shift}.${byHand.person}/countersignature`, {}, say('countersign', after(to, 26 * 60)))
}
