import { setTimeout as sleep } from 'node:timers/promises'
import { clock } from './calendar.ts'
import { inParallel } from './door.ts'
import type { Life } from './life.ts'
import type { Lived } from './live-volunteering.ts'
import { randomFrom, seedOf } from './random.ts'

/** The survey that opens by itself when an activity was held, answered by the sample's students who were there; and one that asks everybody today. */

type Open = { readonly id: string; readonly subject: { readonly id: string }; readonly questions: readonly { readonly id: string }[] }
const comments = ['希望下次场地更大一些。', '主持很好，节奏紧凑。', '报名通知可以再早一点。', '收获很大，谢谢学长学姐。']
const [tries, pauseMs] = [100, 50]

export const answerSurvey = async ({ students }: Life, { plan, id: activity, head, endsAt, attended }: Lived): Promise<void> => {
  const guests = students.filter((student) => attended.has(student.person))
  let open: Open | undefined
  for (let count = 0; open === undefined && count < tries; count++) {
    const { items } = await head.get<{ items: readonly Open[] }>(`/surveys?unit=${plan.unit}&limit=100`)
    open = items.find(({ subject }) => subject.id === activity)
    if (open === undefined) await sleep(pauseMs)
  }
  if (open === undefined) return
  const { id, questions } = open
  await inParallel(guests, 8, async (guest) => {
    const random = randomFrom(seedOf('answer', guest.person, plan.key))
    if (random.share() < 0.15) return
    const scores = Object.fromEntries(questions.map((question) => [question.id, Math.min(5, 3 + random.below(3))]))
    const comment = random.share() < 0.2 ? { comment: random.pick(comments) } : {}
    const at = new Date(Date.parse(endsAt) + (2 + random.below(60)) * 3_600_000).toISOString()
    const sending = { key: `answer ${plan.key} ${guest.person}`, at, unless: ['survey-closed', 'already-answered'] }
    await guest.try(`/surveys/${id}/answers`, { scores, ...comment }, sending)
  })
}

const union = 'pps-ppa'
const ofTerm = {
  unit: union,
  subject: { service: 'membership', kind: 'unit', id: union },
  title: { en: 'Our union this term', zh: '本学期学生会工作满意度调查' },
  questions: [
    { id: 'offers', text: { en: 'Is there something on for you?', zh: '学生会的活动符合您的兴趣吗？' } },
    { id: 'word', text: { en: 'Do you hear of things in time?', zh: '您能及时得知活动与通知吗？' } },
    { id: 'heard', text: { en: 'Is your opinion heard?', zh: '您的意见得到了回应吗？' } },
  ],
}

/** The union asks everybody since yesterday: every second of the sample's students has answered, the others still owe it. */
export const askEveryone = async ({ calendar, today, students, as }: Life): Promise<void> => {
  const at = (hours: number) => calendar.at(today, clock(hours), -1)
  const { id } = await as('president').send('/surveys', ofTerm, { key: 'survey of the term', at: at(9) })
  await inParallel(
    students.filter((_, place) => place % 2 === 1),
    8,
    async (student) => {
      const random = randomFrom(seedOf('term', student.person))
      const scores = Object.fromEntries(ofTerm.questions.map((question) => [question.id, 2 + random.below(4)]))
      await student.try(`/surveys/${id}/answers`, { scores }, { key: `answer term ${student.person}`, at: at(20), unless: ['already-answered'] })
    },
  )
}
