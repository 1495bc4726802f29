import { expect } from 'vitest'
import { figure } from '../scene.ts'
import { nameIn } from './activity.ts'
import type { Cast } from './people.ts'

/** The dashboard follows while others work, and each figure leads to what it counts. */
export const watch = async ({ auditor, chair, officer, t }: Cast): Promise<void> => {
  await auditor.go('/dashboards/north')
  await auditor.page.locator('.connection[data-state=live]').waitFor()
  // What was done before is counted before something is added.
  await expect.poll(() => figure(auditor.page, 'activities.held').textContent(), { timeout: 15_000 }).toBe('1')
  await expect.poll(() => figure(auditor.page, 'documents.filed').textContent(), { timeout: 15_000 }).toBe('2')
  const open = figure(auditor.page, 'duties.open')
  const before = Number(await open.textContent())
  await chair.go('/duties')
  await chair.press(t('duties.assign'))
  await chair.fill({ unit: 'north-su-study', title: '还椅子', due: '2027-01-10T17:00' })
  await chair.pick(t('fields.owner'), '褚十全', 'candidate')
  await chair.send(t('duties.assign'))
  await expect.poll(async () => Number(await open.textContent()), { message: 'the picture changes without being asked', timeout: 15_000 }).toBe(before + 1)
  await officer.go('/')
  await officer.card('还椅子').waitFor()
  await auditor.look('a dashboard')
}

/** Who decided what, under which post; and the record as it stood at that moment. */
export const readTrail = async (cast: Cast, activity: string): Promise<void> => {
  const { auditor, t } = cast
  await auditor.go(activity)
  await auditor.press(t('activities.toTrail'))
  const approved = auditor.page.locator('.facts li').filter({ hasText: t('events.activities.activity-approved.v1') })
  await auditor.page.locator('.facts li').first().waitFor()
  await auditor.look('the trail of an activity')
  await approved.first().locator('a').first().click()
  await auditor.see(t('record.decision'))
  await auditor.see('赵一鸣')
  await auditor.see(t('moment.title'))
  await auditor.see(nameIn(cast))
  await auditor.look('a record of the trail')
}
