import type { StintEvent } from './events.ts'

type Who = { shift: string; person: string }
type Served = Who & { from: string; to: string; minutes: number }

/** One person's service on one shift. `entered` = by hand, waiting for its countersignature. */
export type StintState =
  | { status: 'none' }
  | ({ status: 'in'; at: string } & Who)
  | ({ status: 'out' } & Served)
  | ({ status: 'entered'; by: string | null } & Served)
  | ({ status: 'confirmed' } & Served)
  | ({ status: 'refused' } & Who)
  | ({ status: 'no-show' } & Who)

export const evolve = (state: StintState, { type, data }: StintEvent): StintState => {
  const { shift, person } = data
  switch (type) {
    case 'volunteers.volunteer-checked-in.v1':
      return { status: 'in', shift, person, at: data.at }
    case 'volunteers.volunteer-checked-out.v1':
      return { status: 'out', shift, person, from: state.status === 'in' ? state.at : data.at, to: data.at, minutes: data.minutes }
    case 'volunteers.hours-entered.v1':
      return { status: 'entered', shift, person, from: data.from, to: data.to, minutes: data.minutes, by: data.by }
    case 'volunteers.hours-confirmed.v1':
      return { status: 'confirmed', shift, person, from: data.from, to: data.to, minutes: data.minutes }
    case 'volunteers.hours-refused.v1':
      return { status: 'refused', shift, person }
    case 'volunteers.no-show-noted.v1':
      return { status: 'no-show', shift, person }
  }
}
