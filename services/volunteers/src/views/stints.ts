import { patch, put, type Row, view, when } from '@collegium/shared/view.ts'
import * as facts from '../events.ts'

const key = ({ shift, person }: { shift: string; person: string }): Row => ({ shift, person })

/** Who served when and what of it counts. `version` is where the stint's last fact stands: the evidence of a confirmed one. */
export const stints = view({
  name: 'stints',
  version: 1,
  tables: {
    stint: {
      columns: {
        shift: 'text',
        person: 'text',
        unit: 'text',
        status: 'text',
        activity: 'text',
        starts_at: 'text',
        ends_at: 'text',
        minutes: 'int',
        ground: 'text',
        version: 'int',
      },
      key: ['shift', 'person'],
      indexes: ['(person, starts_at)', '(unit, status)'],
    },
  },
  on: [
    when(facts.volunteerCheckedIn, ({ data, unit, version }) => [put('stint', { ...key(data), unit, status: 'in', starts_at: data.at, version })]),
    when(facts.volunteerCheckedOut, ({ data, version }) => [patch('stint', key(data), { status: 'out', ends_at: data.at, minutes: data.minutes, version })]),
    when(facts.hoursEntered, ({ data, unit, version }) => [
      put('stint', { ...key(data), unit, status: 'entered', starts_at: data.from, ends_at: data.to, minutes: data.minutes, version }),
    ]),
    when(facts.hoursConfirmed, ({ data, version }) => [
      patch('stint', key(data), { status: 'confirmed', activity: data.activity, minutes: data.minutes, version }),
    ]),
    when(facts.hoursRefused, ({ data, version }) => [patch('stint', key(data), { status: 'refused', ground: data.ground, version })]),
    when(facts.noShowNoted, ({ data, unit, version }) => [put('stint', { ...key(data), unit, status: 'no-show', version })]),
  ],
})
