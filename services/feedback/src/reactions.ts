import { activityHeld } from '@collegium/activities/events'
import { deadlines, due, react, reaction, run, withdraw } from '@collegium/shared/reaction.ts'
import { when } from '@collegium/shared/view.ts'
import * as facts from './events.ts'
import { closeSurvey, openForActivity, survey } from './survey.ts'

/** When an activity was held, those who attended are asked. */
export const surveyAfterActivity = reaction({
  name: 'survey-after-activity',
  on: [react(activityHeld, ({ data, unit }) => [run(survey, openForActivity, null, { unit, activity: data.activity, title: data.title })])],
})

/** A survey takes answers for as many days as the policy gave it. */
export const surveysClose = deadlines({
  name: 'surveys-close',
  on: [
    when(facts.surveyOpened, ({ data }) => [due(`close-${data.survey}`, data.closesAt, run(survey, closeSurvey, data.survey, {}), { isPatient: true })]),
    when(facts.surveyClosed, ({ data }) => [withdraw(`close-${data.survey}`)]),
  ],
})
