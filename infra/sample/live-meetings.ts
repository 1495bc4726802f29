import { setTimeout as sleep } from 'node:timers/promises'
import { clock } from './calendar.ts'
import type { Session } from './door.ts'
import type { Life } from './life.ts'
import type { Lived } from './live-volunteering.ts'
import { randomFrom, seedOf } from './random.ts'

/** Meetings every second week: agenda, sign-in, leave, a resolution with duties, minutes. */

type Series = {
  readonly key: string
  readonly unit: string
  readonly kind: string
  readonly title: { en: string; zh: string }
  readonly first: string
  readonly everyDays: number
  readonly chair: Session
  readonly keeper: Session
  readonly invited: readonly string[]
  readonly duties: (meeting: string, on: number) => readonly DutyPlan[]
}
type DutyPlan = {
  readonly title: string
  readonly owner: Session
  /** Where the owner works on it. */
  readonly unit: string
  /** Days after the meeting. */
  readonly due: number
  /** The activity whose holding ends it, or the day on which its owner does; null = nobody does. */
  readonly by: { readonly activity: string } | { readonly days: number } | null
}

const opensAt = clock(19)

export const holdMeetings = async (life: Life, lived: readonly Lived[]): Promise<void> => {
  await Promise.all(seriesOf(life, lived).map((series) => holdSeries(life, series)))
}

const holdSeries = async (life: Life, series: Series): Promise<void> => {
  const { calendar, semester } = life
  const end = semester.terms?.[0]?.to ?? ''
  for (let days = 0; calendar.at(series.first, opensAt, days) < calendar.at(end, 0); days += series.everyDays) {
    // The next one is called already, with nothing to report yet.
    const called = calendar.at(series.first, clock(10), days - 5)
    if (calendar.isPast(called)) await holdMeeting(life, series, days)
  }
}

const holdMeeting = async ({ calendar, as }: Life, series: Series, days: number): Promise<void> => {
  const { chair, keeper, unit, kind, invited } = series
  const at = (minutes: number, more = 0) => calendar.at(series.first, minutes, days + more)
  const key = `${series.key} ${days}`
  const random = randomFrom(seedOf('meeting', key))
  const nth = days / series.everyDays + 1
  const { id } = await keeper.send(
    '/meetings',
    {
      unit,
      title: { en: `${series.title.en}, no. ${nth}`, zh: `${series.title.zh}（第${nth}次）` },
      kind,
      at: at(opensAt),
      agenda: ['上次决议执行情况', '近期活动安排', '其他事项'],
      invited,
      chair: chair.person,
    },
    { key: `${key} call`, at: at(clock(10), -5) },
  )
  if (!calendar.isPast(at(opensAt + 90))) return
  const on = `/meetings/${id}`
  const excused = nth % 2 === 0 && invited.includes(as('arts-head').person) ? as('arts-head') : null
  if (excused !== null) {
    await excused.send(`${on}/leave`, { reason: '与专业课实习时间冲突。' }, { key: `${key} leave`, at: at(clock(12)) })
    await chair.send(`${on}/leave-grants`, { person: excused.person }, { key: `${key} grant`, at: at(clock(13)) })
  }
  const persons = invited.filter((person) => person !== excused?.person && (person === chair.person || random.share() < 0.92))
  await keeper.send(`${on}/sign-in-sheet`, { persons }, { key: `${key} sheet`, at: at(opensAt) })
  await chair.send(`${on}/opening`, {}, { key: `${key} open`, at: at(opensAt + 2) })
  const duties = series.duties(key, days)
  await chair.send(
    `${on}/resolutions`,
    {
      text: `第${nth}次会议决议：落实近期活动，按期完成分工。`,
      duties: duties.map(({ title, owner, unit, due, by }) => ({
        title,
        unit,
        owner: owner.person,
        due: at(clock(18), due),
        ...(by !== null && 'activity' in by ? { fulfilledBy: { event: 'activities.activity-held.v1', about: by.activity } } : {}),
      })),
    },
    { key: `${key} resolve`, at: at(opensAt + 60) },
  )
  // In the order in which they fall due, the first at once: a duty that was done in time must not be escalated before that is entered.
  await Promise.all(duties.map((duty, index) => fulfil(duty, `${id}.r1.d${index + 1}`, key, at)))
  await chair.send(`${on}/closing`, {}, { key: `${key} close`, at: at(opensAt + 85) })
  const text = `会议听取了上次决议的执行情况，讨论了近期活动安排，通过第${nth}次会议决议。实到${persons.length}人。`
  await keeper.send(`${on}/minutes`, { text }, { key: `${key} minutes`, at: at(clock(10), 1), method: 'PUT' })
  const approved = at(clock(16), 2)
  if (calendar.isPast(approved)) await chair.send(`${on}/minutes-approval`, {}, { key: `${key} approve`, at: approved })

  async function fulfil({ owner, by }: DutyPlan, duty: string, words: string, when: typeof at): Promise<void> {
    if (by === null || !('days' in by)) return
    const done = when(clock(12), by.days)
    if (!calendar.isPast(done)) return
    for (const end = Date.now() + 20_000; ; await sleep(10)) {
      const unless = Date.now() < end ? ['unknown-id'] : []
      if ((await owner.try(`/duties/${duty}/fulfilment`, {}, { key: `${words} done ${duty}`, at: done, unless })) !== null) return
    }
  }
}

