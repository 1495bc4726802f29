import type { Static, TObject } from 'typebox'

/**
 * The declarations of the write side. An aggregate file reads events → state → evolve → decisions → declaration,
 * and everything mechanical (routes, OpenAPI, permission table, forms, standard tests) derives from it.
 */

// ---- events ----------------------------------------------------------------------------------------------------

/** A fact's stored form. The type text and the schema are frozen once released: change = a new `.vN`. */
export type EventDefinition<Type extends string = string, Data extends TObject = TObject> = { readonly type: Type; readonly schema: Data }

/** Declares a fact, e.g. `event('activities.activity-proposed.v1', Type.Object({...}))`. Personal fields need a `person` field beside them. */
export const event = <const Type extends string, Data extends TObject>(type: Type, schema: Data): EventDefinition<Type, Data> => ({ type, schema })

/** What `decide` returns and `evolve` reads: the type and its data, nothing else. */
export type EventOf<Definition> = Definition extends EventDefinition<infer Type, infer Data> ? { readonly type: Type; readonly data: Static<Data> } : never

/** Who acted, and under which post the permission was found. `system` names the reaction or deadline that acted. */
export type EventActor = {
  readonly person: string | null
  readonly post: { readonly kind: string; readonly unit: string } | null
  readonly system: string | null
}

/** A fact as history holds it. Shapes: times are UTC instants; `position` is dense per (service, shard) from 1; `version` is dense per stream from 1. */
export type Recorded<E extends { type: string; data: unknown } = { type: string; data: Record<string, unknown> }> = E & {
  readonly id: string
  readonly service: string
  readonly shard: number
  readonly position: number
  /** `<aggregate>-<id>` */
  readonly stream: string
  readonly version: number
  /** The node of the organization tree that owns the aggregate. */
  readonly unit: string
  /** When it takes effect; may lie before `recorded` (back-dating) . */
  readonly occurred: string
  readonly recorded: string
  readonly actor: EventActor
  readonly correlation: string
  readonly causation: string
  readonly command: string
  readonly reason: string | null
  /** The policies that were asked while deciding, with the value and version in force. */
  readonly policies: Readonly<Record<string, { readonly value: PolicyValue; readonly version: number }>>
  /** The canonical bytes that history holds, with digests in the place of personal texts: what evidence hashes. */
  readonly bytes: string
}

/** A fact of one of several types, for what reads of its data only what they share. */
export type AnyFact = Recorded<any>

/** The aggregate's id of a recorded event: its stream without the aggregate's name. */
export const idOf = (recorded: { readonly stream: string }): string => recorded.stream.slice(recorded.stream.indexOf('-') + 1)

// ---- decisions -------------------------------------------------------------------------------------------------

export type PolicyValue = number | string | boolean

/** Who asks. `person` is null only for the system itself. */
export type Actor = {
  readonly person: string | null
  /** The campus the person belongs to: the unit of the implicit post `student`. */
  readonly home: string | null
  /** Holds everything everywhere: the operator that sets an installation up, and the system itself. */
  readonly operator: boolean
  /** A token may carry fewer permissions than its creator; null means all that the posts give. */
  readonly scope: readonly string[] | null
  readonly system: string | null
}

/** What a decision may know besides state and input. Times, ids and answers of others come in here and nowhere else. */
export type Context<Facts = undefined> = {
  readonly id: string
  readonly actor: Actor
  /** The post under which the actor was let in; null for an operator or the system. */
  readonly post: { readonly kind: string; readonly unit: string } | null
  /** When the decision takes effect, a UTC instant. */
  readonly now: string
  /** The value in force at the aggregate's unit and `now`; asking records it with the event. Throws for an unknown policy. */
  readonly policy: <V extends PolicyValue = number>(name: string) => V
  readonly facts: Facts
}

export type Command<State = any, Event = any, Ask = any, Input extends TObject = TObject, Facts = any> = {
  /** `POST /activities/:id/approval`. With `:id` the aggregate must exist (404). `internal` = only reactions and deadlines may run it. */
  readonly route: `${'POST' | 'PUT' | 'DELETE'} /${string}` | 'internal'
  /** `service:verb`; `system` together with `internal`. */
  readonly permission: string
  /**
   * Where the permission is looked up: at the unit that owns the aggregate, or, for what a person does for themselves, at their own campus
   * (`home`) or wherever a post of theirs carries it (`anywhere`; then `decide` asks whose it is).
   */
  readonly at?: 'home' | 'anywhere'
  readonly input: Input
  /**
   * When it took effect, where the input proves that itself (a signature over the moment): it then occurs at that moment, without
   * `records:backdate`. `decide` checks the proof.
   */
  readonly attested?: (input: Static<Input>) => string
  /** Answers of other services or other aggregates, asked before `decide` and recorded through what it returns. */
  readonly facts?: (
    ask: Ask,
    given: { readonly id: string; readonly state: State; readonly input: Static<Input>; readonly actor: Actor; readonly now: string },
  ) => Promise<Facts>
  /** Pure. Returns the new facts (none when there is nothing to say: a repeat), or throws `reject('code')`. */
  readonly decide: (state: State, input: Static<Input>, context: Context<Facts>) => readonly Event[]
}

/** Ties state, events and questions once, so that commands below need no annotations: `const command = commandsOf<Activity, ActivityEvent, Ask>()`. */
export const commandsOf =
  <State, Event, Ask = unknown>() =>
  <Input extends TObject, Facts = undefined>(command: Command<State, Event, Ask, Input, Facts>): Command<State, Event, Ask, Input, Facts> =>
    command

export type Aggregate<State extends { status: string } = any, Event extends { type: string; data: any } = any> = {
  /** Singular noun, kebab-case: the prefix of its streams. */
  readonly name: string
  /** Where it is read: `GET <path>/:id`, `?at=`, `GET <path>/:id/history`. */
  readonly path: `/${string}`
  /** The permission to read it, checked at its unit. */
  readonly read: string
  /** What else lets in to read it, at its unit: whoever is to decide on it sees it. */
  readonly readToo?: readonly string[]
  /** Whose it is: these people read it without a permission. */
  readonly own?: (state: State) => readonly string[]
  readonly events: readonly EventDefinition[]
  readonly initial: () => State
  /** Exhaustive. Owns the state it gets and may change it in place; `decide` never may. */
  readonly evolve: (state: State, event: Event) => State
  /** The id of an aggregate that a route without `:id` addresses; a fresh UUID (derived from the command id) when absent. */
  readonly identify?: (input: any, actor: Actor) => string
  /** What shares a turn is decided one after the other in this process: where a rule looks over several streams. Its own stream when absent. */
  readonly turn?: (id: string) => string
  /** The unit of an aggregate that does not exist yet; `input.unit` when absent. */
  readonly unit?: (ask: any, input: any) => Promise<string>
  readonly commands: Readonly<Record<string, Command>>
}

export const aggregate = <State extends { status: string }, Event extends { type: string; data: any }>(
  declared: Aggregate<State, Event>,
): Aggregate<State, Event> => declared

export const streamOf = (declared: { readonly name: string }, id: string): string => `${declared.name}-${id}`

/** Folds facts to a state; the way decisions, reads, replays and tests all do it. */
export const fold = <State extends { status: string }, Event extends { type: string; data: any }>(
  declared: Aggregate<State, Event>,
  events: Iterable<Event>,
  from: State = declared.initial(),
): State => {
  let state = from
  for (const each of events) state = declared.evolve(state, each)
  return state
}
