import { expect } from 'vitest'
import { daysAgo, eventually, inHours, madeIn, occurred, ok, refused, type Scene } from '../scene.ts'

const label = (en: string, zh: string) => ({ en, zh })
export const attendees = ['student-1', 'student-2', 'student-3', 'student-4', 'student-5', 'student-8']
export const absentee = 'student-6'

/** The story's activity, from the proposal to its end. */
export const holdActivity = async (scene: Scene): Promise<void> => {
  await decide(scene)
  await register(scene)
  await checkIn(scene)
  await close(scene)
}

/** A command of the story's undertaking: dated back, tied to the others, with its reason. */
export const of = (scene: Scene, at?: string, reason?: string) => ({
  'collegium-correlation': scene.correlation,
  ...(at === undefined ? {} : occurred(at)),
  ...(reason === undefined ? {} : { 'collegium-reason': encodeURIComponent(reason) }),
})

const decide = async (scene: Scene): Promise<void> => {
  const [officer, president, guide] = [await scene.as('officer'), await scene.as('president'), await scene.as('guide')]
  const proposal = {
    unit: 'north-su-tea',
    title: label('Autumn tea festival', '秋茶节'),
    theme: 'Tea of seven provinces',
    plan: 'Tasting, a talk, a small market',
    risks: 'Hot water; rain',
    budget: 5_000,
    major: true,
    venue: 'The tea house',
    startsAt: inHours(-0.5),
    endsAt: inHours(3),
    capacity: 7,
    openTo: 'campus',
    kind: 'festival',
    organizers: ['officer'],
  }
  refused(await (await scene.as('student-1')).post('/activities', proposal), 403, 'forbidden')
  const { id } = ok(await officer.post('/activities', proposal, of(scene, daysAgo(6))))
  scene.made.activity = id
  const at = (path: string) => `/activities/${id}/${path}`
  refused(await president.post(at('approval'), {}, of(scene, daysAgo(5))), 409, 'pre-review-missing')
  refused(await (await scene.as('south-guide')).post(at('pre-review'), { passed: true }), 403, 'forbidden')
  ok(await guide.post(at('pre-review'), { passed: true }, of(scene, daysAgo(5), 'The water is looked after')))
  refused(await officer.post(at('approval')), 403, 'forbidden')
  ok(await president.post(at('approval'), {}, of(scene, daysAgo(4), '符合本学期计划 · fits the plan')))
  ok(await officer.post(at('announcement'), {}, of(scene, daysAgo(3))))
  ok(await officer.post(at('registration'), { until: inHours(2) }, of(scene, daysAgo(3))))

  // Volunteers are asked for while it is ahead.
  const shift = { unit: 'north-su-tea', activity: id, title: label('At the kettle', '看水'), category: 'community', place: 'The tea house' }
  const host = await scene.as('host')
  const opened = await host.post('/shifts', { ...shift, from: inHours(-1.5), to: inHours(1), seats: 2 }, of(scene, daysAgo(2)))
  scene.made.shift = ok(opened).id
}

const register = async (scene: Scene): Promise<void> => {
  const activity = madeIn(scene, 'activity')
  const officer = await scene.as('officer')
  const everyone = ['student-1', 'student-2', 'student-3', 'student-4', 'student-5', 'student-6', 'student-7']
  refused(await (await scene.as('south-student')).post('/registrations', { activity }), 403, 'not-eligible')
  await Promise.all(everyone.map(async (person) => ok(await (await scene.as(person)).post('/registrations', { activity }, of(scene)))))
  for (const late of ['student-8', 'student-9']) ok(await (await scene.as(late)).post('/registrations', { activity }, of(scene)))
  const roster = async () => ok(await officer.get(`/registrations/${activity}`)).state
  expect(await roster()).toMatchObject({ taken: 7, waiting: ['student-8', 'student-9'] })
  ok(await (await scene.as('student-7')).post('/registrations/cancellations', { activity }, of(scene)))
  const moved = await roster()
  expect(moved).toMatchObject({ taken: 7, waiting: ['student-9'] })
  expect(Object.keys(moved.places).sort()).toEqual([...everyone.filter((person) => person !== 'student-7'), 'student-8'].sort())
}

const checkIn = async (scene: Scene): Promise<void> => {
  const activity = madeIn(scene, 'activity')
  const officer = await scene.as('officer')
  refused(await (await scene.as('student-1')).get(`/activities/${activity}/code`), 403, 'forbidden')
  const byCode = async (person: string) => {
    const { code, payload } = ok(await officer.get(`/activities/${activity}/code`))
    return (await scene.as(person)).post('/attendances', { activity, code: person === 'student-1' ? payload : code }, of(scene))
  }
  for (const person of ['student-1', 'student-2', 'student-3', 'student-8']) ok(await byCode(person))
  refused(await byCode('student-9'), 409, 'not-registered')
  for (const person of ['student-4', 'student-5']) {
    const { position } = ok(await officer.post('/attendances/scans', { activity, person }, of(scene)))
    scene.made.lastCheckIn = position
  }
  refused(await officer.post('/attendances/scans', { activity, person: 'officer' }), 403, 'own-attendance')
  const came = await eventually(
    () => officer.get(`/activities/${activity}/attendees?state=attended`, { 'collegium-position': madeIn(scene, 'lastCheckIn') }),
    (answer) =>
      expect(
        ok(answer)
          .items.map((each: any) => each.person)
          .sort(),
      ).toEqual([...attendees].sort()),
  )
  expect(came.body.items.find((each: any) => each.person === 'student-1')).toMatchObject({ grade: 'rotating-code' })
  expect(came.body.items.find((each: any) => each.person === 'student-4')).toMatchObject({ grade: 'staff-scan' })
}

const close = async (scene: Scene): Promise<void> => {
  const activity = madeIn(scene, 'activity')
  const officer = await scene.as('officer')
  const at = (path: string) => `/activities/${activity}/${path}`
  refused(await officer.post(at('closing')), 409, 'wrong-activity-status')
  ok(await officer.post(at('holding'), {}, of(scene)))
  ok(await officer.post(at('spendings'), { amount: 1_200, receipt: 'R-1' }, of(scene)))
  refused(await officer.post(at('spendings'), { amount: 4_000, receipt: 'R-2' }), 409, 'over-budget')
  ok(await officer.post(at('closing'), {}, of(scene)))
  expect(ok(await officer.get(`/activities/${activity}`)).state).toMatchObject({ status: 'closed', attended: attendees.length, spent: 1_200 })
}
