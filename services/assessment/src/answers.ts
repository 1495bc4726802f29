import { type StandingServer, StandingService } from '@collegium/proto/collegium/assessment/v1/standing.ts'
import { answer } from '@collegium/shared/grpc/answer.ts'
import { refuse } from '@collegium/shared/refusals.ts'
import type { Kernel, Service } from '@collegium/shared/service.ts'
import { assessments } from './views/assessments.ts'

/** What others ask assessment: whether the latest score of a person lets them be proposed for a post, and what of theirs is still open. */
export const answers: NonNullable<Service['answers']> = (kernel) => [
  { definition: StandingService, implementation: standingAnswers(kernel), callers: { ofPerson: ['membership'], openOfPerson: ['membership'] } },
]

const standingAnswers = (kernel: Kernel): StandingServer => ({
  ofPerson: answer(async ({ person }, { actor }) => {
    const readable = actor === null || actor.system !== null || actor.person === person ? null : kernel.unitsWhere(actor, 'assessments:read')
    const [latest] = await kernel.query<{ id: string; unit: string; score: number }>(
      assessments,
      `select id, unit, score from {assessment}
        where subject_kind = 'person' and subject_id = $1 and score is not null and ($2::text[] is null or unit = any($2)) order by scored_at desc, id limit 1`,
      [person, readable],
    )
    if (!latest) return { hasScore: false, latestScore: 0, assessment: '', goodStanding: true }
    const name = 'appointment.standing.min'
    const least = kernel.directory().policy(name, latest.unit, kernel.now())
    if (!least) throw refuse('unknown-policy', { policy: name, unit: latest.unit })
    return { hasScore: true, latestScore: latest.score, assessment: latest.id, goodStanding: latest.score >= Number(least.value) }
  }),
  openOfPerson: answer(async ({ person }, { actor }) => {
    if (actor !== null && actor.system === null) throw refuse('forbidden', { permission: 'system', unit: '—', posts: '—' })
    await kernel.caughtUp()
    const rows = await kernel.query<{ id: string }>(
      assessments,
      `select id from {assessment} where subject_kind = 'person' and subject_id = $1 and score is null order by id`,
      [person],
    )
    return { assessments: rows.map((row) => row.id) }
  }),
})
