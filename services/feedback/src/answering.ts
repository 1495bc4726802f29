import { createHmac } from 'node:crypto'
import type { Actor } from '@collegium/shared/aggregate.ts'
import { systemActor } from '@collegium/shared/handle.ts'
import { idFrom } from '@collegium/shared/ids.ts'
import { run } from '@collegium/shared/reaction.ts'
import { refuse } from '@collegium/shared/refusals.ts'
import type { Executed, Kernel } from '@collegium/shared/service.ts'
import { answer, checkScores, recordAnswer } from './answer.ts'
import type { Ask } from './ask.ts'
import { reject } from './rejections.ts'
import { answerOnce, roll } from './roll.ts'

type Given = {
  readonly survey: string
  readonly key: string
  readonly scores: Record<string, number>
  readonly comment: string | null /** For who may date it back. */
  readonly occurred?: string
}

/**
 * Answers a survey in two steps: the person is ticked off the roll, then the system records what was said. A caller who dies in between
 * repeats with the same key and completes it; both steps happen once. The answer's id is made from that key, which is kept nowhere, so
 * that not even the service's own secret leads from a person back to an answer.
 * Returns where the roll's fact stands; the answer's own place is told to nobody.
 */
export const giveAnswer = async (kernel: Kernel, ask: Ask, actor: Actor, { survey, key, scores, comment, occurred }: Given): Promise<Executed> => {
  if (actor.person === null) throw reject('person-needed')
  // Before the roll: who has been ticked off can no longer correct a fault.
  checkScores((await ask.survey(survey)).questions, scores)
  const digest = createHmac('sha256', kernel.secret('answers'))
    .update(JSON.stringify([survey, actor.person, key]))
    .digest('hex')
  const id = idFrom('answer', digest)
  const earlier = (await kernel.load(answer, id)).state
  if (earlier.status === 'given' && !isSame(earlier, { scores, comment })) throw refuse('idempotency-key-reused')

  const ticked = await kernel.execute(run(roll, answerOnce, null, { survey, home: actor.home }, occurred === undefined ? {} : { occurred }), {
    actor,
    commandId: idFrom('key', actor.person, key),
  })
  await kernel.execute(run(answer, recordAnswer, id, { survey, scores, comment }, { occurred: `${(occurred ?? kernel.now()).slice(0, 13)}:00:00.000Z` }), {
    actor: systemActor('feedback.answers'),
    commandId: idFrom('command', digest),
    correlation: idFrom('correlation', digest),
    causation: idFrom('causation', digest),
  })
  return ticked
}

type Content = { readonly scores: Readonly<Record<string, number>>; readonly comment: string | null }

const isSame = (one: Content, other: Content): boolean =>
  one.comment === other.comment && Object.keys(other.scores).every((question) => one.scores[question] === other.scores[question])
