import { createHash } from 'node:crypto'
import { closed } from '@collegium/shared/schema.ts'
import type { Kernel } from '@collegium/shared/service.ts'
import type { FastifyInstance } from 'fastify'
import Type, { type Static } from 'typebox'
import { check, warnings } from '../import/check.ts'
import type { Fault, Finding } from '../import/faults.ts'
import type { File } from '../import/file.ts'
import { list, map, text } from '../import/outline.ts'
import { previewOf } from '../import/preview.ts'
import { located, type Reading, readJson, readYaml } from '../import/reading.ts'
import { countsOf, stepsOf } from '../import/steps.ts'
import type { Known, KnownUnit } from '../import/subject.ts'
import { importId, type Written, writeFile } from '../import/writing.ts'
import { reject } from '../rejections.ts'
import { organization } from '../views/organization.ts'
import { people } from '../views/people.ts'

/** A federation from a file: checked whole, every fault told, and written only when there is none. */

/** Twenty thousand people in YAML. */
const bodyLimit = 16 * 1024 * 1024
const Asked = Type.Object({ dryRun: Type.Optional(Type.Boolean({ default: false, description: 'Check only.' })) })
const Report = Type.Unsafe<Record<string, unknown>>({
  type: 'object',
  additionalProperties: true,
  properties: {
    import: { type: 'string', description: 'Its progress is at /imports/{id}.' },
    status: { enum: ['checked', 'finished'] },
    repeated: { type: 'boolean', description: 'The same file was imported before; nothing happened.' },
    counts: { type: 'object', additionalProperties: { type: 'integer' } },
    checkedOnly: {
      type: 'object',
      additionalProperties: { type: 'integer' },
      description: 'Sections that belong to other services: checked here, written by nobody.',
    },
    receipt: {
      type: 'string',
      description: 'The signed promise that the record of this import will stand in the log; it holds the digest and the counts of the file.',
    },
    rows: {
      type: 'array',
      description: 'Of a check: what would be made, row by row; of each section the first 200.',
      items: {
        type: 'object',
        required: ['section', 'id', 'unit', 'text', 'isNew'],
        properties: {
          section: { type: 'string' },
          id: { type: 'string' },
          unit: { type: ['string', 'null'] },
          text: { description: 'A name, a name in both languages, or a value.' },
          isNew: { type: ['boolean', 'null'], description: 'Null where only the writing finds out.' },
        },
      },
    },
    warnings: { type: 'array', items: { type: 'object', additionalProperties: true } },
  },
})

const Faults = Type.Unsafe<Record<string, unknown>>({
  type: 'object',
  additionalProperties: true,
  description: 'Problem details; `errors` has every fault with row, line and pointer.',
})

export const importRoutes = (app: FastifyInstance, kernel: Kernel): void => {
  app.addContentTypeParser(['application/yaml', 'application/x-yaml', 'text/yaml'], { parseAs: 'string', bodyLimit }, (_request, body, done) =>
    done(null, body),
  )
  let running: { digest: string; work: Promise<Written> } | null = null

  app.post(
    '/imports',
    {
      bodyLimit,
      schema: {
        operationId: 'importFile',
        tags: ['membership'],
        summary: 'Imports a federation from YAML or JSON; all faults at once, or all of it',
        consumes: ['application/yaml', 'application/json'],
        querystring: closed(Asked),
        response: { 200: Report, 201: Report, 422: Faults },
      },
      config: { permission: 'federation:import', work: 'bulk' },
    },
    async (request, reply) => {
      const actor = kernel.actorOf(request)
      const { dryRun } = request.query as Static<typeof Asked>
      const body = request.body
      if (body === undefined || body === null || body === '') throw reject('import-empty')
      const reading = typeof body === 'string' ? readYaml(body) : readJson(body)
      const federation = text(map(map(reading.content).federation).id)
      await kernel.allow(actor, 'federation:import', kernel.directory().root() ?? federation ?? '—')

      const known = await knownOf(kernel, reading.content)
      const findings = [...reading.findings, ...(reading.content === undefined ? [] : check(reading.content, known))]
      if (findings.length > 0)
        return reply
          .status(422)
          .type('application/problem+json')
          .serializer(JSON.stringify)
          .send(faulty(reading, findings, request.url))
      const file = reading.content as File
      const beside = { checkedOnly: checkedOnly(file), warnings: located(reading, warnings(file)) }
      const digest = createHash('sha256')
        .update(typeof body === 'string' ? body : JSON.stringify(body))
        .digest('hex')
      if (dryRun) {
        const steps = stepsOf(file, kernel.now())
        const rows = previewOf(steps, known)
        return reply.status(200).send({ import: importId(digest), status: 'checked', counts: countsOf(steps), rows, ...beside })
      }

      // One file at a time: two would check against a federation that the other is changing. The same file again joins.
      if (running !== null && running.digest !== digest) throw reject('import-running', { import: importId(running.digest) })
      running ??= { digest, work: writeFile(kernel, file, digest, actor).finally(() => (running = null)) }
      const written = await running.work
      return reply
        .status(written.repeated ? 200 : 201)
        .header('location', `/api/v1/imports/${written.import}`)
        .send({ ...written, receipt: written.receipt ?? undefined, ...beside })
    },
  )
}

/** The federation as it stands, as far as the file touches it. */
const knownOf = async (kernel: Kernel, content: unknown): Promise<Known> => {
  const directory = kernel.directory()
  const ids = list(map(content).people).flatMap((row) => text(row.id) ?? [])
  const offices = list(map(content).offices).flatMap((row) => text(row.person) ?? [])
  const units = await kernel.query<KnownUnit & { unit: string }>(
    organization,
    'select unit, kind, parent, level, union_kind as "unionKind", name, gone is not null as gone from {unit}',
  )
  const there = await kernel.query(people, 'select person, name, number, campus, college from {person} where person = any($1)', [
    [...new Set([...ids, ...offices])],
  ])
  return {
    root: directory.root(),
    units: new Map(units.map(({ unit, ...known }) => [unit, known])),
    postKinds: new Set(directory.snapshot.postKinds.map((kind) => kind.id)),
    people: new Map(there.map(({ person, name, number, campus, college }) => [person, { name, number, campus, college }])),
    terms: directory.snapshot.terms,
  }
}

const faulty = (reading: Reading, findings: readonly Finding[], instance: string) => {
  const errors: Fault[] = located(reading, findings)
  return {
    type: 'urn:collegium:problem:import-faulty',
    title: 'Cannot be carried out',
    status: 422,
    code: 'import-faulty',
    detail: `The file has ${errors.length} fault(s); nothing was written. 文件有 ${errors.length} 处错误；未写入任何内容。`,
    instance,
    errors,
  }
}

const checkedOnly = (file: File): Record<string, number> => ({
  activities: file.activities?.length ?? 0,
  plan: file.plan?.items.length ?? 0,
  inspections: file.inspections?.length ?? 0,
  periodicals: file.periodicals?.length ?? 0,
})
