import type { FastifyInstance } from 'fastify'
import Type, { type Static } from 'typebox'
import { type Aggregate, fold, type Recorded, streamOf } from '../aggregate.ts'
import { changesBetween } from '../changes-between.ts'
import { refuse } from '../refusals.ts'
import { closed, Id, orNull } from '../schema.ts'
import type { Kernel } from '../service.ts'
import { letRead } from './let-read.ts'
import { factsBetween, MomentText } from './moment-text.ts'
import { actorOf } from './server.ts'

const Query = closed(Type.Object({ from: MomentText, to: MomentText }))

const Side = Type.Object({
  version: Type.Integer({ description: 'Of its last fact; 0 = there was none yet.' }),
  state: Type.Record(Type.String(), Type.Unknown()),
})

const Fact = Type.Object({
  id: Type.String(),
  type: Type.String(),
  version: Type.Integer(),
  position: Type.String({ description: 'service/shard/position' }),
  occurred: Type.String(),
  recorded: Type.String(),
  actor: Type.Object({
    person: orNull(Type.String()),
    post: orNull(Type.Object({ kind: Type.String(), unit: Type.String() })),
    system: orNull(Type.String()),
  }),
  reason: orNull(Type.String()),
  data: Type.Record(Type.String(), Type.Unknown()),
})

const Difference = Type.Object({
  id: Type.String(),
  stream: Type.String(),
  from: Side,
  to: Side,
  changes: Type.Array(
    Type.Object({
      pointer: Type.String({ description: 'A JSON pointer (RFC 6901) into the state.' }),
      old: Type.Optional(Type.Unknown({ description: 'Absent where the field is new.' })),
      new: Type.Optional(Type.Unknown({ description: 'Absent where the field went.' })),
    }),
  ),
  facts: Type.Array(Fact, { description: 'What happened between the two moments, oldest first.' }),
})

/** Mounts `GET <path>/:id/difference?from=…&to=…`: what changed in an aggregate between two moments, and by which facts. */
export const mountDifference = (app: FastifyInstance, aggregate: Aggregate, kernel: Kernel, operationId: string): void => {
  app.get(
    `${aggregate.path}/:id/difference`,
    {
      schema: {
        operationId,
        tags: [kernel.name],
        summary: `What changed in the ${aggregate.name} between two moments, and by which facts`,
        params: Type.Object({ id: Id }),
        querystring: Query,
        response: { 200: Difference },
      },
      config: { permission: aggregate.read },
    },
    async (request): Promise<Static<typeof Difference>> => {
      const { id } = request.params as { id: string }
      const { from, to } = request.query as Static<typeof Query>
      const found = await kernel.load(aggregate, id)
      if (found.unit === null) throw refuse('unknown-id', { aggregate: aggregate.name, id })
      await letRead(kernel, actorOf(request), aggregate, found)
      const { before, between, after } = factsBetween(await kernel.history(aggregate, id), from, to)
      const sides = { from: sideOf(aggregate, before), to: sideOf(aggregate, after) }
      return { id, stream: streamOf(aggregate, id), ...sides, changes: changesBetween(sides.from.state, sides.to.state), facts: between.map(factOf) }
    },
  )
}

/** Folding may change a state in place, so that each side is folded by itself. */
const sideOf = (aggregate: Aggregate, facts: readonly Recorded[]): Static<typeof Side> => ({
  version: facts.at(-1)?.version ?? 0,
  state: JSON.parse(JSON.stringify(fold(aggregate, structuredClone(facts)))),
})

const factOf = (fact: Recorded): Static<typeof Fact> => {
  const { id, type, version, service, shard, position, occurred, recorded, actor, reason, data } = fact
  return { id, type, version, position: `${service}/${shard}/${position}`, occurred, recorded, actor, reason, data }
}
