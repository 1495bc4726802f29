import { expect } from 'vitest'
import { nameIn } from './activity.ts'
import type { Cast } from './people.ts'

/** A scheme is drafted and adopted; the activity is scored by it, and the score opens down to a fact of the trail. */
export const assess = async (cast: Cast): Promise<void> => {
  const { secretary, chair, auditor, t } = cast
  await secretary.go('/schemes')
  await secretary.press(t('schemes.new'))
  await secretary.fill({ unit: 'north-su', 'name.en': 'Activities of the union', 'name.zh': '学生会活动考核', subject: 'activity' })
  for (const [place, source] of ['attendance', 'satisfaction'].entries()) {
    if ((await secretary.page.locator(`[name="criteria.${place}.id"]`).count()) === 0) await secretary.press(t('items.criteria.add'))
    await secretary.fill({
      [`criteria.${place}.id`]: source,
      [`criteria.${place}.name.en`]: source,
      [`criteria.${place}.name.zh`]: t(`words.${source}`),
      [`criteria.${place}.source`]: source,
      [`criteria.${place}.weight`]: '50',
      [`criteria.${place}.scale.from`]: '0',
      [`criteria.${place}.scale.to`]: '1',
    })
  }
  await secretary.look('the draft of a scheme')
  await secretary.press(t('schemes.draft'))
  await secretary.page.waitForURL(/schemes\/(?!new)/)
  await chair.go(new URL(secretary.page.url()).pathname)
  await chair.press(t('schemes.adopt'))
  await chair.see(t('schemes.frozen'))

  await secretary.go('/assessments')
  await secretary.press(t('assessments.open'))
  await secretary.page.getByLabel(t('fields.scheme'), { exact: true }).selectOption({ index: 1 })
  await secretary.page.getByLabel(t('fields.activity'), { exact: true }).selectOption({ label: nameIn(cast) })
  await secretary.look('opening an assessment')
  await secretary.press(t('assessments.open'))
  await secretary.press(t('assessments.score'))
  await secretary.page.locator('.score.whole').waitFor()

  await auditor.go(new URL(secretary.page.url()).pathname)
  const criterion = auditor.page.locator('.criteria details').first()
  await criterion.locator('summary').click()
  await criterion.locator('.evidence a').first().waitFor()
  await auditor.look('a score that is open')
  await criterion.locator('.evidence a').first().click()
  await auditor.see(t('record.decision'))
  expect(new URL(auditor.page.url()).pathname).toMatch(/^\/trail\/activities\//)
}
