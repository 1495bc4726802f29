import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually, inHours, ok, sceneOf } from '../journeys/scene.ts'
import type { Client } from '../kit/client.ts'
import { axeFaults } from './axe.ts'
import { lookFaults } from './looks.ts'
import { enter, openReader, openStage, type Reader, type Stage } from './scene.ts'

/** A student before the console: what is on, one's own places, surveys and shifts. */
describe('A student in the console', () => {
  let stage: Stage
  let reader: Reader
  let as: (account: string) => Promise<Client>
  let concert: string
  let tea: string
  beforeAll(async () => {
    stage = await openStage()
    as = sceneOf({ ...stage.collegium, form: 'embedded', restart: async () => {} }).as
    concert = await offer({
      title: { en: 'Autumn concert', zh: '秋季音乐会' },
      capacity: 1,
      venue: '礼堂 · Great hall',
      startsAt: inHours(30),
      endsAt: inHours(33),
    })
    tea = await offer({
      title: { en: 'Tea for newcomers', zh: '新生茶话会' },
      capacity: 40,
      venue: '茶室 · The tea house',
      startsAt: inHours(0.5),
      endsAt: inHours(3),
    })
    const host = await as('host')
    ok(await host.post('/shifts', shift()))
    ok(await (await as('operator')).post('/surveys', survey()))
    reader = await openReader(stage, { locale: 'en', viewport: { width: 1440, height: 900 } })
    reader.page.setDefaultTimeout(15_000)
  })
  afterAll(async () => stage?.stop())

  const offer = async (more: object): Promise<string> => {
    const [officer, president] = [await as('officer'), await as('president')]
    const { id } = ok(await officer.post('/activities', { ...proposal, ...more }))
    ok(await president.post(`/activities/${id}/approval`, {}))
    ok(await officer.post(`/activities/${id}/announcement`, {}))
    ok(await officer.post(`/activities/${id}/registration`, { until: inHours(2) }))
    return id
  }
  const section = (page: Page, name: string) => page.locator('section', { has: page.getByRole('heading', { level: 2, name }) })
  const card = (page: Page, part: string, title: string) =>
    section(page, part).locator('article', { has: page.getByRole('heading', { level: 3, name: title }) })

  it('[AC-02] finds what is on and registers with one press; the place is there at once', async () => {
    const { page } = reader
    await page.goto('/')
    const told = page.waitForResponse('**/api/v1/units')
    await enter(page, 'student-1', stage.collegium.password)
    expect((await told).headers()['content-encoding']).toBe('br')
    await page.getByRole('heading', { level: 1, name: 'Hello, ' }).waitFor()
    await card(page, 'What is on near you', 'Tea for newcomers').getByText('40 places free').waitFor()
    await card(page, 'What is on near you', 'Tea for newcomers').getByRole('button', { name: 'Register' }).click()
    await card(page, 'Your activities', 'Tea for newcomers').getByText('You have a place').waitFor()
    await card(page, 'What is on near you', 'Tea for newcomers').getByText('39 places free').waitFor()
  })

  it('[AC-02] waits in line where everything is full, sees the place in it, and moves up when somebody goes', async () => {
    const { page } = reader
    for (const person of ['student-2', 'student-3']) ok(await (await as(person)).post('/registrations', { activity: concert }))
    await page.reload()
    await card(page, 'What is on near you', 'Autumn concert').getByText('full, 1 waiting').waitFor()
    await card(page, 'What is on near you', 'Autumn concert').getByRole('button', { name: 'Join the waitlist' }).click()
    await card(page, 'Your activities', 'Autumn concert').getByText('No. 2 on the waitlist').waitFor()
    ok(await (await as('student-2')).post('/registrations/cancellations', { activity: concert }))
    await page.reload()
    await card(page, 'Your activities', 'Autumn concert').getByText('No. 1 on the waitlist').waitFor()
    await card(page, 'Your activities', 'Autumn concert').getByRole('button', { name: 'Leave the waitlist' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Leave the waitlist' }).click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await card(page, 'What is on near you', 'Autumn concert').getByRole('button', { name: 'Join the waitlist' }).waitFor()
    await card(page, 'Your activities', 'Autumn concert').waitFor({ state: 'detached' })
  })

  it('[AC-02] [PL-15] registers on the page of an activity, where nothing asks for a post that is not held', async () => {
    const { page } = reader
    const title = { en: 'Morning walk', zh: '晨间散步' }
    const walk = await offer({ title, capacity: 5, venue: '操场 · The field', startsAt: inHours(50), endsAt: inHours(52) })
    await page.goto(`/activities/${walk}`)
    const place = section(page, 'Your place')
    await place.getByText('5 places free').waitFor()
    expect(await page.locator('[data-actions]').count()).toBe(0)
    for (const name of ['Record a receipt', 'Register somebody']) expect(await page.getByRole('button', { name }).count()).toBe(0)
    expect(await lookFaults(page, 'the page of an activity')).toEqual([])
    await place.getByRole('button', { name: 'Register' }).click()
    await place.getByText('You have a place.').waitFor()
    await place.getByRole('link').click()
    await card(page, 'Your activities', 'Morning walk').getByText('You have a place').waitFor()
  })

  it('[AC-02] types the code at the door: a wrong one says so, what was typed outlives a reload, the right one counts', async () => {
    const { page } = reader
    const own = card(page, 'Your activities', 'Tea for newcomers')
    await own.getByRole('button', { name: 'At the door' }).click()
    const dialog = page.getByRole('dialog', { name: 'Tea for newcomers' })
    await dialog.getByRole('img', { name: 'Your own code as a QR picture' }).waitFor()
    await dialog.getByRole('button', { name: 'I am here' }).click()
    await dialog.getByText('code is missing').waitFor()
    await dialog.getByRole('textbox', { name: 'Code' }).fill('WRONG')
    await dialog.getByRole('button', { name: 'I am here' }).click()
    await dialog.getByText(/The code is not known/).waitFor()
    await page.reload()
    await own.getByRole('button', { name: 'At the door' }).click()
    await expect.poll(() => dialog.getByRole('textbox', { name: 'Code' }).inputValue()).toBe('WRONG')
    const { code } = ok(await (await as('officer')).get(`/activities/${tea}/code`))
    await dialog.getByRole('textbox', { name: 'Code' }).fill(code)
    await dialog.getByRole('button', { name: 'I am here' }).click()
    await dialog.waitFor({ state: 'detached' })
    await own.getByText('Checked in').waitFor()
  })

  it('[PL-04] sees what others change without a reload', async () => {
    const { page } = reader
    await page.locator('[data-connection=live]').waitFor({ state: 'attached' })
    await offer({ title: { en: 'Night of stars', zh: '观星夜' }, capacity: 5, venue: '天台 · The roof', startsAt: inHours(50), endsAt: inHours(52) })
    const stars = card(page, 'What is on near you', 'Night of stars')
    await stars.getByText('5 places free').waitFor()
    ok(await (await as('student-3')).post('/registrations/cancellations', { activity: concert }))
  })

  it('[PL-10] finds a page by the keyboard alone', async () => {
    const { page } = reader
    await page.keyboard.press('Control+k')
    const palette = page.getByRole('dialog', { name: 'Find' })
    await palette.getByRole('combobox').fill('my d')
    await palette.getByRole('option', { name: 'My data' }).waitFor()
    expect(await axeFaults(page, 'the palette')).toEqual([])
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'My data' }).waitFor()
    await page.goBack()
    await page.getByRole('heading', { level: 1, name: 'Hello, ' }).waitFor()
  })

  it('[VL-03] signs up for a shift and withdraws', async () => {
    const { page } = reader
    const pouring = card(page, 'Volunteering', 'Pouring tea')
    await pouring.getByText('3 seats free').waitFor()
    await pouring.getByRole('button', { name: 'Sign up' }).click()
    await pouring.getByText('You have a seat').waitFor()
    await pouring.getByText('2 seats free').waitFor()
    await pouring.getByRole('button', { name: 'Withdraw' }).click()
    await pouring.getByText('3 seats free').waitFor()
  })

  it('[FB-03] answers a survey once; a mark that is missing is pointed at, and what was chosen outlives a reload', async () => {
    const { page } = reader
    await page.goto('/')
    await section(page, 'Surveys for you').getByText('7 days by policy').waitFor()
    await section(page, 'Surveys for you').getByRole('link', { name: 'Answer' }).click()
    await page.getByRole('heading', { level: 1, name: 'How was the semester?' }).waitFor()
    const marks = (question: string) => page.getByRole('group', { name: question })
    await marks('It was worth it').getByText('4', { exact: true }).click()
    await page.getByRole('button', { name: 'Send' }).click()
    await marks('I was heard').getByText('Choose a number').waitFor()
    await page.reload()
    await expect.poll(() => marks('It was worth it').getByRole('radio', { name: '4' }).isChecked()).toBe(true)
    await marks('I was heard').getByText('5', { exact: true }).click()
    await page.getByLabel('What else you want to say (optional)').fill('More tea.')
    await page.getByRole('button', { name: 'Send' }).click()
    await page.getByRole('heading', { level: 1, name: 'Thank you' }).waitFor()
    await page.getByRole('link', { name: 'To the first page' }).click()
    await page.getByRole('heading', { level: 1, name: 'Hello, ' }).waitFor()
    await card(page, 'Volunteering', 'Pouring tea').waitFor()
    await section(page, 'Surveys for you').waitFor({ state: 'detached' })
  })

  it('[PL-15] [MB-06] [AC-03] [VL-04] [PL-12] shows what is owed an answer, by whom and by when, and the answer once it came', async () => {
    const { page } = reader
    const [me, president, guide, second] = [await as('student-1'), await as('president'), await as('guide'), await as('guide-2')]
    const owed = 'Answers owed to you'
    await section(page, owed).getByText('No answer is owed to you').waitFor()

    const { id } = ok(await guide.post('/appointments', { person: 'candidate-2', kind: 'officer', unit: 'north-su-tea' }))
    ok(await second.post(`/appointments/${id}/recommendation`, {}))
    await eventually(
      () => me.post(`/appointments/${id}/objections`, { ground: 'Was absent' }),
      ({ status }) => expect(status).toBe(200),
    )
    const objection = card(page, owed, 'Objection · 卫十一')
    await objection.getByText('waits for its answer').waitFor()
    await objection.getByText('Owed by: Member of the guidance committee').waitFor()
    const last = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeZone: 'Asia/Shanghai' }).format(Date.parse(inHours(5 * 24)))
    await objection.getByText(`Notice until ${last}: 5 days by policy`).waitFor()
    ok(await second.post(`/appointments/${id}/settlement`, { objection: 'objection-1', upheld: false, ground: 'Was excused' }))
    await objection.getByText('overruled').waitFor()
    await objection.getByText('The answer: Was excused').waitFor()

    const talk = { unit: 'north-su', title: { en: 'Talk with students', zh: '学生座谈' }, kind: 'department', at: inHours(60), agenda: ['茶'] }
    const meeting = ok(await president.post('/meetings', { ...talk, invited: ['student-1'], chair: 'president' })).id
    ok(await me.post(`/meetings/${meeting}/leave`, { reason: 'Exam' }))
    const leave = card(page, owed, 'Leave from: Talk with students')
    await leave.getByText('waits for its answer').waitFor()
    ok(await president.post(`/meetings/${meeting}/leave-grants`, { person: 'student-1' }))
    await leave.getByText('leave granted').waitFor()

    ok(await me.post('/erasures', { person: 'student-1', basis: 'consent-withdrawn' }))
    const erasure = card(page, owed, 'Erasure of your data')
    await erasure.getByText('0 of two have approved. No policy sets a day for it.').waitFor()
    ok(await me.post('/erasures/student-1/withdrawal', {}))
    await erasure.waitFor({ state: 'detached' })

    const now = { ...shift(), title: { en: 'Sweeping', zh: '打扫' }, from: inHours(0.2), to: inHours(2) }
    const given = { shift: ok(await (await as('host')).post('/shifts', now)).id }
    ok(await me.post('/sign-ups', given))
    ok(await me.post('/stints/check-in', given))
    ok(await me.post('/stints/check-out', given))
    await section(page, owed)
      .getByRole('heading', { name: /^Hours served/ })
      .waitFor()
    await section(page, owed).getByText('Owed by: Host of volunteers').waitFor()

    await objection.getByRole('link', { name: 'Look at it' }).click()
    await page.locator('.objections').getByText('Was excused').waitFor()
  })

  for (const locale of ['zh-CN', 'en'])
    it(`[PL-10] [PL-17] shows what is owed and the code of a registration so that axe complains about nothing, within the edge, in ${locale}`, async () => {
      const { page, context, complaints } = await openReader(stage, { locale, viewport: { width: 1440, height: 900 } })
      await page.goto('/')
      await enter(page, 'student-2', stage.collegium.password)
      const student = await as('student-2')
      ok(await student.post('/registrations', { activity: tea }))
      ok(await student.post('/erasures', { person: 'student-2', basis: 'consent-withdrawn' }))
      const door = page.getByRole('button', { name: locale === 'en' ? 'At the door' : '现场签到' }).first()
      await door.waitFor()
      expect(await lookFaults(page, 'the first page')).toEqual([])
      await door.click()
      await page.locator('.qr').waitFor()
      expect(await lookFaults(page, 'the code')).toEqual([])
      expect(complaints).toEqual([])
      await context.close()
    })
})

const proposal = {
  unit: 'north-su-tea',
  theme: '相聚',
  plan: 'Come together',
  risks: 'None to speak of',
  budget: 10_000,
  major: false,
  openTo: 'campus',
  kind: 'gathering',
  organizers: ['officer'],
}

const shift = () => ({
  unit: 'north-su-tea',
  title: { en: 'Pouring tea', zh: '倒茶' },
  category: 'community',
  place: '茶室',
  from: inHours(40),
  to: inHours(42),
  seats: 3,
})

const survey = () => ({
  unit: 'north',
  subject: { service: 'membership', kind: 'unit', id: 'north' },
  title: { en: 'How was the semester?', zh: '这个学期怎么样？' },
  questions: [
    { id: 'worth', text: { en: 'It was worth it', zh: '很值得' } },
    { id: 'heard', text: { en: 'I was heard', zh: '我的声音被听到了' } },
  ],
})
