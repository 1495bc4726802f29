import { aggregate, commandsOf, type EventOf } from '@collegium/shared/aggregate.ts'
import { Id, type Label, OneOf, Text } from '@collegium/shared/schema.ts'
import Type from 'typebox'
import { numberAssigned, numberVoided, Ordinal, Year } from './events.ts'
import { type Kind, kinds, labelOf } from './kinds.ts'
import { reject } from './rejections.ts'

const events = [numberAssigned, numberVoided] as const
type RegisterEvent = EventOf<(typeof events)[number]>

/**
 * The numbers of one issuer, kind and year. One stream, appended at an expected version: whoever comes second counts on from the first,
 * so a number is neither given twice nor left out, whichever process dies in between.
 */
export type Register =
  | { status: 'none' }
  | {
      status: 'open'
      issuer: string
      kind: Kind
      year: number
      last: number
      /** numbers by document */
      numbers: Record<string, number>
      /** grounds by number */
      voids: Record<string, string>
    }

export const registerId = (issuer: string, kind: string, year: number): string => `${issuer}.${kind}.${year}`

const initial = (): Register => ({ status: 'none' })

const evolve = (register: Register, event: RegisterEvent): Register => {
  switch (event.type) {
    case 'documents.number-assigned.v1': {
      const { issuer, kind, year, number, document } = event.data
      const open = register.status === 'open' ? register : { status: 'open' as const, issuer, kind, year, last: 0, numbers: {}, voids: {} }
      open.numbers[document] = number
      open.last = number
      return open
    }
    case 'documents.number-voided.v1':
      if (register.status === 'open') register.voids[event.data.number] = event.data.ground
      return register
  }
}

// ---- decisions -------------------------------------------------------------------------------------------------

type Ask = { readonly issuer: (unit: string) => Promise<Label> }
const command = commandsOf<Register, RegisterEvent, Ask>()

export const assignNumber = command({
  route: 'internal',
  permission: 'system',
  input: Type.Object({ unit: Id, kind: OneOf(...kinds), year: Year, document: Id }),
  facts: async (ask, { input }) => ({ issuer: await ask.issuer(input.unit) }),
  decide: (register, { unit: issuer, kind, year, document }, { id, facts }) => {
    if (register.status === 'open' && register.numbers[document] !== undefined) return []
    const number = register.status === 'open' ? register.last + 1 : 1
    const label = labelOf(facts.issuer, kind, year, number)
    return [{ type: 'documents.number-assigned.v1', data: { register: id, issuer, kind, year, number, document, label } }]
  },
})

/** A void number stays in the register with its ground; it is never given again. */
export const voidNumber = command({
  route: 'POST /registers/:id/voids',
  permission: 'documents:void',
  input: Type.Object({ number: Ordinal, ground: Text }),
  decide: (register, { number, ground }, { id }) => {
    if (register.status === 'none') throw reject('register-not-there', { register: id })
    if (register.voids[number] !== undefined) return []
    const document = Object.keys(register.numbers).find((each) => register.numbers[each] === number)
    if (document === undefined) throw reject('number-not-assigned', { last: register.last, number })
    return [{ type: 'documents.number-voided.v1', data: { register: id, number, document, ground } }]
  },
})

export const register = aggregate<Register, RegisterEvent>({
  name: 'register',
  path: '/registers',
  read: 'documents:read',
  events,
  initial,
  evolve,
  identify: (input) => registerId(input.unit, input.kind, input.year),
  commands: { assignNumber, voidNumber },
})
