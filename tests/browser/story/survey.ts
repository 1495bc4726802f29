import { nameIn } from './activity.ts'
import type { Cast } from './people.ts'

/** Those who came are asked on their first page without anybody's doing; two answers make a result that its host may read. */
export const answer = async (cast: Cast): Promise<void> => {
  const { student, secretary, officer, t } = cast
  for (const [each, mark] of [
    [student, '5'],
    [secretary, '4'],
  ] as const) {
    await each.go(each === student ? '/' : '/near')
    await each.press(t('home.surveys.answer'))
    await each.page.locator('.question').first().waitFor()
    await each.look('a survey')
    for (const question of await each.page.locator('.question').all()) await question.getByText(mark, { exact: true }).click()
    await each.press(t('survey.send'))
    await each.see(t('survey.thanks'))
  }
  await officer.go('/activities')
  await officer.page
    .getByRole('link', { name: nameIn(cast) })
    .first()
    .click()
  await officer.see(t('activities.survey.answers', { count: 2 }))
  await officer.page.locator('.marks li').nth(1).waitFor()
}
