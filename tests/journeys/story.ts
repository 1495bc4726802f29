import { afterAll, beforeAll, describe, it } from 'vitest'
import { type Scene, type Stage, sceneOf } from './scene.ts'
import { holdActivity } from './steps/activity.ts'
import { appointOfficers } from './steps/appointment.ts'
import { assess } from './steps/assessment.ts'
import { lookAtDashboards } from './steps/dashboards.ts'
import { fileSummary } from './steps/filing.ts'
import { importFederation } from './steps/import.ts'
import { meetPresidium } from './steps/meeting.ts'
import { answerSurvey } from './steps/survey.ts'
import { readTrail } from './steps/trail.ts'
import { serveShifts } from './steps/volunteers.ts'

/** One loop through all the services, by the public door only. The steps build on each other; both forms tell the same text. */
export const story = (form: Stage['form'], start: () => Promise<Stage>): void => {
  describe(`one story through the house, ${form}`, () => {
    let scene: Scene
    beforeAll(async () => {
      scene = sceneOf(await start())
    })
    afterAll(() => scene?.stage.stop())

    it('[MB-01] [PL-01] [PL-02] [PL-09] a federation is imported whole, or not at all with every fault told', () => importFederation(scene))
    it('[MB-02] [MB-06] [MB-17] [PL-08] [PL-13] an officer is appointed, may what the post may from its minute on, and no more after the removal', () =>
      appointOfficers(scene))
    it('[AC-01] [AC-02] an activity is proposed, reviewed, approved, announced, registered for, attended, held and closed', () => holdActivity(scene))
    it('[VL-03] [VL-04] volunteers serve, hosts confirm, and no hours count that cannot be', () => serveShifts(scene))
    it('[FB-03] a survey opens by itself for those who attended; each answers once, and the answer is nobody’s', () => answerSurvey(scene))
    it('[AC-03] [AC-04] [DC-05] [PL-03] a meeting’s minutes are filed and its resolution followed up, never twice', () => meetPresidium(scene))
    it('[DC-02] [DC-04] [DC-07] a summary is approved and filed, with numbers without holes while others file and a process dies', () => fileSummary(scene))
    it('[AS-01] [AS-08] activity and organizer are scored by a versioned scheme; a score opens into inputs and the facts behind them', () => assess(scene))
    it('[PL-04] [PL-05] dashboards show all of it live, and as of any past day', () => lookAtDashboards(scene))
    it('[PL-06] [PL-07] [PL-10] the trail shows who decided what and why, everything as it was, and every fact keeps its contract', () => readTrail(scene))
  })
}
