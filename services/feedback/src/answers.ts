import { type SatisfactionServer, SatisfactionService } from '@collegium/proto/collegium/feedback/v1/satisfaction.ts'
import { answer as reply } from '@collegium/shared/grpc/answer.ts'
import type { Kernel, Service } from '@collegium/shared/service.ts'
import { answer } from './answer.ts'
import { nothing, plus, resultsWhere, shareOf, together } from './results.ts'
import { surveys } from './views/surveys.ts'

/** What others ask feedback: how satisfied those were who took part, with each answer as evidence; nothing while there are too few. */
export const answers: NonNullable<Service['answers']> = (kernel) => [
  { definition: SatisfactionService, implementation: satisfactionAnswers(kernel), callers: { ofSubject: ['assessment'] } },
]

const satisfactionAnswers = (kernel: Kernel): SatisfactionServer => ({
  ofSubject: reply(async ({ service, kind, id }, { actor }) => {
    const readable = actor === null || actor.system !== null ? null : kernel.unitsWhere(actor, 'surveys:read')
    const results = await resultsWhere(
      kernel,
      's.subject_service = $1 and s.subject_kind = $2 and s.subject_id = $3 and ($4::text[] is null or s.unit = any($4))',
      [service, kind, id, readable],
    )
    const { answers: count, byQuestion } = together(results)
    const shown = results.filter((each) => each.missing === 0).map((each) => each.survey)
    const rows = await kernel.query<{ id: string }>(surveys, 'select id from {answer} where survey = any($1) order by id', [shown])
    return {
      answers: count,
      mean: shareOf([...byQuestion.values()].reduce(plus, nothing)),
      evidence: rows.map((row) => ({ service: kernel.name, stream: `${answer.name}-${row.id}`, version: 1 })),
    }
  }),
})
