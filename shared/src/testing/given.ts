import type { Static } from 'typebox'
import { type Aggregate, type Command, type Context, fold, type PolicyValue } from '../aggregate.ts'

type With = Omit<Partial<Context<any>>, 'policy'> & { readonly policies?: Readonly<Record<string, PolicyValue>> }

/** Any officer of any campus: who acts in a spec unless it says otherwise. */
export const anOfficer = { person: 'p-officer', home: 'campus', operator: false, scope: null, system: null } as const
/** The actor of reactions and deadlines. */
export const theSystem = { person: null, home: null, operator: true, scope: null, system: 'spec' } as const

/**
 * Decides without any engine: `given(aggregate, pastEvents).when('propose', input, { actor, facts, policies })` returns the new facts or
 * throws the rejection. It is always noon of 2026-10-01 UTC, the id is `a-1`, and an unnamed policy is an error. `.state` is the fold.
 */
export const given = <State extends { status: string; unit?: string }, Event extends { type: string; data: any }, Commands extends Record<string, Command>>(
  subject: Aggregate<State, Event> & { readonly commands: Commands },
  past: readonly Event[] = [],
) => ({
  state: fold(subject, structuredClone(past)),
  when: <Name extends keyof Commands & string>(name: Name, input: Static<Commands[Name]['input']>, { policies = {}, ...context }: With = {}): Event[] => {
    const policy = <V extends PolicyValue>(asked: string): V => {
      if (!(asked in policies)) throw new Error(`This spec sets no policy ${asked}; it sets ${Object.keys(policies).join(', ') || 'none'}`)
      return policies[asked] as V
    }
    const now = '2026-10-01T12:00:00.000Z'
    const state = fold(subject, structuredClone(past))
    return [
      ...(subject.commands[name] as Command).decide(state, input, { id: 'a-1', actor: anOfficer, post: null, now, facts: undefined, ...context, policy }),
    ] as Event[]
  },
})
