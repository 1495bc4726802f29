import { documentFiled } from '@collegium/documents/events'
import { idOf } from '@collegium/shared/aggregate.ts'
import { deadlines, due, react, reaction, run, withdraw } from '@collegium/shared/reaction.ts'
import type { Label } from '@collegium/shared/schema.ts'
import { when } from '@collegium/shared/view.ts'
import type { Ask } from './ask.ts'
import { assignByResolution, assignSummary, duty, escalateDuty, fulfilByFact, remindOwner } from './duty.ts'
import { enrolment, fillPlaces } from './enrolment.ts'
import { activityHeld, dutyAssigned, dutyFulfilled, registrationOpened, resolutionAdopted } from './events.ts'
import { endings, evidenceOf } from './fulfilment.ts'
import { fileMinutes, meeting } from './meeting.ts'

/** A higher capacity seats those who wait. */
export const waitlistMovesUp = reaction({
  name: 'waitlist-moves-up',
  on: [react(registrationOpened, ({ data }) => [run(enrolment, fillPlaces, data.activity, { activity: data.activity })])],
})

/** What the summary of an activity is called, as long as a line may be. */
const summaryOf = (title: Label): Label => ({ en: `Summary: ${title.en}`.slice(0, 200), zh: `总结：${title.zh}`.slice(0, 200) })

/** Resolutions become duties with owners and dates; a held activity owes its summary. */
export const dutiesArise = reaction({
  name: 'duties-arise',
  on: [
    react(resolutionAdopted, (event) =>
      event.data.duties.map(({ duty: id, title, owner, unit, due: date, fulfilledBy }) =>
        run(duty, assignByResolution, id, {
          unit: unit ?? event.unit,
          title,
          owner,
          due: date,
          source: { kind: 'meeting', id: event.data.meeting },
          ...(fulfilledBy === null ? {} : { fulfilledBy: fulfilledBy as Parameters<typeof assignByResolution.decide>[1]['fulfilledBy'] & object }),
        }),
      ),
    ),
    react(activityHeld, ({ unit, data: { activity, title, organizers } }) =>
      organizers.slice(0, 1).map((owner) => run(duty, assignSummary, `summary.${activity}`, { unit, name: summaryOf(title), owner, activity })),
    ),
  ],
})

/**
 * A duty ends with the fact it waits for. The two are heard of side by side; when each looks for the other only after its own row is there,
 * whichever row came second finds the first.
 */
export const factsEndDuties = reaction({
  name: 'facts-end-duties',
  on: [
    ...endings.map(({ definition, about }) =>
      react(definition, async (event, ask: Ask) => {
        await ask.seen(event)
        const fact = evidenceOf(event)
        return (await ask.waitingFor(fact, about(event))).map((id) => run(duty, fulfilByFact, id, fact))
      }),
    ),
    react(dutyAssigned, async (event, ask: Ask) => {
      const { duty: id, fulfilledBy, since } = event.data
      if (fulfilledBy === null) return []
      await ask.seen(event)
      const fact = await ask.happened(fulfilledBy, since)
      return fact === null ? [] : [run(duty, fulfilByFact, id, fact, { occurred: fact.at })]
    }),
  ],
})

/** The minutes come back from documents with their number. */
export const minutesReturn = reaction({
  name: 'minutes-return',
  on: [
    react(documentFiled, ({ data: { document, kind, about, number, label } }) =>
      kind === 'minutes' && about?.service === 'activities' && about.kind === 'meeting'
        ? [run(meeting, fileMinutes, about.id, { document, number, label })]
        : [],
    ),
  ],
})

/** Remind before the date, escalate at it, and neither once the duty is done. */
export const duesOfDuties = deadlines({
  name: 'dues-of-duties',
  on: [
    when(dutyAssigned, (event) => [
      due(`reminder-${idOf(event)}`, event.data.remindAt, run(duty, remindOwner, idOf(event), {}), { isPatient: true }),
      due(`escalation-${idOf(event)}`, event.data.due, run(duty, escalateDuty, idOf(event), {}), { isPatient: true }),
    ]),
    when(dutyFulfilled, (event) => [withdraw(`reminder-${idOf(event)}`), withdraw(`escalation-${idOf(event)}`)]),
  ],
})
