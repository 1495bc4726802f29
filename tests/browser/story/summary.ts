import { nameIn } from './activity.ts'
import type { Cast } from './people.ts'

/** Drafted from its activity, approved by those who are asked, filed with a number; the duty that it ends is gone by itself. */
export const file = async (cast: Cast, activity: string): Promise<void> => {
  const { officer, secretary, chair, t } = cast
  await officer.go(activity)
  await officer.press(t('activities.toSummary'))
  await officer.see(nameIn(cast))
  await officer.fill({ text: '到场两人。灯亮到十点。', unit: 'north-su-study' })
  await officer.look('the draft of a summary')
  await officer.press(t('documents.keep'))
  await officer.press(t('documents.submit'))
  await officer.pick(t('fields.approvers'), '孙三思', 'secretary')
  await officer.pick(t('fields.approvers'), '赵一鸣', 'president')
  await officer.send(t('documents.submit'))
  const title = t('documents.titleOf', { name: nameIn(cast), kind: t('words.summary') })
  for (const each of [secretary, chair]) {
    await each.go('/')
    await each.press(t('mine.approve'), each.card(title))
    await each.card(title).waitFor({ state: 'detached' })
  }
  await officer.see(/〔\d{4}〕1号/)
  await officer.look('a document that is filed')
  await officer.go(activity)
  await officer.page.locator('.way [aria-current=step]').getByText(t('activities.way.summary')).waitFor()
}
