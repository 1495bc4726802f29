import { randomUUID } from 'node:crypto'
import { positionText, ReceiptText } from '@collegium/shared/http/commands.ts'
import { keysOf, Listing, PageOf, pageOf, unitFilter } from '@collegium/shared/http/paging.ts'
import { Id, Instant, Label, OneOf, orNull } from '@collegium/shared/schema.ts'
import type { Kernel, Service } from '@collegium/shared/service.ts'
import type { FastifyInstance } from 'fastify'
import Type, { type Static } from 'typebox'
import { Comment, Scores } from './answer.ts'
import { giveAnswer } from './answering.ts'
import { questions } from './questions.ts'
import { reject } from './rejections.ts'
import { meanOf, resultsWhere, together } from './results.ts'
import { surveys } from './views/surveys.ts'

const tags = ['feedback']
const params = Type.Object({ id: Id })

/** Lists and results over the views of feedback, and the way of an answer. */
export const routes: NonNullable<Service['routes']> = (app, kernel) => {
  mountAnswers(app, kernel)
  mountList(app, kernel)
  mountResults(app, kernel)
}

const AnswerBody = Type.Object({ scores: Scores, comment: Type.Optional(Comment) }, { additionalProperties: false })

const mountAnswers = (app: FastifyInstance, kernel: Kernel): void => {
  const ask = questions(kernel)
  app.post(
    '/surveys/:id/answers',
    {
      schema: {
        operationId: 'answerSurvey',
        tags,
        summary: 'Answers a survey, once and without a name',
        description:
          'Send a random Idempotency-Key: who repeats with it completes an answer that was cut off. The answer itself has no address; the receipt is for having answered, so that it shows nobody what.',
        params,
        headers: Type.Object({
          'idempotency-key': Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
          'collegium-occurred': Type.Optional(Instant),
        }),
        body: AnswerBody,
        response: {
          201: Type.Object({
            survey: Type.String(),
            answered: Type.Boolean(),
            position: Type.String({ description: 'Of the roll: what a reader may wait for.' }),
            receipt: Type.Optional(ReceiptText),
          }),
        },
      },
      config: { permission: 'surveys:answer' },
    },
    async (request, reply) => {
      const { id: survey } = request.params as Static<typeof params>
      const { scores, comment = null } = request.body as Static<typeof AnswerBody>
      const key = (request.headers['idempotency-key'] as string | undefined) ?? randomUUID()
      const occurred = request.headers['collegium-occurred'] as string | undefined
      const ticked = await giveAnswer(kernel, ask, kernel.actorOf(request), { survey, key, scores, comment, ...(occurred === undefined ? {} : { occurred }) })
      const receipt = (await ticked.receipt()) ?? undefined
      return reply.status(201).send({ survey, answered: true, position: positionText(kernel.name, ticked), receipt })
    },
  )
}

const SurveyList = Listing({
  ...unitFilter,
  status: Type.Optional(OneOf('open', 'closed')),
  mine: Type.Boolean({ default: false, description: 'Only what waits for the answer of the caller.' }),
})

const Subject = Type.Object({ service: Type.String(), kind: Type.String(), id: Type.String() })
const Questions = Type.Array(Type.Object({ id: Type.String(), text: Label }))
const SurveyRow = Type.Object({
  id: Type.String(),
  unit: Type.String(),
  subject: Subject,
  title: Label,
  questions: Questions,
  eligible: OneOf('attended', 'everyone'),
  status: OneOf('open', 'closed'),
  openedAt: Type.String(),
  closesAt: Type.String(),
})

