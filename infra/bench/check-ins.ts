import { activities } from '../../services/activities/src/app.ts'
import { newId } from '../../shared/src/ids.ts'
import { organization } from '../../shared/src/testing/organization.ts'
import { runServices } from '../../shared/src/testing/running.ts'
import { wire } from '../overload/wire.ts'
import { type Figure, figure } from './figure.ts'

const callers = 128
/** So many are scanned at two doors at the same moment. */
const twice = 0.1

/** Everybody comes to one activity at once, through the HTTP door; some are scanned twice. Seconds until all are in, and how many counted twice. */
export const benchCheckIns = async (people: number): Promise<Figure[]> => {
  const running = await runServices([activities], {
    organization: organization({
      units: { fed: null, pps: 'fed' },
      kinds: { door: ['activities:*', 'registrations:read'] },
      posts: ['p-door door pps'],
      policies: { 'check-in.opens-before.minutes': 60 },
    }),
  })
  try {
    const id = newId()
    const at = (ms: number): string => new Date(Date.now() + ms).toISOString()
    await running.feed(`activity-${id}`, 'pps', [
      { type: 'activities.activity-proposed.v1', data: { activity: id, ...festival, startsAt: at(-600_000), endsAt: at(4 * 3_600_000) } },
      { type: 'activities.activity-approved.v1', data: { activity: id } },
      { type: 'activities.activity-announced.v1', data: { activity: id } },
    ])
    const line = wire(await running.app('activities').listen({ host: '127.0.0.1', port: 0 }), callers)
    const headers = `authorization: Bearer ${running.token({ person: 'p-door', home: 'pps' })}\r\ncontent-type: application/json\r\n`
    const queue = Array.from({ length: people }, (_, n) => `p-${n}`).flatMap((person) => (Math.random() < twice ? [person, person] : [person]))
    let next = 0
    const began = performance.now()
    await Promise.all(
      Array.from({ length: callers }, async () => {
        for (let person = queue[next++]; person !== undefined; person = queue[next++]) {
          const reply = await line.send('POST', '/attendances/scans', headers, JSON.stringify({ activity: id, person }))
          if (reply === null || reply.status >= 300) throw new Error(`A check-in was answered ${reply?.status}`)
        }
      }),
    )
    const seconds = (performance.now() - began) / 1_000
    line.close()
    const { rows } = await running
      .pool('activities')
      .query<{ stored: number; streams: number }>(
        `select count(*)::integer as stored, count(distinct stream)::integer as streams from events where stream like $1`,
        [`attendance-${id}.%`],
      )
    const { stored = 0, streams = 0 } = rows[0] ?? {}
    if (streams !== people) throw new Error(`${people} came and ${streams} are in`)
    return [
      figure(`check-ins-${people}`, seconds, 's', 'one activity', null),
      figure('check-ins-counted-twice', stored - streams, 'people', `${Math.round(twice * 100)} % scanned twice`, null),
    ]
  } finally {
    await running.stop()
  }
}

const festival = {
  title: { en: 'Reading festival', zh: '读书节' },
  theme: '阅读',
  plan: '展览',
  risks: '人群',
  budget: 100_000,
  major: false,
  venue: '图书馆',
  capacity: 100_000,
  openTo: 'campus',
  walkIns: true,
  kind: 'festival',
  organizers: ['p-door'],
  proposer: 'p-door',
}
