import { eventually } from '@collegium/shared/testing/eventually.ts'
import { organization } from '@collegium/shared/testing/organization.ts'
import { type As, type RunningServices, runServices } from '@collegium/shared/testing/running.ts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { notifications } from './app.ts'

let running: RunningServices
const li: As = { person: 'li', home: 'pps' }
const eve: As = { person: 'eve', home: 'pps' }
beforeAll(async () => {
  running = await runServices([notifications], { organization: organization({ units: { fed: null, pps: 'fed' }, kinds: { student: ['inbox:read'] } }) })
  await running.feed('duty-d1', 'pps', [{ type: 'activities.duty-reminded.v1', data: { duty: 'd1', owner: 'li' } }])
  await running.feed('duty-d1', 'pps', [{ type: 'activities.duty-escalated.v1', data: { duty: 'd1', owner: 'li', to: 'eve' } }])
})
afterAll(() => running.stop())

const inboxOf = async (as: As, query = ''): Promise<any[]> => (await running.send(as, 'notifications', 'GET', `/inbox${query}`)).body.items

it('[PL-03] tells the owner of a reminder and an escalation, and the superior of the escalation', async () => {
  await eventually(async () => {
    expect((await inboxOf(li)).map((each) => each.kind).sort()).toEqual(['duty-due-soon', 'duty-overdue'])
    expect((await inboxOf(eve)).map((each) => each.kind)).toEqual(['duty-escalated-to-you'])
  })
})

it('marks a notice as read for its reader only: nobody reads for another', async () => {
  const [notice] = await inboxOf(li)
  const marked = await running.send(eve, 'notifications', 'POST', '/inbox/read', { notice: notice.id })
  expect(marked.status).toBe(201)
  const still = await running.send(li, 'notifications', 'GET', '/inbox', undefined, { 'collegium-position': marked.body.position })
  expect(still.body.items).toEqual(expect.arrayContaining([expect.objectContaining({ id: notice.id, read: false })]))

  const mine = await running.send(li, 'notifications', 'POST', '/inbox/read', { notice: notice.id })
  const unread = await running.send(li, 'notifications', 'GET', '/inbox?unread=true', undefined, { 'collegium-position': mine.body.position })
  expect(unread.body.items.map((each: any) => each.id)).not.toContain(notice.id)
  expect(await running.send(li, 'notifications', 'POST', '/inbox/read', { notice: notice.id })).toMatchObject({ status: 200, body: { events: 0 } })
})

it('shows nothing to somebody of whom nothing is told, and pages in order', async () => {
  expect(await inboxOf({ person: 'nobody', home: 'pps' })).toEqual([])
  const first = await running.send(li, 'notifications', 'GET', '/inbox?limit=1')
  const second = await running.send(li, 'notifications', 'GET', `/inbox?limit=1&cursor=${first.body.nextCursor}`)
  expect(second.body.items).toHaveLength(1)
  expect(second.body.items[0].id).not.toBe(first.body.items[0].id)
})