const mountList = (app: FastifyInstance, kernel: Kernel): void => {
  app.get(
    '/surveys',
    {
      schema: { operationId: 'surveys', tags, summary: 'Surveys, newest first', querystring: SurveyList, response: { 200: PageOf(SurveyRow) } },
      config: { permission: 'signed-in' },
    },
    async (request) => {
      const { unit, status, mine, limit, cursor } = request.query as Static<typeof SurveyList>
      const actor = kernel.actorOf(request)
      const below = unit === undefined ? null : kernel.directory().subtree(unit)
      // One's own are found by attendance, at whatever campus; all others where one may read surveys.
      const condition = mine
        ? `s.status = 'open' and s.closes_at > $6 and (s.eligible = 'attended' and exists (select 1 from {attended} t where t.person = $5 and t.activity = s.subject_id)
             or s.eligible = 'everyone' and s.unit = any($1)) and not exists (select 1 from {answered} a where a.person = $5 and a.survey = s.id)`
        : 's.unit = any($1) and ($5::text is null or true) and ($6::text is null or true)'
      const rows = await kernel.query<Static<typeof SurveyRow>>(
        surveys,
        `select s.id, s.unit, jsonb_build_object('service', s.subject_service, 'kind', s.subject_kind, 'id', s.subject_id) as subject, s.title, s.questions, s.eligible,
                s.status, s.opened_at as "openedAt", s.closes_at as "closesAt" from {survey} s
          where ($2::text[] is null or s.unit = any($2)) and ($3::text is null or s.status = $3)
            and ($4::text[] is null or (s.opened_at, s.id) < ($4[1], $4[2])) and ${condition} order by s.opened_at desc, s.id desc limit ${limit + 1}`,
        [kernel.unitsWhere(actor, mine ? 'surveys:answer' : 'surveys:read'), below, status, keysOf(cursor, 2), actor.person, kernel.now()],
      )
      return pageOf(rows, limit, (row) => [row.openedAt, row.id])
    },
  )
}

const Satisfied = Type.Object(
  { unit: unitFilter.unit, service: Type.Optional(Id), kind: Type.Optional(Id), subject: Type.Optional(Id) },
  { additionalProperties: false },
)

const Mean = orNull(Type.Number({ description: 'From 1 to 5.' }))
const Counts = Type.Array(Type.Integer(), { description: 'How many answered 1, 2, 3, 4 and 5.' })
const Results = Type.Object({
  survey: Type.String(),
  unit: Type.String(),
  subject: Subject,
  status: OneOf('open', 'closed'),
  title: Label,
  answers: Type.Integer(),
  shown: Type.Boolean(),
  missing: Type.Integer({ description: 'How many answers are missing until the result is shown.' }),
  questions: Type.Array(Type.Object({ id: Type.String(), text: Label, mean: Mean, counts: Counts })),
  comments: Type.Array(Type.String()),
})
const Satisfaction = Type.Object({
  answers: Type.Integer(),
  surveys: Type.Integer(),
  hidden: Type.Integer({ description: 'Surveys with too few answers to be shown.' }),
  questions: Type.Array(Type.Object({ id: Type.String(), answers: Type.Integer(), mean: Mean, counts: Counts })),
})

const mountResults = (app: FastifyInstance, kernel: Kernel): void => {
  app.get(
    '/surveys/:id/results',
    {
      schema: {
        operationId: 'surveyResults',
        tags,
        summary: 'Counts and means by question, once enough have answered',
        params,
        response: { 200: Results },
      },
      config: { permission: 'surveys:read' },
    },
    async (request) => {
      const { id } = request.params as Static<typeof params>
      const [found] = await resultsWhere(kernel, 's.id = $1', [id])
      if (!found) throw reject('unknown-survey', { survey: id })
      await kernel.allow(kernel.actorOf(request), 'surveys:read', found.unit)
      const { tallies, missing, ...result } = found
      if (missing > 0) return { ...result, shown: false, missing, questions: [], comments: [] }
      const comments = await kernel.query(surveys, 'select comment from {answer} where survey = $1 and comment is not null order by id', [id])
      return {
        ...result,
        shown: true,
        missing,
        questions: result.questions.map(({ id: question, text }) => {
          const tally = tallies.get(question)
          return { id: question, text, mean: tally ? meanOf(tally) : null, counts: tally?.counts ?? [] }
        }),
        comments: comments.map((row) => row.comment),
      }
    },
  )

  app.get(
    '/satisfaction',
    {
      schema: {
        operationId: 'satisfaction',
        tags,
        summary: 'Means by question over all surveys of a unit, or of a subject',
        querystring: Satisfied,
        response: { 200: Satisfaction },
      },
      config: { permission: 'surveys:read' },
    },
    async (request) => {
      const { unit, service, kind, subject } = request.query as Static<typeof Satisfied>
      const results = await resultsWhere(
        kernel,
        `s.unit = any($1) and ($2::text is null or s.subject_service = $2) and ($3::text is null or s.subject_kind = $3)
           and ($4::text is null or s.subject_id = $4)`,
        [kernel.unitsWhere(kernel.actorOf(request), 'surveys:read', unit), service, kind, subject],
      )
      const { byQuestion, ...counted } = together(results)
      return { ...counted, questions: [...byQuestion].map(([id, tally]) => ({ id, answers: tally.answers, mean: meanOf(tally), counts: tally.counts })) }
    },
  )
}
