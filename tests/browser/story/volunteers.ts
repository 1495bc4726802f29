import { title as activity } from './activity.ts'
import { type Cast, wall } from './people.ts'

const title = { en: 'Lamps and chairs', zh: '灯与椅' }

/** A shift of the activity is offered, somebody signs up, comes and leaves; hours on paper need a second word. */
export const serve = async (cast: Cast): Promise<void> => {
  const { officer, student, guide, locale, t } = cast
  const name = title[locale === 'en' ? 'en' : 'zh']
  await officer.go('/shifts')
  await officer.press(t('volunteers.offer'))
  await officer.page.locator('dialog [name=activity]').selectOption({ label: activity[locale === 'en' ? 'en' : 'zh'] })
  await officer.fill({
    unit: 'north-su-study',
    'title.en': title.en,
    'title.zh': title.zh,
    category: 'community',
    place: '图书馆 · The library',
    from: wall(-2),
    to: wall(2),
    seats: '2',
  })
  await officer.look('the offer of a shift')
  await officer.send(t('volunteers.offer'))

  await student.go('/shifts')
  await student.press(t('volunteers.signUp'), student.card(name))
  await student.see(t('seat.seated'), student.card(name))
  await student.go('/hours')
  await student.press(t('volunteers.checkIn'), student.card(name))
  await student.press(t('volunteers.checkOut'), student.card(name))
  await student.see(t('volunteers.service.out'))
  await student.look('my hours')

  await officer.press(t('volunteers.roster'), officer.card(name))
  await officer.press(t('volunteers.enter'))
  await officer.pick(t('fields.person'), '孙三思', 'secretary')
  await officer.fill({ from: wall(-1.9), to: wall(-0.9), reason: '名单写在纸上', 'evidence.0': '签名表照片' })
  await officer.press(t('volunteers.enter'))
  await officer.page.locator('dialog form').waitFor({ state: 'detached' })
  await officer.go('/hours-desk')
  await officer.press(t('volunteers.confirm'), officer.page.locator('.volunteer-rows'))
  await officer.page.locator('[data-stint]').waitFor({ state: 'detached' })
  await officer.look('hours to confirm')

  await guide.go('/')
  const entered = guide.page.locator('article').filter({ hasText: t('mine.hours') })
  await guide.press(t('mine.countersign'), entered)
  await entered.waitFor({ state: 'detached' })
  await student.see(t('volunteers.service.confirmed'))
}
