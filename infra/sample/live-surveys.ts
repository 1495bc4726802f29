import { inParallel } from './door.ts'
import type { Life } from './life.ts'
import type { Lived } from './live-volunteering.ts'
import { randomFrom, seedOf } from './random.ts'

/** The surveys that opened by themselves when activities were held, answered by the sample's students who were there. */

type Open = { readonly id: string; readonly subject: { readonly id: string }; readonly questions: readonly { readonly id: string }[] }
const comments = ['希望下次场地更大一些。', '主持很好，节奏紧凑。', '报名通知可以再早一点。', '收获很大，谢谢学长学姐。']

export const answerSurveys = async ({ students }: Life, lived: readonly Lived[]): Promise<void> => {
  const held = new Map(lived.filter((each) => each.isHeld).map((each) => [each.id, each]))
  await inParallel(students, 8, async (student) => {
    const { items } = await student.get<{ items: readonly Open[] }>('/surveys?mine=true&limit=100')
    for (const { id, subject, questions } of items) {
      const activity = held.get(subject.id)
      const random = randomFrom(seedOf('answer', student.person, activity?.plan.key ?? id))
      if (activity === undefined || random.share() < 0.15) continue
      const scores = Object.fromEntries(questions.map((question) => [question.id, Math.min(5, 3 + random.below(3))]))
      const comment = random.share() < 0.2 ? { comment: random.pick(comments) } : {}
      const at = new Date(Date.parse(activity.endsAt) + (2 + random.below(60)) * 3_600_000).toISOString()
      await student.try(
        `/surveys/${id}/answers`,
        { scores, ...comment },
        { key: `answer ${activity.plan.key} ${student.person}`, at, unless: ['survey-closed', 'already-answered'] },
      )
    }
  })
}
