import { aggregate, commandsOf, type EventOf } from '@collegium/shared/aggregate.ts'
import { positionText, ReceiptText } from '@collegium/shared/http/commands.ts'
import { newId } from '@collegium/shared/ids.ts'
import type { Source } from '@collegium/shared/log.ts'
import { run } from '@collegium/shared/reaction.ts'
import { Id, Line } from '@collegium/shared/schema.ts'
import type { Executed, Kernel } from '@collegium/shared/service.ts'
import type { FastifyInstance } from 'fastify'
import Type, { type Static } from 'typebox'
import { sourceResumed } from '../events.ts'
import { reject } from '../rejections.ts'
import { LogRefused } from './refused.ts'
import type { Resumed } from './resume.ts'

type State = { status: 'never' | 'resumed'; times: number }
const command = commandsOf<State, EventOf<typeof sourceResumed>>()

const noteResumed = command({
  route: 'internal',
  permission: 'system',
  input: Type.Object({ unit: Id, ...sourceResumed.schema.properties }),
  decide: (_state, { unit: _, ...data }) => [{ type: 'audit.source-resumed.v1', data }],
})

/** Each source that stood still once: that it was let go on, by whom and why. */
export const stoppedSources = aggregate<State, EventOf<typeof sourceResumed>>({
  name: 'stopped-source',
  path: '/stopped-sources',
  read: 'trail:read',
  events: [sourceResumed],
  initial: () => ({ status: 'never', times: 0 }),
  evolve: ({ times }) => ({ status: 'resumed', times: times + 1 }),
  commands: { noteResumed },
})

const Params = Type.Object({ service: Id, shard: Type.Integer({ minimum: 0, maximum: 9_999 }) })
const Input = Type.Object({ reason: Line }, { additionalProperties: false })
const Answer = Type.Object({
  position: Type.String({ description: 'Of the record that this was done; service/shard/position.' }),
  from: Type.Integer({ description: 'The position of the fact that had stopped the source.' }),
  facts: Type.Integer({ description: 'How many of its facts were taken anew.' }),
  receipt: Type.Optional(ReceiptText),
})

/** What an operator does after a service's history was mended. `resume` gives null for a source that does not stand still. */
export const resumeRoute = (
  app: FastifyInstance,
  kernel: Kernel,
  resume: (source: Source, record: (resumed: Resumed) => Promise<void>) => Promise<Resumed | null>,
): void => {
  app.post(
    '/stopped-sources/:service/:shard/resumption',
    {
      schema: {
        operationId: 'resumeSource',
        tags: ['audit'],
        summary: 'Lets a source of the logs go on whose history was mended; refused while its fact still does not continue its stream',
        params: Params,
        body: Input,
        response: { 200: Answer },
      },
      config: { permission: 'log:repair' },
    },
    async (request) => {
      const actor = kernel.actorOf(request)
      const unit = kernel.directory().root() ?? 'federation'
      await kernel.allow(actor, 'log:repair', unit)
      const source = request.params as Static<typeof Params>
      const { reason } = request.body as Static<typeof Input>
      let noted: Executed | null = null
      const record = async ({ position, facts, fault }: Resumed): Promise<void> => {
        const input = { unit, ...source, position, facts, fault }
        noted = await kernel.execute(run(stoppedSources, noteResumed, `${source.service}.${source.shard}`, input, { reason }), {
          actor: { ...actor, system: 'audit.repair' },
          commandId: newId(),
          correlation: request.id,
        })
      }
      const resumed = await resume(source, record).catch((error) => {
        if (error instanceof LogRefused) throw reject('source-broken', { why: error.message })
        throw error
      })
      if (resumed === null || noted === null) throw reject('source-runs', { source: `${source.service}/${source.shard}` })
      const { receipt } = noted as Executed
      return { position: positionText(kernel.name, noted), from: resumed.position, facts: resumed.facts, receipt: (await receipt()) ?? undefined }
    },
  )
}
