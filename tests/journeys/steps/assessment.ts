import { expect } from 'vitest'
import { daysAgo, eventually, inHours, madeIn, ok, refused, type Scene } from '../scene.ts'
import { attendees, of } from './activity.ts'

const criterion = (id: string, weight: number, scale = { from: 0, to: 1 }) => ({ id, source: id, name: { en: id, zh: id }, weight, scale })
const first = [criterion('attendance', 40), criterion('duties', 20), criterion('satisfaction', 20), criterion('thrift', 20, { from: 1, to: 0.2 })]
const second = [criterion('attendance', 70), criterion('duties', 10), criterion('satisfaction', 10), criterion('thrift', 10, { from: 1, to: 0.2 })]

/** The activity and its organizer are scored by a scheme that all can read; each score opens down to the facts. */
export const assess = async (scene: Scene): Promise<void> => {
  const activity = madeIn(scene, 'activity')
  const secretary = await scene.as('secretary')
  const ofActivities = await adopt(scene, 'activity', 'Activities of the union')
  const ofPeople = await adopt(scene, 'person', 'Officers of the union')
  const period = { from: daysAgo(30), to: inHours(24 * 30) }
  const open = async (kind: 'activity' | 'person', id: string, scheme: string) =>
    ok(await secretary.post('/assessments', { unit: 'north-su', subject: { kind, id }, scheme, ...period }, of(scene))).id as string
  refused(
    await secretary.post('/assessments', { unit: 'north-su', subject: { kind: 'person', id: 'secretary' }, scheme: ofPeople, ...period }),
    403,
    'own-case',
  )

  // A score asks the owners' lists, and those follow the facts that were waited for one by one.
  const officer = await scene.as('officer')
  await eventually(
    () => officer.get('/duties?owner=me&state=fulfilled'),
    (answer) => expect(ok(answer).items).toHaveLength(2),
  )
  const festival = await open('activity', activity, ofActivities)
  scene.made.assessment = festival
  ok(await secretary.post(`/assessments/${festival}/scores`, {}, of(scene)))
  const inputs = await inputsOf(scene, festival)
  expect(inputs.attendance.value).toBeCloseTo(attendees.length / 7, 5)
  expect(inputs.thrift.value).toBeCloseTo(1_200 / 5_000, 5)
  expect(inputs.satisfaction.value, 'the mean of 5, 4 and 3.5 as a share').toBeCloseTo((12.5 / 3 - 1) / 4, 2)
  expect(inputs.duties.value).toBeGreaterThan(0)
  expect(inputs.duties.value).toBeLessThan(1)

  const organizer = await open('person', 'officer', ofPeople)
  ok(await secretary.post(`/assessments/${organizer}/scores`, {}, of(scene)))
  const personal = await inputsOf(scene, organizer)
  expect(personal.attendance, 'absent from the presidium, and at no other').toMatchObject({ value: 0 })
  expect(personal.duties, 'one of two in time').toMatchObject({ value: 0.5 })
  expect(ok(await officer.get(`/assessments/${organizer}/inputs/duties`)), 'one reads one’s own').toMatchObject({ value: 0.5 })
  refused(await (await scene.as('student-1')).get(`/assessments/${organizer}/inputs/duties`), 403, 'forbidden')

  // A new revision of the scheme leaves what was scored by the first one as it is.
  const before = ok(await secretary.get(`/assessments/${festival}`)).state
  const revised = ok(await secretary.post(`/schemes/${ofActivities}/revisions`, { criteria: second }))
  refused(await secretary.post(`/schemes/${ofActivities}/revisions`, { criteria: second.slice(1) }), 422, 'weights-off')
  ok(await (await scene.as('guide')).post(`/schemes/${ofActivities}/adoption`, { revision: 2 }, { 'if-match': revised ? `"${revised.version}"` : '' }))
  expect(ok(await secretary.post(`/assessments/${festival}/scores`)), 'the same inputs make no new round').toMatchObject({ events: 0 })
  const anew = await open('activity', activity, ofActivities)
  ok(await secretary.post(`/assessments/${anew}/scores`, {}, of(scene)))
  const after = ok(await secretary.get(`/assessments/${anew}`)).state
  expect([before.revision, after.revision]).toEqual([1, 2])
  expect(after.score).not.toBe(before.score)
  expect(ok(await secretary.get(`/assessments/${festival}`)).state).toEqual(before)
}

const adopt = async (scene: Scene, subject: 'activity' | 'person', name: string): Promise<string> => {
  const draft = { unit: 'north-su', subject, name: { en: name, zh: name }, criteria: first }
  const { id } = ok(await (await scene.as('secretary')).post('/schemes', draft, of(scene)))
  refused(await (await scene.as('secretary')).post(`/schemes/${id}/adoption`, { revision: 1 }), 403, 'forbidden')
  ok(await (await scene.as('guide')).post(`/schemes/${id}/adoption`, { revision: 1 }, of(scene)))
  return id
}

/** A score's inputs by criterion, after each was opened down to the facts behind it. */
const inputsOf = async (scene: Scene, assessment: string): Promise<Record<string, any>> => {
  const [secretary, auditor] = [await scene.as('secretary'), await scene.as('auditor')]
  const { state } = ok(await secretary.get(`/assessments/${assessment}`))
  expect(state).toMatchObject({ status: 'scored', round: 1 })
  const points = state.inputs.reduce((sum: number, input: any) => sum + input.points, 0)
  expect(points, 'the score is the sum of its inputs').toBeCloseTo(state.score, 1)
  const opened: Record<string, any> = {}
  for (const { criterion: name } of state.inputs) {
    const input = ok(await secretary.get(`/assessments/${assessment}/inputs/${name}`))
    expect(input.evidence.length, `${name} rests on facts`).toBe(input.facts)
    expect(input.facts).toBeGreaterThan(0)
    for (const { href, service, stream, version } of input.evidence) {
      const fact = await eventually(
        () => auditor.get(href.replace('/api/v1', '')),
        (answer) => expect(answer.status, href).toBe(200),
      )
      expect(fact.body).toMatchObject({ service, stream, version })
    }
    opened[name] = input
  }
  return opened
}
