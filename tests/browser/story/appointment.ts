import type { Cast } from './people.ts'

/** A student becomes head of the study department: proposed, recommended, objected to, settled, in effect. */
export const appoint = async ({ chair, guide, student, officer, t }: Cast): Promise<void> => {
  await chair.go('/appointments')
  await chair.press(t('appointments.propose'))
  await chair.pick(t('fields.person'), '褚十全', 'candidate')
  await chair.page.getByLabel(t('proposal.post'), { exact: true }).selectOption('head')
  await chair.page.getByLabel(t('fields.unit'), { exact: true }).selectOption('north-su-study')
  await chair.see(t('proposal.wouldPass'))
  await chair.look('proposing somebody')
  await chair.fill({ citation: '北方大学学生会〔2026〕9号' })
  await chair.press(t('appointments.propose'))
  await chair.page.waitForURL(/appointments\/(?!propose)/)
  const address = new URL(chair.page.url()).pathname

  await student.go(address)
  const proposed = guide.card(/褚十全/)
  await guide.look('my page of the guidance committee')
  await guide.press(t('mine.recommend'), proposed)
  // The notice begins, and the student who reads the case sees it without a reload.
  await student.press(t('appointments.steps.object'))
  await student.fill({ ground: '茶会那天没有到场' })
  await student.send(t('appointments.steps.object'))
  await student.look('an appointment with an objection')

  await guide.go(address)
  await guide.press(t('appointments.settle'))
  await guide.fill({ ground: '当天请过假' })
  await guide.send(t('appointments.settle'))
  await guide.see(t('appointments.verdicts.overruled'))
  await chair.page.locator('.stages [aria-current=step]').getByText(t('stages.held')).waitFor({ timeout: 40_000 })
  // Whoever holds the post finds it on the page that was open all the time.
  await officer.page.getByRole('link', { name: t('mine.near') }).waitFor({ timeout: 15_000 })
  await officer.see(t('mine.waiting'))
}
