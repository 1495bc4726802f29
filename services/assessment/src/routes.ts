import { letRead, unitsToRead } from '@collegium/shared/http/let-read.ts'
import { keysOf, Listing, PageOf, pageOf, unitFilter } from '@collegium/shared/http/paging.ts'
import { refuse } from '@collegium/shared/refusals.ts'
import { Id, Instant, Label, OneOf, orNull } from '@collegium/shared/schema.ts'
import type { Kernel, Service } from '@collegium/shared/service.ts'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import Type, { type Static } from 'typebox'
import { assessment } from './assessment.ts'
import type { AssessmentEvent } from './events.ts'
import { reject } from './rejections.ts'
import { scheme } from './scheme.ts'
import { assessments } from './views/assessments.ts'

const tags = ['assessment']

/** Lists over the views of assessment, and the way from a score to the facts behind it. */
export const routes: NonNullable<Service['routes']> = (app, kernel) => {
  mountSchemes(app, kernel)
  mountAssessments(app, kernel)
  mountCriteria(app, kernel)
  mountInputs(app, kernel)
}

const SchemeList = Listing({ ...unitFilter, subject: Type.Optional(OneOf('activity', 'person')), status: Type.Optional(OneOf('draft', 'adopted')) })

const SchemeRow = Type.Object({
  id: Type.String(),
  unit: Type.String(),
  name: Label,
  subject: OneOf('activity', 'person'),
  status: OneOf('draft', 'adopted'),
  revision: Type.Integer(),
  adopted: orNull(Type.Integer({ description: 'The revision in force.' })),
})

const mountSchemes = (app: FastifyInstance, kernel: Kernel): void => {
  app.get(
    '/schemes',
    {
      schema: {
        operationId: 'schemes',
        tags,
        summary: 'Schemes with their latest and their adopted revision, where one may read assessments, or draft or adopt schemes',
        querystring: SchemeList,
        response: { 200: PageOf(SchemeRow) },
      },
      config: { permission: 'signed-in' },
    },
    async (request) => {
      const { unit, subject, status, limit, cursor } = request.query as Static<typeof SchemeList>
      const rows = await kernel.query<Static<typeof SchemeRow>>(
        assessments,
        `select id, unit, name, subject, status, revision, adopted from {scheme}
          where unit = any($1) and ($2::text is null or subject = $2) and ($3::text is null or status = $3)
            and ($4::text[] is null or id > $4[1]) order by id limit ${limit + 1}`,
        [unitsToRead(kernel, kernel.actorOf(request), scheme, unit), subject, status, keysOf(cursor, 1)],
      )
      return pageOf(rows, limit, (row) => [row.id])
    },
  )
}

const AssessmentList = Listing({
  ...unitFilter,
  kind: Type.Optional(OneOf('activity', 'person')),
  subject: Type.Optional(Id),
  from: Type.Optional({ ...Instant, description: 'Whose period begins then or later.' }),
  to: Type.Optional({ ...Instant, description: 'Whose period begins before.' }),
  waiting: Type.Optional(Type.Boolean({ description: 'Only those without a score, where the caller may score.' })),
})

const AssessmentRow = Type.Object({
  id: Type.String(),
  unit: Type.String(),
  subject: Type.Object({ kind: OneOf('activity', 'person'), id: Type.String() }),
  scheme: Type.String(),
  revision: Type.Integer(),
  from: Type.String(),
  to: Type.String(),
  openedAt: Type.String(),
  score: orNull(Type.Number()),
  round: orNull(Type.Integer()),
  scoredAt: orNull(Type.String()),
})

const mountAssessments = (app: FastifyInstance, kernel: Kernel): void => {
  app.get(
    '/assessments',
    {
      schema: {
        operationId: 'assessments',
        tags,
        summary: "Assessments with their last score, newest first: one's own, and where one may read",
        querystring: AssessmentList,
        response: { 200: PageOf(AssessmentRow) },
      },
      config: { permission: 'signed-in' },
    },
    async (request) => {
      const { unit, kind, subject, from, to, waiting, limit, cursor } = request.query as Static<typeof AssessmentList>
      const actor = kernel.actorOf(request)
      const rows = await kernel.query<Static<typeof AssessmentRow>>(
        assessments,
        `select id, unit, jsonb_build_object('kind', subject_kind, 'id', subject_id) as subject, scheme, revision, starts_at as "from", ends_at as "to",
                opened_at as "openedAt", score, round, scored_at as "scoredAt" from {assessment}
          where (unit = any($1) or subject_kind = 'person' and subject_id = $2) and ($3::text[] is null or unit = any($3)) and ($4::text is null or subject_kind = $4)
            and ($5::text is null or subject_id = $5) and ($6::text[] is null or (opened_at, id) < ($6[1], $6[2]))
            and ($7::text[] is null or score is null and unit = any($7)) and ($8::text is null or starts_at >= $8) and ($9::text is null or starts_at < $9)
          order by opened_at desc, id desc limit ${limit + 1}`,
        [
          kernel.unitsWhere(actor, 'assessments:read'),
          actor.person,
          unit === undefined ? null : kernel.directory().subtree(unit),
          kind,
          subject,
          keysOf(cursor, 2),
          waiting === true ? kernel.unitsWhere(actor, 'assessments:score') : null,
          from,
          to,
        ],
      )
      return pageOf(rows, limit, (row) => [row.openedAt, row.id])
    },
  )
}

