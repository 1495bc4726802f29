import type * as Proto from '@collegium/proto/collegium/membership/v1/directory.ts'
import type { PolicyValue } from '../aggregate.ts'
import type { Snapshot, Unit } from '../directory.ts'

/** The snapshot of the organization between its form in code and its form on the wire; the only place that knows both. */

export const toProto = (snapshot: Snapshot): Proto.Snapshot => ({
  version: snapshot.version,
  units: snapshot.units.map((unit) => ({ ...unit, parent: unit.parent ?? undefined, level: unit.level ?? undefined, dissolved: unit.dissolved ?? undefined })),
  holdings: snapshot.holdings.map((holding) => ({ ...holding, until: holding.until ?? undefined })),
  postKinds: snapshot.postKinds.map((kind) => ({ ...kind, permissions: [...kind.permissions] })),
  policies: snapshot.policies.map((policy) => ({ ...policy, value: valueToProto(policy.value) })),
  terms: [...snapshot.terms],
})

/** Throws when a message lacks what every snapshot has. */
export const fromProto = (message: Proto.Snapshot | undefined): Snapshot => {
  if (!message) throw new Error('Membership sent an answer without a snapshot.')
  return {
    version: message.version,
    units: message.units.map((unit) => ({
      ...unit,
      kind: unit.kind as Unit['kind'],
      name: present(unit.name, unit.id),
      parent: unit.parent ?? null,
      level: unit.level ?? null,
      dissolved: unit.dissolved ?? null,
    })),
    holdings: message.holdings.map((holding) => ({ ...holding, until: holding.until ?? null })),
    postKinds: message.postKinds.map((kind) => ({ ...kind, name: present(kind.name, kind.id) })),
    policies: message.policies.map((policy) => ({ ...policy, value: present(policy.value, policy.name).value })),
    terms: message.terms.map((term) => ({ ...term, name: present(term.name, term.id) })),
  }
}

const valueToProto = (value: PolicyValue): NonNullable<Proto.PolicyVersion['value']> => {
  if (typeof value === 'number') return { $case: 'number', value }
  return typeof value === 'string' ? { $case: 'text', value } : { $case: 'flag', value }
}

const present = <T>(value: T | undefined, of: string): T => {
  if (value === undefined) throw new Error(`Membership sent a snapshot in which ${of} has no name or value.`)
  return value
}
