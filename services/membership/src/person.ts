import { aggregate, commandsOf } from '@collegium/shared/aggregate.ts'
import { refuse } from '@collegium/shared/refusals.ts'
import { Id, Line } from '@collegium/shared/schema.ts'
import Type from 'typebox'
import { type Ask, described, type UnitFacts } from './ask.ts'
import { type PersonEvent, personRegistered } from './events.ts'
import { reject } from './rejections.ts'

/** Someone of a campus. Name and number live here and nowhere else; after an erasure they are null, and the id is never used again. */

export type PersonState =
  | { status: 'unknown'; unit?: never }
  | { status: 'registered'; unit: string; name: string | null; number: string | null; college: string | null }

const evolve = (_state: PersonState, { data }: PersonEvent): PersonState => ({
  status: 'registered',
  unit: data.campus,
  name: data.name,
  number: data.number,
  college: data.college,
})

const command = commandsOf<PersonState, PersonEvent, Ask>()

export const registerPerson = command({
  route: 'POST /people',
  permission: 'people:register',
  input: Type.Object({ person: Id, name: Line, number: Line, campus: Id, college: Type.Optional(Id) }),
  facts: async (ask, { input }) => ({
    campus: await placeOf(ask, input.campus),
    college: input.college === undefined ? null : await placeOf(ask, input.college),
    path: input.college === undefined ? [] : await pathOf(ask, input.college),
  }),
  decide: (state, input, { facts }) => {
    const { person, name, number, campus } = input
    const college = input.college ?? null
    if (facts.campus.status !== 'active' || facts.campus.kind !== 'campus') throw reject('person-campus', { campus, came: described(facts.campus) })
    if (facts.college && (described(facts.college) !== 'union / college' || !facts.path.includes(campus)))
      throw reject('person-college', { campus, college, came: described(facts.college) })
    if (state.status === 'registered') {
      if (state.name === null) throw refuse('person-erased', { person })
      if (state.name === name && state.number === number && state.unit === campus && state.college === college) return []
      throw reject('person-exists', { person })
    }
    return [{ type: 'membership.person-registered.v1', data: { person, name, number, campus, college } }]
  },
})

/** People come in thousands, campuses hardly ever change: the directory answers, and the unit itself only where it is too new to be there. */
const placeOf = async (ask: Ask, id: string): Promise<UnitFacts> => {
  const known = ask.directory().unit(id)
  return known ? { ...known, status: known.dissolved === null ? 'active' : 'dissolved' } : ask.unit(id)
}

const pathOf = async (ask: Ask, id: string): Promise<string[]> => {
  const { parent } = await placeOf(ask, id)
  return parent === null ? [id] : [id, ...(await pathOf(ask, parent))]
}

export const person = aggregate<PersonState, PersonEvent>({
  name: 'person',
  path: '/people/records',
  read: 'people:read',
  events: [personRegistered],
  initial: () => ({ status: 'unknown' }),
  evolve,
  identify: (input) => input.person,
  unit: async (_ask, input) => input.campus,
  commands: { registerPerson },
})