const Basis = Type.Object({
  scheme: Type.String(),
  revision: Type.Integer(),
  name: Label,
  criteria: Type.Array(
    Type.Object({
      id: Type.String(),
      name: Label,
      source: Type.String(),
      weight: Type.Number(),
      scale: Type.Object({ from: Type.Number(), to: Type.Number() }),
    }),
  ),
})

const mountCriteria = (app: FastifyInstance, kernel: Kernel): void => {
  app.get(
    '/assessments/:id/criteria',
    {
      schema: {
        operationId: 'assessmentCriteria',
        tags,
        summary: 'By what it is judged: the revision of the scheme that it was opened with. For whoever may read the assessment',
        params: Type.Object({ id: Id }),
        response: { 200: Basis },
      },
      config: { permission: 'signed-in' },
    },
    async (request): Promise<Static<typeof Basis>> => {
      const { id } = request.params as { id: string }
      const { scheme: by, revision } = await opened(kernel, request, id)
      const { state } = await kernel.load(scheme, by)
      if (state.status === 'none') throw reject('unknown-scheme', { scheme: by })
      return { scheme: by, revision, name: state.name, criteria: [...(state.revisions[revision] ?? [])] }
    },
  )
}

/** The assessment for whoever may read it. */
const opened = async (kernel: Kernel, request: FastifyRequest, id: string) => {
  const found = await kernel.load(assessment, id)
  if (found.state.status === 'none') throw refuse('unknown-id', { aggregate: 'assessment', id })
  await letRead(kernel, kernel.actorOf(request), assessment, found)
  return found.state
}

const InputPath = Type.Object({ id: Id, criterion: Id })
const Round = Type.Object({ round: Type.Optional(Type.Integer({ minimum: 1, description: 'The last one when left out.' })) }, { additionalProperties: false })

const Evidence = Type.Object({ service: Type.String(), stream: Type.String(), version: Type.Integer(), href: Type.String() })
const Input = Type.Object({
  assessment: Type.String(),
  round: Type.Integer(),
  scheme: Type.String(),
  revision: Type.Integer(),
  score: Type.Number(),
  criterion: Type.String(),
  source: Type.String(),
  weight: Type.Number(),
  value: Type.Optional(Type.Number()),
  normalized: Type.Optional(Type.Number()),
  points: Type.Optional(Type.Number()),
  facts: Type.Optional(Type.Integer()),
  why: Type.Optional(Type.String({ description: 'Why there is no value.' })),
  evidence: Type.Array(Evidence),
})

const mountInputs = (app: FastifyInstance, kernel: Kernel): void => {
  app.get(
    '/assessments/:id/inputs/:criterion',
    {
      schema: {
        operationId: 'assessmentInput',
        tags,
        summary: 'One input of a score, with a link to each fact behind it',
        params: InputPath,
        querystring: Round,
        response: { 200: Input },
      },
      config: { permission: 'signed-in' },
    },
    async (request) => {
      const { id, criterion } = request.params as Static<typeof InputPath>
      const { round } = request.query as Static<typeof Round>
      const state = await opened(kernel, request, id)
      const facts = (await kernel.history(assessment, id)) as unknown as AssessmentEvent[]
      const scored = facts
        .filter((fact) => fact.type === 'assessment.assessment-scored.v1')
        .find((fact) => fact.data.round === (round ?? (state.status === 'scored' ? state.round : 1)))
      if (!scored) throw reject('not-scored', { assessment: id, round: round ?? 1 })
      const { inputs, missing, score, scheme, revision } = scored.data
      const gone = missing.find((each) => each.criterion === criterion)
      if (gone) return { assessment: id, round: scored.data.round, scheme, revision, score, ...gone, evidence: [] }
      const input = inputs.find((each) => each.criterion === criterion)
      if (!input) throw reject('unknown-criterion', { criterion, allowed: [...inputs, ...missing].map((each) => each.criterion).join(', ') })
      const evidence = input.evidence.map((ref) => ({ ...ref, href: `/api/v1/trail/${ref.service}/${encodeURIComponent(ref.stream)}/${ref.version}` }))
      return { assessment: id, round: scored.data.round, scheme, revision, score, ...input, evidence }
    },
  )
}
