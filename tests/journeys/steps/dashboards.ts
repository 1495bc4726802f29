import { expect } from 'vitest'
import { watchLive } from '../feed.ts'
import { dayOf, daysAgo, eventually, inHours, ok, refused, type Scene, today } from '../scene.ts'
import { attendees } from './activity.ts'

/** Federation, campus, department, officer. */
const places = ['/dashboards/fed', '/dashboards/north', '/dashboards/north-su-tea', '/dashboards/officers/officer'] as const

/** All of it shows on the dashboards, live, and as of any past day. */
export const lookAtDashboards = async (scene: Scene): Promise<void> => {
  const auditor = await scene.as('auditor')
  const figures = async (place: string, query = '') => ok(await auditor.get(`${place}${query}`)).figures
  for (const place of ['/dashboards/fed', '/dashboards/north', '/dashboards/north-su-tea'])
    await eventually(
      () => figures(place),
      (seen) =>
        expect(seen, place).toMatchObject({
          activities: { proposed: 1, approved: 1, held: 1, cancelled: 0 },
          attendance: { registered: 7, checkedIn: attendees.length, share: attendees.length / 7 },
          money: { budget: 5_000, spent: 1_200 },
          satisfaction: { answers: attendees.length },
          volunteering: { minutes: 60 + 45 + 420, noShows: 0 },
        }),
    )
  await eventually(
    () => figures('/dashboards/north'),
    (seen) => expect(seen).toMatchObject({ meetings: { held: 1, present: 3, absent: 1 }, documents: { filed: 14 }, assessment: { scored: 3 } }),
  )
  expect(await figures('/dashboards/south'), 'a sibling campus has none of it').toMatchObject({
    activities: { proposed: 0 },
    attendance: { registered: 0 },
    documents: { filed: 0 },
    posts: { held: 2 },
  })
  refused(await (await scene.as('student-1')).get('/dashboards/north'), 403, 'forbidden')
  refused(await (await scene.as('head')).get('/dashboards/south'), 403, 'forbidden')
  refused(await (await scene.as('student-1')).get('/dashboards/officers/officer'), 403, 'forbidden')
  const officer = await scene.as('officer')
  await eventually(
    () => officer.get('/dashboards/officers/officer'),
    (answer) => expect(ok(answer).figures).toMatchObject({ duties: { fulfilled: 2, onTimeShare: 0.5 } }),
  )

  await live(scene)
  await asOfPastDays(scene)
}

const live = async (scene: Scene): Promise<void> => {
  const [auditor, head] = [await scene.as('auditor'), await scene.as('head')]
  const streams = await Promise.all(places.map((place) => watchLive(auditor, `${place}/live`)))
  try {
    const open = () => streams.map((stream) => stream.latest()?.figures.duties.open as number | undefined)
    const before = await eventually(
      async () => open(),
      (seen) => {
        for (const each of seen) expect(each).toBeTypeOf('number')
      },
    )
    ok(await head.post('/duties', { unit: 'north-su-tea', title: 'Return the cups', owner: 'officer', due: inHours(24 * 9) }))
    await eventually(
      async () => open(),
      (seen) => expect(seen, 'each picture changes without being asked').toEqual(before.map((each) => (each ?? 0) + 1)),
      10,
    )
  } finally {
    await Promise.all(streams.map((stream) => stream.close()))
  }
}

const asOfPastDays = async (scene: Scene): Promise<void> => {
  const auditor = await scene.as('auditor')
  const at = async (place: string, on: string, known?: string) =>
    ok(await auditor.get(`${place}?on=${dayOf(on)}${known === undefined ? '' : `&known=${known}`}`)).figures
  expect(await at('/dashboards/north', daysAgo(10))).toMatchObject({ duties: { assigned: 0 }, activities: { proposed: 0 }, meetings: { held: 0 } })
  // The meeting was eight days ago, the proposal six, the approval four: so each is seen from its own day on.
  expect(await at('/dashboards/north', daysAgo(7))).toMatchObject({ duties: { assigned: 3 }, activities: { proposed: 0 }, meetings: { held: 1 } })
  expect(await at('/dashboards/north', daysAgo(5))).toMatchObject({ activities: { proposed: 1, approved: 0, held: 0 } })
  expect(await at('/dashboards/fed', daysAgo(3))).toMatchObject({ activities: { proposed: 1, approved: 1, held: 0 }, attendance: { registered: 0 } })
  expect(await at('/dashboards/officers/officer', daysAgo(9))).toMatchObject({ duties: { assigned: 0 } })
  expect(await at('/dashboards/officers/officer', daysAgo(7))).toMatchObject({ duties: { assigned: 1, fulfilled: 0 } })
  expect(await at('/dashboards/north', daysAgo(3), dayOf(daysAgo(1))), 'as far as it was known yesterday').toMatchObject({
    activities: { proposed: 0 },
    duties: { assigned: 0 },
  })
  expect(await at('/dashboards/north', daysAgo(3), today())).toMatchObject({ activities: { proposed: 1 } })
  refused(await auditor.get(`/dashboards/north?on=${dayOf(daysAgo(-5))}`), 400, 'day-not-yet')
}
