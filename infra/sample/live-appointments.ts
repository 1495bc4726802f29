import { clock } from './calendar.ts'
import type { Life } from './life.ts'

/** The way into a post, a few times: taken, left again, in its public notice with an objection, just proposed. */

type Case = {
  readonly key: string
  readonly kind: string
  readonly unit: string
  /** Days before today on which it was proposed. */
  readonly ago: number
  readonly until: 'proposed' | 'notice' | 'objected' | 'held' | 'removed'
}
const cases: readonly Case[] = [
  { key: 'study officer', kind: 'officer', unit: 'pps-ppa-study', ago: 40, until: 'held' },
  { key: 'social assistant', kind: 'assistant', unit: 'pps-ppa-social', ago: 33, until: 'held' },
  { key: 'arts assistant', kind: 'assistant', unit: 'pps-ppa-arts', ago: 50, until: 'removed' },
  { key: 'publicity officer', kind: 'officer', unit: 'pps-ppa-publicity', ago: 3, until: 'objected' },
  { key: 'sports assistant', kind: 'assistant', unit: 'pps-ppa-sports', ago: 2, until: 'notice' },
  { key: 'life assistant', kind: 'assistant', unit: 'pps-ppa-life', ago: 1, until: 'proposed' },
]

/** Candidates are the last of the sample's students, so that the first stay without a post. */
export const appointPeople = async ({ students, as, calendar, today }: Life): Promise<void> => {
  const [president, guidance] = [as('president'), as('guidance')]
  await Promise.all(
    cases.map(async ({ key, kind, unit, ago, until }, index) => {
      const person = students.at(-1 - index)?.person
      const at = (days: number, minutes: number) => calendar.at(today, minutes, days - ago)
      const say = (step: string, when: string) => ({ key: `appoint ${key} ${step}`, at: when })
      const { id } = await president.send('/appointments', { person, kind, unit }, say('propose', at(0, clock(10))))
      if (until === 'proposed') return
      await guidance.send(`/appointments/${id}/recommendation`, {}, say('recommend', at(1, clock(9))))
      const own = { ...say('object', at(2, clock(20))), unless: ['appointment-status', 'notice-over'] }
      if (until === 'objected')
        await whenNoticed(() => as('student1').try(`/appointments/${id}/objections`, { ground: '与本人所在社团负责人职务冲突，请核实。' }, own))
      if (until !== 'removed') return
      const removal = { reason: '本人因学业原因申请辞职。' }
      await whenNoticed(() => guidance.try(`/appointments/${id}/removal`, removal, { ...say('remove', at(28, clock(10))), unless: ['appointment-status'] }))
    }),
  )
}

/** The check of eligibility and the end of the notice run by themselves, a moment later. */
const whenNoticed = async (work: () => Promise<unknown>): Promise<void> => {
  for (let tries = 0; tries < 150; tries++) {
    if ((await work()) !== null) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
