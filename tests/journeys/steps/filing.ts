import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import type { Client } from '../../kit/client.ts'
import { dayOf, eventually, factsOf, inHours, insist, madeIn, ok, refused, type Scene } from '../scene.ts'
import { of } from './activity.ts'

/** How many other summaries of the same issuer are filed at the same moment. */
const others = 12

const stateOf = async (client: Client, id: string) => ok(await insist(() => client.get(`/documents/${id}`))).state

/** The summary is approved and filed; numbers have no holes, whoever files beside it and whatever dies in between. */
export const fileSummary = async (scene: Scene): Promise<void> => {
  const [officer, president, head] = [await scene.as('officer'), await scene.as('president'), await scene.as('head')]
  const activity = madeIn(scene, 'activity')
  const summary = {
    unit: 'north-su-tea',
    kind: 'summary',
    title: '秋茶节总结',
    text: 'Six came; the kettle held.',
    about: { service: 'activities', kind: 'activity', id: activity },
  }
  const { id } = ok(await officer.post('/documents', summary, of(scene)))
  scene.made.document = id
  const at = (path: string) => `/documents/${id}/${path}`
  refused(await officer.post(at('submission'), { approvers: ['officer'] }), 422, 'author-approves')
  ok(await officer.post(at('submission'), { approvers: ['president'] }, of(scene)))
  refused(await (await scene.as('secretary')).post(at('approval')), 403, 'not-an-approver')
  ok(await president.post(at('return'), { ground: 'Say how many came' }, of(scene)))
  ok(await officer.put(`/documents/${id}`, { title: '秋茶节总结', text: 'Six of seven came; the kettle held.' }, of(scene)))
  ok(await officer.post(at('submission'), { approvers: ['president'] }, of(scene)))

  const beside = await Promise.all(
    Array.from({ length: others }, async (_, number) => {
      const draft = { unit: 'north-su-tea', kind: 'summary', title: `Week ${number + 1}`, text: 'All cups counted.' }
      const { id: other } = ok(await head.post('/documents', draft))
      ok(await head.post(`/documents/${other}/submission`, { approvers: ['president'] }))
      return other as string
    }),
  )
  const approve = (document: string) => {
    const headers = { ...(document === id ? of(scene, undefined, '如实 · as it was') : {}), 'idempotency-key': randomUUID() }
    return insist(() => president.post(`/documents/${document}/approval`, {}, headers))
  }
  const all = [...beside.slice(0, 5), id, ...beside.slice(5)]
  const approved = Promise.all(
    all.map(async (document, index) => {
      // One after the other within a second, so that the end of the process comes between them.
      await new Promise((resolve) => setTimeout(resolve, index * 60))
      return approve(document)
    }),
  )
  await new Promise((resolve) => setTimeout(resolve, 350))
  await scene.stage.restart('documents')
  for (const answer of await approved) ok(answer)

  const filed = await eventually(
    () => Promise.all(all.map((document) => stateOf(president, document))),
    (states) => expect(states.map((state) => state.status)).toEqual(all.map(() => 'filed')),
    40,
  )
  expect(
    filed.map((state) => state.filing.number).sort((a, b) => a - b),
    'every number once, and none left out',
  ).toEqual(all.map((_, index) => index + 1))
  const year = dayOf(inHours(0)).slice(0, 4)
  for (const { filing } of filed) expect(filing).toMatchObject({ label: `茶文化部总〔${year}〕${filing.number}号`, retention: 30 })
  const register = ok(await president.get(`/registers/north-su-tea.summary.${year}`)).state
  expect(register).toMatchObject({ last: all.length, voids: {} })
  expect(Object.keys(register.numbers).sort()).toEqual([...all].sort())
  for (const document of all) {
    const filings = (await factsOf(president, `/documents/${document}`)).filter((fact) => fact.type === 'documents.document-filed.v1')
    expect(filings, 'filed once').toHaveLength(1)
  }

  // What waited for this filing ends with it: the overdue duty, too late, and the summary that its organizer owed, in time.
  const dutyState = async (duty: string) => ok(await president.get(`/duties/${duty}`)).state
  for (const [duty, onTime] of [
    [madeIn(scene, 'summaryDuty'), false],
    [`summary.${activity}`, true],
  ] as const)
    await eventually(
      () => dutyState(duty),
      (state) => expect(state).toMatchObject({ status: 'fulfilled', onTime }),
    )
  const ended = (await factsOf(president, `/duties/${madeIn(scene, 'summaryDuty')}`)).filter((fact) => fact.type === 'activities.duty-fulfilled.v1')
  expect(ended).toMatchObject([{ data: { by: 'documents.document-filed.v1', evidence: { service: 'documents', stream: `document-${id}` } } }])
}
