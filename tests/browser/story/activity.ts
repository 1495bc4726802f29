import type { Cast } from './people.ts'
import { wall } from './people.ts'

export const title = { en: 'Night of reading', zh: '读书之夜' }

/** What the activity is called for those who look at it. */
export const nameIn = ({ locale }: Cast): string => title[locale === 'en' ? 'en' : 'zh']

/** Proposed, pre-reviewed, approved, announced, opened: each by whose turn it is, who finds it on the own page. */
export const propose = async (cast: Cast): Promise<string> => {
  const { officer, guide, chair, t } = cast
  const name = nameIn(cast)
  await officer.go('/activities')
  await officer.press(t('activities.propose'))
  await officer.fill({
    unit: 'north-su-study',
    'title.en': title.en,
    'title.zh': title.zh,
    theme: '一盏灯，一本书',
    plan: '朗读、讨论、换书',
    risks: '用电与疏散',
    budget: '500',
    major: 'yes',
    venue: '图书馆 · The library',
    startsAt: wall(-0.1),
    endsAt: wall(3),
    capacity: '2',
    kind: 'reading',
  })
  await officer.look('the proposal of an activity')
  await officer.press(t('activities.proposal.send'))
  await officer.page.getByRole('heading', { level: 1, name }).waitFor()
  const address = new URL(officer.page.url()).pathname

  await guide.go('/')
  await guide.press(t('mine.preReview'), guide.card(name))
  await guide.fill({ passed: 'yes' })
  await guide.send(t('mine.preReview'))
  await chair.go('/')
  await chair.press(t('mine.approve'), chair.card(name))
  await chair.card(name).waitFor({ state: 'detached' })

  // The officer's page has followed; nobody loaded it anew.
  await officer.press(t('activities.do.announceActivity'))
  await officer.press(t('activities.do.openRegistration'))
  await officer.fill({ until: wall(2) })
  await officer.send(t('activities.do.openRegistration'))
  await officer.see(t('activities.people.places', { count: 2, capacity: 2 }))
  await officer.look('an activity that takes registrations')
  return address
}

/** Two take the places, the third waits with a visible place in the line, and moves up when somebody goes. */
export const register = async (cast: Cast): Promise<void> => {
  const { student, secretary, guide, t } = cast
  const name = nameIn(cast)
  for (const each of [secretary, guide]) {
    await each.go('/')
    await each.press(t('mine.near'))
    await each.press(t('home.open.register'), each.card(name).last())
    await each.see(t('home.mine.registered'), each.section(t('home.own.title')))
  }
  await student.go('/')
  await student.press(t('home.open.wait'), student.card(name))
  await student.see(t('seat.line', { place: 1 }))
  await student.look('a place in the line')
  await guide.press(t('home.own.cancel'), guide.section(t('home.own.title')))
  await guide.press(t('home.own.cancel'))
  await student.see(t('home.mine.registered'), student.section(t('home.own.title')))
}

/** By the code that changes, and by whoever stands at the door. */
export const checkIn = async ({ officer, student, t }: Cast, address: string): Promise<void> => {
  await officer.go(address)
  await student.go('/')
  await officer.press(t('activities.toDoor'))
  await officer.press(t('door.tabs.code'))
  const letters = await officer.page.locator('.door-letters').textContent()
  await student.press(t('home.own.atTheDoor'))
  await student.look('the dialog at the door')
  await student.fill({ code: letters ?? '' })
  await student.send(t('home.door.send'))
  await student.see(t('home.mine.present'))

  await officer.press(t('door.tabs.list'))
  await officer.page.locator('[data-person=secretary]').getByRole('button').click()
  await officer.page.locator('[data-person=secretary] .chip').waitFor()
  await officer.page.locator('[data-person=student-1] .chip').waitFor({ timeout: 20_000 })
  await officer.look('the door')
}

/** Money against the budget, held, closed; the summary is owed from then on. */
export const close = async ({ officer, t }: Cast, address: string): Promise<void> => {
  await officer.go(address)
  await officer.press(t('activities.do.recordSpending'))
  await officer.fill({ amount: '120', receipt: 'R-1' })
  await officer.send(t('activities.do.recordSpending'))
  await officer.press(t('activities.do.holdActivity'))
  await officer.press(t('activities.do.closeActivity'))
  await officer.see(t('activities.next.summary'))
  await officer.press(t('activities.people.attended', { count: 2 }))
  await officer.see(t('words.rotating-code'))
  await officer.see(t('words.staff-scan'))
  await officer.look('an activity that is closed')
}
