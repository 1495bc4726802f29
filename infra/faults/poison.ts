import { randomBytes } from 'node:crypto'
import Type from 'typebox'
import { newId } from '../../shared/src/ids.ts'
import { openStore } from '../../shared/src/store/store.ts'
import type { Fault } from './fault.ts'

/** A type that readers know, with nothing in it that they need: as a defect of the deciding code would leave it in history. */
const misshapen = { type: 'activities.duty-assigned.v1', schema: Type.Object({ poison: Type.String() }) }

export const poisonStream = 'duty-poison'

export const poisoned: Fault = {
  name: 'a poisonous fact',
  lasts: [500, 1_000],
  inject: async ({ pool, shards }, random) => {
    const clock = (): string => new Date().toISOString()
    const store = await openStore({
      service: 'activities',
      pool: pool('activities'),
      shards,
      masterKey: randomBytes(32),
      definitions: [misshapen as never],
      clock,
    })
    const stream = `${poisonStream}-${random.below(1_000_000)}`
    const id = newId()
    const append = (poison: string, expected: 'none' | 'exists') =>
      store.append({
        stream,
        expected,
        command: { id: newId(), fingerprint: '' },
        unit: 'north-su-tea',
        actor: { person: null, post: null, system: 'faults' },
        correlation: id,
        causation: id,
        occurred: clock(),
        reason: null,
        policies: {},
        events: [{ type: misshapen.type, data: { poison } }],
      })
    // The second waits behind the first.
    await append('one', 'none')
    await append('two', 'exists')
    await store.close()
    return { what: stream, heal: async () => {} }
  },
}
