import { expect } from 'vitest'
import type { Client } from '../../kit/client.ts'
import { daysAgo, eventually, factsOf, inHours, madeIn, occurred, ok, refused, type Scene } from '../scene.ts'

const types = async (client: Client, duty: string): Promise<string[]> =>
  (await factsOf(client, `/duties/${duty}`)).map((fact) => fact.type.split('.')[1] as string)

/** Deadlines that were past when they were entered wait ten seconds for what is entered with them. */
const patience = 40

/** The presidium meets; what it resolves is followed up without anybody's doing, once, also when the process dies meanwhile. */
export const meetPresidium = async (scene: Scene): Promise<void> => {
  const [secretary, president, head] = [await scene.as('secretary'), await scene.as('president'), await scene.as('head')]
  const then = occurred(daysAgo(8))
  const called = await secretary.post(
    '/meetings',
    {
      unit: 'north-su',
      title: { en: 'Presidium, tenth week', zh: '第十周主席团会议' },
      kind: 'presidium',
      at: daysAgo(8),
      agenda: ['The tea festival', 'The keys of the workshop'],
      invited: ['vice', 'secretary', 'head', 'officer'],
      chair: 'president',
    },
    occurred(daysAgo(9)),
  )
  const meeting: string = ok(called).id
  scene.made.meeting = meeting
  const at = (path: string) => `/meetings/${meeting}/${path}`
  for (const person of ['president', 'vice', 'secretary']) ok(await (await scene.as(person)).post(at('sign-in'), {}, then))
  refused(await (await scene.as('student-1')).post(at('sign-in')), 403, 'not-invited')
  ok(await head.post(at('leave'), { reason: 'A visit to the dentist' }))
  ok(await president.post(at('leave-grants'), { person: 'head' }))
  ok(await president.post(at('opening'), {}, then))

  const about = madeIn(scene, 'activity')
  const duties = [
    {
      title: 'File the summary',
      owner: 'officer',
      unit: 'north-su-tea',
      due: daysAgo(1),
      fulfilledBy: { event: 'documents.document-filed.v1', about: `summary:${about}` },
    },
    { title: 'See the minutes filed', owner: 'vice', due: inHours(24 * 6), fulfilledBy: { event: 'activities.minutes-filed.v1', about: meeting } },
    { title: 'Find the keys', owner: 'secretary', due: inHours(24 * 2) },
  ]
  ok(await president.post(at('resolutions'), { text: 'The festival is written up', duties }, then))
  await scene.stage.restart('activities')

  const [summary, minutes, keys] = [1, 2, 3].map((number) => `${meeting}.r1.d${number}`) as [string, string, string]
  scene.made.summaryDuty = summary
  await eventually(
    () => types(secretary, keys).catch(() => []),
    (seen) => expect(seen, 'due in two days: a reminder').toEqual(['duty-assigned', 'duty-reminded']),
    patience,
  )
  await eventually(
    () => types(secretary, summary),
    (seen) => expect(seen, 'overdue: a reminder, and an escalation').toEqual(['duty-assigned', 'duty-reminded', 'duty-escalated']),
    patience,
  )
  const escalated = (await factsOf(secretary, `/duties/${summary}`)).at(-1)
  expect(escalated?.data, 'to who supervises the owner next').toMatchObject({ owner: 'officer', to: 'head' })
  const kinds = async (person: string) => ok(await (await scene.as(person)).get('/inbox')).items.map((notice: any) => notice.kind)
  await eventually(
    () => kinds('officer'),
    (seen) => expect(seen).toEqual(expect.arrayContaining(['duty-assigned', 'duty-due-soon', 'duty-overdue'])),
  )
  await eventually(
    () => kinds('head'),
    (seen) => expect(seen).toContain('duty-escalated-to-you'),
  )

  ok(await president.post(at('closing'), {}, then))
  ok(await secretary.put(at('minutes'), { text: 'Present: three. The festival is written up.' }, then))
  refused(await (await scene.as('vice')).post(at('minutes-approval')), 403, 'not-the-chair')
  ok(await president.post(at('minutes-approval'), {}, occurred(daysAgo(7))))
  const filed = await eventually(
    async () => ok(await secretary.get(`/meetings/${meeting}`)).state,
    (state) => expect(state).toMatchObject({ status: 'filed' }),
  )
  expect(filed).toMatchObject({ chair: 'president', presence: { president: 'present', head: 'leave-granted' } })
  const closed = (await factsOf(secretary, `/meetings/${meeting}`)).find((fact) => fact.type === 'activities.meeting-closed.v1')
  expect(closed?.data).toMatchObject({ present: ['president', 'vice', 'secretary'], excused: ['head'], absent: ['officer'] })
  const document = ok(await secretary.get(`/documents/minutes.${meeting}`)).state
  expect(document).toMatchObject({ status: 'filed', kind: 'minutes', filing: { number: 1 } })
  expect(document.filing.label).toMatch(/^北方大学学生会纪〔\d{4}〕1号$/)

  await eventually(
    () => types(secretary, minutes),
    (seen) => expect(seen, 'ended by the fact that it waited for').toEqual(['duty-assigned', 'duty-fulfilled']),
  )
  ok(await secretary.post(`/duties/${keys}/fulfilment`))
  refused(await (await scene.as('vice')).post(`/duties/${summary}/fulfilment`), 403, 'not-the-owner')

  await scene.stage.restart('activities')
  // Longer than a process needs to look for what is due.
  await new Promise((resolve) => setTimeout(resolve, 3_000))
  expect(await types(secretary, keys)).toEqual(['duty-assigned', 'duty-reminded', 'duty-fulfilled'])
  expect(await types(secretary, summary), 'never twice').toEqual(['duty-assigned', 'duty-reminded', 'duty-escalated'])
  expect(await types(secretary, minutes)).toEqual(['duty-assigned', 'duty-fulfilled'])
}
