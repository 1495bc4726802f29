import { minutesApproved } from '@collegium/activities/events'
import { react, reaction, run } from '@collegium/shared/reaction.ts'
import type { Ask } from './ask.ts'
import { document, fileDocument, takeMinutes } from './document.ts'
import { documentApproved, numberAssigned } from './events.ts'
import { assignNumber, register, registerId } from './register.ts'

/** What is approved gets a number and is filed. Each step repeats without effect, so a death in between costs nothing. */
export const filing = reaction({
  name: 'filing',
  on: [
    react(documentApproved, async ({ data, occurred }, ask: Ask) => {
      const { issuer, kind } = await ask.document(data.document)
      const year = ask.yearAt(issuer, occurred)
      return [run(register, assignNumber, registerId(issuer, kind, year), { unit: issuer, kind, year, document: data.document })]
    }),
    react(numberAssigned, ({ data: { document: id, year, number, label } }) => [run(document, fileDocument, id, { year, number, label })]),
  ],
})

/** Minutes that the chair has approved come in as an approved document, and get their number like every other. */
export const minutesArrive = reaction({
  name: 'minutes-arrive',
  on: [
    react(minutesApproved, ({ data, unit, actor }) => [
      run(document, takeMinutes, `minutes.${data.meeting}`, {
        unit,
        meeting: data.meeting,
        title: data.title.zh,
        text: data.text,
        author: data.drafter,
        chair: actor.person,
      }),
    ]),
  ],
})
