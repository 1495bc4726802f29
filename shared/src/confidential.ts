import type { FastifyRequest } from 'fastify'
import type { Actor } from './aggregate.ts'
import { recordReadIn } from './erasure/facts.ts'
import { reasonIn } from './http/readable.ts'
import { actorOf } from './http/server.ts'
import { newId } from './ids.ts'
import { isOutage } from './outage.ts'
import { refuse } from './refusals.ts'
import { Rejection } from './rejection.ts'
import { type Store, StoreUnavailable } from './store/store.ts'

/** A kind of record about a person that nobody opens without a trace, e.g. `{ name: 'personnel-file', permission: 'people:read-file' }`. */
export type ConfidentialRecord = { readonly name: string; readonly permission: string }

export type Confidential = (request: FastifyRequest, record: ConfidentialRecord, about: { readonly person: string; readonly unit: string }) => Promise<void>

type Parts = {
  readonly service: string
  readonly store: Pick<Store, 'append'>
  readonly clock: () => string
  /** The post that lets the actor in, null for an operator; throws the 403. */
  readonly grant: (actor: Actor, permission: string, unit: string) => Promise<{ kind: string; unit: string } | null>
}

/** The stream of everybody who read a person's record of a kind. */
export const readsOf = (record: ConfidentialRecord, person: string): string => `${record.name}-reads-${person}`

/** Fail closed: who reads is stored first, and what cannot be stored is not answered. A person reads about themselves without a permission or a reason. */
export const confidentialReads =
  ({ service, store, clock, grant }: Parts): Confidential =>
  async (request, record, { person, unit }) => {
    const actor = actorOf(request)
    const isOwn = actor.person === person
    const post = isOwn ? null : await grant(actor, record.permission, unit)
    const reason = reasonIn(request)?.trim().slice(0, 200) || null
    if (!isOwn && reason === null) throw refuse('reason-needed')
    const id = newId()
    try {
      await store.append({
        stream: readsOf(record, person),
        expected: 'any',
        command: { id, fingerprint: '' },
        unit,
        actor: { person: actor.person, post, system: actor.system ?? (actor.operator ? 'operator' : null) },
        correlation: request.id,
        causation: id,
        occurred: clock(),
        reason: null,
        policies: {},
        events: [{ type: recordReadIn(service).type, data: { record: record.name, person, reason } }],
      })
    } catch (error) {
      if (error instanceof StoreUnavailable || isOutage(error) || (error instanceof Rejection && error.code === 'overloaded')) throw refuse('read-not-recorded')
      throw error
    }
  }
