import { expect } from 'vitest'
import { dayOf, daysAgo, eventually, inHours, madeIn, occurred, ok, refused, type Scene } from '../scene.ts'
import { of } from './activity.ts'

/** Hours are served, confirmed by the host, and never more of them than time holds. */
export const serveShifts = async (scene: Scene): Promise<void> => {
  await atTheFestival(scene)
  await impossibleHours(scene)
}

const shiftOf = (from: string, to: string, seats = 2) => ({
  unit: 'north-su-tea',
  title: { en: 'Another kettle', zh: '另一壶' },
  category: 'community',
  place: 'The tea house',
  from,
  to,
  seats,
})

const atTheFestival = async (scene: Scene): Promise<void> => {
  const shift = madeIn(scene, 'shift')
  const [host, one, two, three] = [await scene.as('host'), await scene.as('vol-1'), await scene.as('vol-2'), await scene.as('vol-3')]
  for (const volunteer of [one, two, three]) ok(await volunteer.post('/sign-ups', { shift }, of(scene, daysAgo(1))))
  expect(ok(await host.get(`/shift-rosters/${shift}`)).state).toMatchObject({ seated: ['vol-1', 'vol-2'], waiting: ['vol-3'] })

  const overlapping = ok(await host.post('/shifts', shiftOf(inHours(-1), inHours(1)), occurred(daysAgo(2)))).id
  refused(await one.post('/sign-ups', { shift: overlapping }), 409, 'overlapping-shift')
  refused(await three.post('/stints/check-in', { shift }, of(scene, inHours(-1.4))), 409, 'not-on-roster')
  const began = inHours(-1.4)
  for (const volunteer of [one, two]) ok(await volunteer.post('/stints/check-in', { shift }, of(scene, began)))
  refused(await one.post('/stints/check-out', { shift }, occurred(inHours(-2))), 422, 'out-before-in')
  const ended = new Date(Date.parse(began) + 3_600_000).toISOString()
  for (const volunteer of [one, two]) ok(await volunteer.post('/stints/check-out', { shift }, of(scene, ended)))

  refused(await one.post(`/stints/${shift}.vol-1/confirmation`), 403, 'forbidden')
  refused(await host.post(`/stints/${shift}.vol-1/confirmation`, { minutes: 61 }), 422, 'more-than-served')
  ok(await host.post(`/stints/${shift}.vol-1/confirmation`, {}, of(scene)))
  ok(await host.post(`/stints/${shift}.vol-2/confirmation`, { minutes: 45 }, of(scene)))
  await eventually(
    () => two.get('/volunteers/vol-2/hours'),
    (answer) => expect(ok(answer)).toMatchObject({ minutes: 45 }),
  )
}

const impossibleHours = async (scene: Scene): Promise<void> => {
  const [host, guide, one] = [await scene.as('host'), await scene.as('guide'), await scene.as('vol-1')]
  // On one day of the campus, from nine to four, from five to seven, and one across.
  const day = dayOf(daysAgo(3))
  const [morning, noon, four, five, seven] = ['01', '04', '08', '09', '11'].map((hour) => `${day}T${hour}:00:00.000Z`) as [
    string,
    string,
    string,
    string,
    string,
  ]
  const openings = [shiftOf(morning, four), shiftOf(five, seven), shiftOf(noon, seven)]
  const [long, evening, across] = await Promise.all(openings.map(async (each) => ok(await host.post('/shifts', each, occurred(daysAgo(5)))).id as string))
  const hours = (shift: string | undefined, from: string, to: string, person = 'vol-1') => ({
    shift,
    person,
    from,
    to,
    reason: 'The list was on paper',
    evidence: ['a photo of it'],
  })

  refused(await host.post('/stints', hours(long, morning, four, 'host')), 403, 'own-hours')
  refused(await host.post('/stints', hours(long, four, morning)), 422, 'out-before-in')
  refused(await host.post('/stints', hours(long, morning, seven)), 422, 'hours-outside-shift')
  ok(await host.post('/stints', hours(long, morning, four)))
  refused(await host.post(`/stints/${long}.vol-1/confirmation`), 409, 'second-confirmer')
  refused(await host.post(`/stints/${long}.vol-1/countersignature`), 403, 'same-confirmer')
  const counted = ok(await guide.post(`/stints/${long}.vol-1/countersignature`))
  const seen = { 'collegium-position': counted.position }
  await eventually(
    () => one.get('/volunteers/vol-1/hours', seen),
    (answer) => expect(ok(answer)).toMatchObject({ minutes: 60 + 420 }),
  )

  refused(await host.post('/stints', hours(evening, five, seven)), 409, 'too-much-a-day')
  refused(await host.post('/stints', hours(across, noon, five)), 409, 'overlapping-hours')
  expect(ok(await one.get('/volunteers/vol-1/hours'))).toMatchObject({ minutes: 60 + 420 })
}
