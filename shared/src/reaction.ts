import type { Static } from 'typebox'
import type { Aggregate, Command, EventDefinition, EventOf, Recorded } from './aggregate.ts'
import type { Handler } from './view.ts'

/** A command that the service gives itself. */
export type OwnCommand = {
  readonly aggregate: Aggregate
  readonly command: Command
  readonly id: string | null
  readonly input: Record<string, unknown>
  readonly reason?: string /** When it takes effect; the time of the event (or of the deadline) when absent. */
  readonly occurred?: string
}

/** `run(survey, survey.commands.open, id, { … })`; id null = a new aggregate (or the one that `identify` names). */
export const run = <C extends Command>(
  aggregate: Aggregate,
  command: C,
  id: string | null,
  input: Static<C['input']>,
  more: { reason?: string; occurred?: string } = {},
): OwnCommand => ({ aggregate, command, id, input: input as Record<string, unknown>, ...more })

/**
 * The only way back in: a fact (own or another service's) becomes own commands, at least once, each with an id made from the event, so
 * that a repeat does nothing. A refusal (`Rejection`) of such a command is logged and passed; any other error retries, then parks.
 */
export type Reaction = { readonly name: string; readonly on: readonly Reflex[] }
export type Reflex = {
  readonly definition: EventDefinition
  readonly handle: (event: Recorded<any>, ask: any) => Promise<readonly OwnCommand[]> | readonly OwnCommand[]
}
export const reaction = (declared: Reaction): Reaction => declared

/** Like `when` of a view, but it may ask questions before it answers with commands. */
export const react = <D extends EventDefinition, Ask>(
  definition: D,
  handle: (event: Recorded<EventOf<D>>, ask: Ask) => Promise<readonly OwnCommand[]> | readonly OwnCommand[],
): Reflex => ({ definition, handle })

export type DeadlineOperation =
  | { readonly kind: 'set'; readonly key: string; readonly at: string; readonly then: OwnCommand; readonly isPatient: boolean }
  | { readonly kind: 'withdraw'; readonly key: string }

/**
 * Sets (or moves) the deadline `key`. When `at` has come the command is run once, as occurring at `at`. A patient one that a fact entered
 * afterwards finds already past waits some seconds: what is entered with that fact and belongs before the deadline comes first.
 */
export const due = (key: string, at: string, then: OwnCommand, { isPatient = false } = {}): DeadlineOperation => ({ kind: 'set', key, at, then, isPatient })
export const withdraw = (key: string): DeadlineOperation => ({ kind: 'withdraw', key })

/** Deadlines derived from facts; kept in a table with the checkpoint, so that a restart neither forgets nor repeats one. */
export type Deadlines = { readonly name: string; readonly on: readonly Handler<readonly DeadlineOperation[]>[] }
export const deadlines = (declared: Deadlines): Deadlines => declared
