import { type Cast, wall } from './people.ts'

const title = { en: 'Presidium, tenth week', zh: '第十周主席团会议' }

/** Called, signed in to, resolved, minuted, filed; and the duty of the resolution done and confirmed. */
export const meet = async ({ secretary, officer, chair, locale, t }: Cast): Promise<void> => {
  const name = title[locale === 'en' ? 'en' : 'zh']
  await secretary.go('/meetings')
  await secretary.press(t('meetings.call'))
  await secretary.fill({ unit: 'north-su', 'title.en': title.en, 'title.zh': title.zh, kind: 'presidium', at: wall(0) })
  await secretary.press(t('items.agenda.add'))
  await secretary.fill({ 'agenda.0': '读书之夜' })
  await secretary.pick(t('fields.invited'), '孙三思', 'secretary')
  await secretary.pick(t('fields.invited'), '褚十全', 'candidate')
  await secretary.pick(t('fields.chair'), '赵一鸣', 'president')
  await secretary.look('calling a meeting')
  await secretary.press(t('meetings.call'))
  await secretary.page.getByRole('heading', { level: 1, name }).waitFor()
  const address = new URL(secretary.page.url()).pathname

  await secretary.press(t('meetings.signIn'))
  await officer.go('/')
  await officer.press(t('mine.today.signIn'), officer.section(t('mine.today.title')))
  await chair.go(address)
  await chair.press(t('meetings.signIn'))
  await chair.see(t('meetings.there', { there: 3, all: 3 }))
  await chair.press(t('meetings.open'))
  await chair.press(t('meetings.resolve'))
  await chair.fill({ text: '下学期再办一次' })
  await chair.press(t('items.duties.add', { context: 'adoptResolution' }))
  await chair.fill({ 'duties.0.title': '订下图书馆', 'duties.0.unit': 'north-su-study', 'duties.0.due': wall(48) })
  await chair.pick(t('fields.owner'), '褚十全', 'candidate')
  await chair.look('a resolution')
  await chair.send(t('meetings.resolve'))
  await chair.press(t('meetings.close'))

  await secretary.press(t('meetings.draft'))
  await secretary.send(t('meetings.draft'))
  await chair.press(t('meetings.approve'))
  await secretary.see(/〔\d{4}〕1号/)
  await secretary.look('a meeting whose minutes are filed')

  const duty = officer.card('订下图书馆')
  await officer.press(t('duties.fulfil'), duty)
  await duty.waitFor({ state: 'detached' })
  await chair.see(t('meetings.duty.fulfilled'))
}
