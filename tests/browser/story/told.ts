import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { wordsOf } from '../../../services/console/testing/words.ts'
import { openStage, type Stage } from '../scene.ts'
import { checkIn, close, propose, register } from './activity.ts'
import { appoint } from './appointment.ts'
import { assess } from './assessment.ts'
import { storyFederation } from './federation.ts'
import { meet } from './meeting.ts'
import { readTrail, watch } from './oversight.ts'
import { type Cast, openCast, type Role, roles } from './people.ts'
import { file } from './summary.ts'
import { answer } from './survey.ts'
import { serve } from './volunteers.ts'

const screens = fileURLToPath(new URL('../../../var/screens/', import.meta.url))

/** One loop through the house by six people on pages only, each signed in with a browser of their own. The steps build on each other. */
export const tellOnPages = (locale: Cast['locale'], width: number): void => {
  describe(`one story on pages, ${width} px, ${locale}`, () => {
    let stage: Stage
    let cast: Cast
    let activity: string
    beforeAll(async () => {
      stage = await openStage(storyFederation())
      cast = await openCast(stage, await wordsOf(locale), locale, { viewport: { width, height: 900 } })
    }, 120_000)
    afterAll(async () => stage?.stop())
    // What each of them saw when it went wrong.
    afterEach(async ({ task }) => {
      if (task.result?.state !== 'fail') return
      mkdirSync(screens, { recursive: true })
      for (const role of Object.keys(roles) as Role[]) await cast[role].page.screenshot({ path: `${screens}story-${width}-${role}.png` })
    })

    it('[MB-02] [MB-06] [PL-01] a student is proposed, recommended, objected to and settled, and holds the post from its minute on', () => appoint(cast))
    it('[AC-01] the new head proposes a major activity; it is pre-reviewed, approved, announced and opened', async () => {
      activity = await propose(cast)
    })
    it('[AC-02] two take the places, the third waits with a visible place, and moves up', () => register(cast))
    it('[VL-03] [VL-04] a volunteer signs up for a shift, comes and leaves; hours count once they are confirmed', () => serve(cast))
    it('[AC-02] one checks in by the code that changes, one is checked in at the door', () => checkIn(cast, activity))
    it('[AC-01] it is held and closed, with its money', () => close(cast, activity))

    it('[FB-03] those who came are asked by themselves; two answers make a result', () => answer(cast))
    it('[AC-03] [AC-04] [DC-05] the presidium meets, signs in, resolves; the minutes are filed and the duty is closed', () => meet(cast))
    it('[DC-02] [DC-04] [DC-07] the summary is approved and filed with a number, and the duty of the activity ends by it', () => file(cast, activity))
    it('[AS-01] [AS-08] a scheme is adopted, the activity scored; the score opens down to its facts', () => assess(cast))
    it('[PL-04] [PL-05] the dashboards follow while others work', () => watch(cast))
    it('[PL-06] the trail tells who decided what under which post, and how it stood then', () => readTrail(cast, activity))
    it('nothing was complained about by any of the browsers', () => expect(cast.complaints()).toEqual([]))
  })
}
