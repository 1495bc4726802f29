import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { budgets } from '../../infra/bench/budgets.ts'
import { firstLoad } from '../../infra/bench/first-load.ts'
import { inHours, ok, sceneOf } from '../journeys/scene.ts'
import { enter, openReader, openStage, type Stage } from './scene.ts'

/** What first loads weigh; how long they take on a phone is measured by `npm run bench -- --only pages`. */
describe('The first load', () => {
  let stage: Stage
  let door: string
  beforeAll(async () => {
    stage = await openStage()
    const { as } = sceneOf({ ...stage.collegium, form: 'embedded', restart: async () => {} })
    const [officer, president] = [await as('officer'), await as('president')]
    const { id } = ok(await officer.post('/activities', tea))
    ok(await president.post(`/activities/${id}/approval`, {}))
    ok(await officer.post(`/activities/${id}/announcement`, {}))
    ok(await officer.post(`/activities/${id}/registration`, { until: inHours(2) }))
    ok(await officer.post('/registrations/desk', { activity: id, person: 'student-2' }))
    ok(await president.post('/duties', { unit: 'north-su-tea', title: '布置茶室', owner: 'officer', due: inHours(30) }))
    door = `/door.html?activity=${id}`
  })
  afterAll(async () => stage?.stop())

  for (const [name, account, path] of [
    ['student', 'student-1', () => '/'],
    ['desk', 'secretary', () => '/desk'],
    ['door', 'officer', () => door],
  ] as const)
    for (const locale of ['zh-CN', 'en'])
      it(`[PL-17] of ${name} weighs no more than ${budgets[name].kb} KB, compressed, with all that it asks, in ${locale}`, async () => {
        const { page, context } = await openReader(stage, { locale, viewport: { width: 360, height: 740 }, serviceWorkers: 'block' })
        await page.goto('/sign-in')
        await enter(page, account, stage.collegium.password)
        await page.waitForURL((url) => url.pathname !== '/sign-in')
        const open = new Set<string>()
        context.on('request', (request) => void (request.url().includes('/activities/open') && request.frame().page() !== page && open.add(request.url())))
        const { bytes, requests } = await firstLoad(context, path(), budgets[name].usable, false)
        console.log(`${name}, ${locale}: ${Math.round(bytes / 1_024)} KB in ${requests} answers`)
        expect(requests).toBeGreaterThan(4)
        if (name === 'student') expect([...open], 'what was sent for ahead is what the page shows').toHaveLength(1)
        expect(bytes / 1_024).toBeGreaterThan(15)
        expect(bytes / 1_024).toBeLessThan(budgets[name].kb)
        await context.close()
      })
})

const tea = {
  unit: 'north-su-tea',
  title: { en: 'Tea', zh: '茶会' },
  theme: '茶',
  plan: 'Tea',
  risks: 'Hot water',
  budget: 10_000,
  major: false,
  venue: '茶室',
  startsAt: inHours(0.5),
  endsAt: inHours(4),
  capacity: 40,
  openTo: 'campus',
  kind: 'gathering',
  organizers: ['officer'],
}