const seriesOf = (life: Life, lived: readonly Lived[]): Series[] => {
  const { semester, as } = life
  const departments = ['secretariat', 'study', 'social', 'life', 'arts', 'sports', 'publicity']
  const heads = departments.map((part) => ({ owner: as(`${part}-head`), unit: `pps-ppa-${part}` }))
  const [president, secretary] = [as('president'), as('secretary')]
  const begin = semester.terms?.[0]?.from ?? ''
  const presidium: Series = {
    key: 'presidium',
    unit: 'pps-ppa',
    kind: 'presidium',
    title: { en: 'Meeting of the presidium', zh: '主席团例会' },
    first: addDays(begin, 7),
    everyDays: 14,
    chair: president,
    keeper: secretary,
    invited: [president, as('vice-president'), secretary, as('volunteer-host'), ...heads.map((head) => head.owner)].map((each) => each.person),
    duties: (key, days) => {
      const random = randomFrom(seedOf('duties', key))
      const day = addDays(begin, 7 + days)
      const [own, other] = random.shuffled(heads) as [(typeof heads)[number], (typeof heads)[number]]
      const next = lived.find(({ plan, isHeld }) => isHeld && plan.union === 'pps-ppa' && plan.on > day && plan.on <= addDays(day, 14))
      return [
        ...(next === undefined
          ? []
          : [
              {
                title: `办好${next.plan.title.zh}`,
                owner: next.head,
                unit: next.plan.unit,
                due: daysBetween(day, next.plan.to) + 1,
                by: { activity: next.id },
              },
            ]),
        { title: '汇总本部门意见，报秘书处', ...own, due: 7, by: { days: 5 } },
        // Communication inside single tasks, as the union found itself wanting.
        { title: '整理活动细节清单', ...other, due: 6, by: random.share() < 0.5 ? { days: 8 } : null },
      ]
    },
  }
  return [presidium, ...plannedSeries(life)]
}

/** The meetings that a department has planned for the semester. */
const plannedSeries = ({ semester, holder, as }: Life): Series[] => {
  const { plan } = semester
  const chair = holder('head', `${plan?.union}-${plan?.department}`)
  if (plan === undefined || chair === undefined) return []
  const others = [as('ctbu-president'), as('ctbu-secretary')].map((each) => each.person)
  return plan.items.flatMap((item) =>
    item.kind === 'meeting' && item.on !== undefined
      ? [
          {
            key: `planned ${item.on}`,
            unit: `${plan.union}-${plan.department}`,
            kind: 'department-exchange',
            title: item.title,
            first: item.on,
            everyDays: item['every-days'] ?? 14,
            chair,
            keeper: chair,
            invited: [chair.person, ...others],
            duties: () => [],
          },
        ]
      : [],
  )
}

const addDays = (day: string, days: number): string => new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10)
const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)
