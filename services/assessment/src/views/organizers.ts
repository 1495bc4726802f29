import { activityHeld } from '@collegium/activities/events'
import { put, view, when } from '@collegium/shared/view.ts'

/** Who organized which activity that was held: what satisfaction and thrift say of a person. */
export const organizers = view({
  name: 'organizers',
  version: 1,
  tables: { organizer: { columns: { activity: 'text', person: 'text', held_at: 'text' }, key: ['person', 'activity'] } },
  on: [when(activityHeld, ({ data, occurred }) => data.organizers.map((person) => put('organizer', { activity: data.activity, person, held_at: occurred })))],
})
