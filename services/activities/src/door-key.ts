import { aggregate, commandsOf, type EventOf } from '@collegium/shared/aggregate.ts'
import { Id } from '@collegium/shared/schema.ts'
import Type from 'typebox'
import { doorKeyId, publicKeyOf } from './door-scan.ts'
import { doorKeyRegistered } from './events.ts'
import { reject } from './rejections.ts'
import { self } from './self.ts'

type DoorKeyEvent = EventOf<typeof doorKeyRegistered>

/** A device at the door of an activity, in the hands of one person. */
export type DoorKey = { status: 'none' } | { status: 'registered'; activity: string; holder: string; key: string }

const command = commandsOf<DoorKey, DoorKeyEvent, { readonly unitOf: (activity: string) => Promise<string> }>()

export const registerDoorKey = command({
  route: 'POST /door-keys',
  permission: 'activities:check-in',
  input: Type.Object({
    activity: Id,
    key: Type.String({ minLength: 1, maxLength: 200, description: 'The public key: a point on P-256, uncompressed (65 bytes), as base64url.' }),
  }),
  decide: (known, { activity, key }, { actor }) => {
    const holder = self(actor)
    if (known.status === 'registered' && known.holder !== holder) throw reject('door-key-of-another', { holder: known.holder })
    if (known.status === 'registered') return []
    if (publicKeyOf(key) === null) throw reject('door-key-malformed')
    return [{ type: 'activities.door-key-registered.v1', data: { activity, holder, key } }]
  },
})

export const doorKey = aggregate<DoorKey, DoorKeyEvent>({
  name: 'door-key',
  path: '/door-keys',
  read: 'activities:check-in',
  events: [doorKeyRegistered],
  initial: () => ({ status: 'none' }),
  evolve: (_known, { data: { activity, holder, key } }) => ({ status: 'registered', activity, holder, key }),
  identify: ({ activity, key }) => doorKeyId(activity, key),
  unit: (ask, { activity }) => ask.unitOf(activity),
  commands: { registerDoorKey },
})
