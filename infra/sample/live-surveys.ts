import { setTimeout as sleep } from 'node:timers/promises'
import { inParallel } from './door.ts'
import type { Life } from './life.ts'
import type { Lived } from './live-volunteering.ts'
import { randomFrom, seedOf } from './random.ts'

/** The survey that opens by itself when an activity was held, answered by the sample's students who were there. */

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
