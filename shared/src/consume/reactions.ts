import type { Recorded } from '../aggregate.ts'
import { idFrom } from '../ids.ts'
import type { Logger } from '../logger.ts'
import { isRefusal } from '../outage.ts'
import type { OwnCommand, Reaction, Reflex } from '../reaction.ts'
import type { Rejection } from '../rejection.ts'
import type { Consumer } from './consumer.ts'

/** Runs an own command for the system; idempotent by `commandId`. `by` names the reaction or deadline that asks. */
export type Execute = (
  command: OwnCommand,
  given: {
    readonly by: string
    readonly commandId: string
    readonly causation: string
    readonly correlation: string
    readonly occurred: string
  },
) => Promise<unknown>

const batch = 100

/** A reaction as a consumer: each fact becomes commands whose ids come from the fact, so that handling it again does nothing. */
export const reactionConsumer = (given: {
  readonly reaction: Reaction
  readonly ask: () => unknown
  readonly execute: Execute
  readonly logger: Logger
}): Consumer => {
  const { reaction, ask, execute, logger } = given
  const reflexes = Map.groupBy(reaction.on, (reflex) => reflex.definition.type)

  /** How many commands the fact became. */
  const answer = async (event: Recorded): Promise<number> => {
    let index = 0
    for (const reflex of reflexes.get(event.type) as Reflex[])
      for (const command of await reflex.handle(event, ask())) {
        const commandId = idFrom(reaction.name, event.id, index++)
        try {
          await execute(command, { by: reaction.name, commandId, causation: event.id, correlation: event.correlation, occurred: event.occurred })
        } catch (error) {
          if (!isRefusal(error)) throw error
          logger.info({ reaction: reaction.name, event: event.id, code: (error as Rejection).code }, 'a reaction was refused')
        }
      }
    return index
  }

  return {
    name: `reaction:${reaction.name}`,
    types: new Set(reflexes.keys()),
    batch,
    isRepeatable: true,
    // In order within a source; sources side by side.
    perform: async (events) => {
      const sources = [...Map.groupBy(events, (event) => `${event.service}/${event.shard}`).values()]
      let commands = 0
      const results = await Promise.allSettled(
        sources.map(async (each) => {
          for (const event of each) commands += await answer(event)
        }),
      )
      const failed = results.find((result) => result.status === 'rejected')
      if (failed) throw failed.reason
      return commands > 0
    },
  }
}
