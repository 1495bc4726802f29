import { expect } from 'vitest'
import type { Client } from '../../kit/client.ts'
import { dayOf, daysAgo, eventually, factsOf, inHours, occurred, ok, refused, type Scene, today } from '../scene.ts'

/** Somebody comes into a post, and out of it. */
export const appointOfficers = async (scene: Scene): Promise<void> => {
  await throughTheNotice(scene)
  await fromTheMinuteOn(scene)
  await againstObjections(scene)
}

/** Proposes and recommends, both in the past; resolves with the appointment. */
const put = async (scene: Scene, proposal: object, proposed: string, recommended: string): Promise<string> => {
  const [president, guide] = [await scene.as('president'), await scene.as('guide')]
  const { id } = ok(await president.post('/appointments', proposal, occurred(proposed)))
  ok(await guide.post(`/appointments/${id}/recommendation`, {}, occurred(recommended)))
  return id
}
const stateOf = async (client: Client, id: string) => ok(await client.get(`/appointments/${id}`)).state
/** What only a head may do, at a unit. */
const tryAt = (client: Client, unit: string) => client.post('/duties', { unit, title: 'Count the cups', owner: 'student-1', due: inHours(24 * 20) })

const throughTheNotice = async (scene: Scene): Promise<void> => {
  const [president, guide, candidate] = [await scene.as('president'), await scene.as('guide'), await scene.as('candidate')]
  refused(await president.post('/appointments', { person: 'president', kind: 'head', unit: 'north-su-tea' }), 403, 'own-case')
  const ofGuide = ok(await president.post('/appointments', { person: 'guide', kind: 'head', unit: 'north-su-robots' })).id
  refused(await guide.post(`/appointments/${ofGuide}/recommendation`), 403, 'own-case')
  refused(await (await scene.as('south-guide')).post(`/appointments/${ofGuide}/recommendation`), 403, 'forbidden')
  refused(await president.post('/appointments', { person: 'student-1', kind: 'head', unit: 'south-su-sea' }), 403, 'forbidden')

  const before = refused(await tryAt(candidate, 'north-law'), 403, 'forbidden')
  for (const named of ['duties:assign', 'north-law', 'head', 'president']) expect(before.detail, 'a refusal tells what would be needed').toContain(named)
  // north-law stands under the campus, beside the union of the president: so the proposal is the guidance committee's.
  const { id } = ok(
    await (await scene.as('guide-2')).post(
      '/appointments',
      { person: 'candidate', kind: 'head', unit: 'north-law', citation: '北团〔2026〕7号' },
      occurred(daysAgo(10)),
    ),
  )
  refused(await (await scene.as('guide-2')).post(`/appointments/${id}/recommendation`), 403, 'same-hands')
  const recommended = daysAgo(9)
  ok(await guide.post(`/appointments/${id}/recommendation`, {}, occurred(recommended)))
  const taken = new Date(Date.parse(recommended) + 5 * 86_400_000).toISOString()
  await eventually(
    () => stateOf(guide, id),
    (state) => expect(state).toMatchObject({ status: 'held', from: taken, notice: { until: taken }, citation: '北团〔2026〕7号' }),
  )

  ok(await tryAt(candidate, 'north-law'))
  ok(await tryAt(candidate, 'north-law-moot'))
  for (const unit of ['north-su-tea', 'north', 'south-su-sea']) refused(await tryAt(candidate, unit), 403, 'forbidden')

  const student = await scene.as('student-1')
  const holders = async (on: string, known: string) =>
    ok(await student.get(`/directory?unit=north-law&below=false&kind=head&on=${on}&known=${known}`)).items.map((each: any) => each.person)
  await eventually(
    () => holders(today(), today()),
    (people) => expect(people).toEqual(['candidate']),
  )
  refused(await candidate.post(`/appointments/${id}/removal`, { reason: 'I would rather' }), 403, 'forbidden')
  const removed = daysAgo(2)
  ok(await guide.post(`/appointments/${id}/removal`, { reason: 'Left the university' }, occurred(removed)))
  await eventually(
    () => tryAt(candidate, 'north-law'),
    (answer) => refused(answer, 403, 'forbidden'),
  )
  await eventually(
    () => holders(today(), today()),
    (people) => expect(people).toEqual([]),
  )
  expect(await holders(dayOf(daysAgo(3)), today()), 'who held it on a day, as it is known today').toEqual(['candidate'])
  expect(await holders(dayOf(daysAgo(6)), today()), 'before it was taken').toEqual([])
  expect(await holders(dayOf(daysAgo(3)), dayOf(daysAgo(1))), 'as it was known yesterday: nobody had recorded it').toEqual([])
}

const fromTheMinuteOn = async (scene: Scene): Promise<void> => {
  const second = await scene.as('candidate-2')
  const from = new Date(Date.now() + 5_000).toISOString()
  const id = await put(scene, { person: 'candidate-2', kind: 'head', unit: 'north-su-robots', from }, daysAgo(10), daysAgo(9))
  // Read from history: on a slow machine the minute may have come by now.
  await eventually(
    async () => (await factsOf(second, `/appointments/${id}`)).find(({ type }) => type === 'membership.notice-opened.v1'),
    (notice) => expect(notice?.data).toMatchObject({ effect: from }),
  )
  const early = await tryAt(second, 'north-su-robots')
  if (new Date().toISOString() < from) refused(early, 403, 'forbidden')
  await eventually(
    () => tryAt(second, 'north-su-robots'),
    (answer) => expect(answer.status).toBe(201),
  )
  expect(new Date().toISOString() >= from, 'no sooner than it says').toBe(true)
  expect(await stateOf(second, id)).toMatchObject({ status: 'held', from })
}

const againstObjections = async (scene: Scene): Promise<void> => {
  const [student, guide, third] = [await scene.as('student-2'), await scene.as('guide'), await scene.as('candidate-3')]
  const id = await put(scene, { person: 'candidate-3', kind: 'officer', unit: 'north-su-robots' }, daysAgo(4), daysAgo(3))
  const noticed = await eventually(
    () => stateOf(student, id),
    (state) => expect(state.status).toBe('notice'),
  )
  refused(await third.post(`/appointments/${id}/objections`, { ground: 'I am not ready' }), 403, 'own-case')
  ok(await student.post(`/appointments/${id}/objections`, { ground: 'The workshop keys were lost' }))
  refused(await student.post(`/appointments/${id}/settlement`, { objection: 'objection-1', upheld: false, ground: 'I say so' }), 403, 'forbidden')
  ok(await guide.post(`/appointments/${id}/settlement`, { objection: 'objection-1', upheld: false, ground: 'They were found' }))
  expect(await stateOf(student, id), 'overruled: the notice goes on').toMatchObject({ status: 'notice', notice: { effect: noticed.notice.effect } })
  ok(await student.post(`/appointments/${id}/objections`, { ground: 'And lost again' }))
  ok(await guide.post(`/appointments/${id}/settlement`, { objection: 'objection-2', upheld: true, ground: 'So they were' }))
  expect(await stateOf(student, id)).toMatchObject({ status: 'withdrawn' })
}
