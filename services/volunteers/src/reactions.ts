import { activityCancelled } from '@collegium/activities/events'
import { deadlines, due, react, reaction, run, withdraw } from '@collegium/shared/reaction.ts'
import { when } from '@collegium/shared/view.ts'
import type { Ask } from './ask.ts'
import * as facts from './events.ts'
import { closeShift, shift } from './shift.ts'

/** Nobody stands at the door of an activity that does not take place. */
export const shiftsEndWithActivity = reaction({
  name: 'shifts-end-with-activity',
  on: [
    react(activityCancelled, async ({ data }, ask: Ask) =>
      (await ask.shiftsOf(data.activity)).map((id) => run(shift, closeShift, id, {}, { reason: `The activity ${data.activity} was cancelled.` })),
    ),
  ],
})

/** A shift closes when its time is over. */
export const shiftsEnd = deadlines({
  name: 'shifts-end',
  on: [
    when(facts.shiftOpened, ({ data }) => [due(`end-${data.shift}`, data.to, run(shift, closeShift, data.shift, {}), { isPatient: true })]),
    when(facts.shiftClosed, ({ data }) => [withdraw(`end-${data.shift}`)]),
  ],
})
