import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dashboards } from '../../services/dashboards/src/app.ts'
import { membership } from '../../services/membership/src/app.ts'
import { volunteers } from '../../services/volunteers/src/app.ts'
import { shifts } from '../../services/volunteers/src/views/shifts.ts'
import { stateOf } from '../../shared/src/consume/view-state.ts'
import { positionsText } from '../../shared/src/evidence/projection.ts'
import { eventually } from '../../shared/src/testing/eventually.ts'
import { organization } from '../../shared/src/testing/organization.ts'
import { operator, type RunningServices, runServices } from '../../shared/src/testing/running.ts'

const auditor = { person: 'qi' }

describe('a view as of any moment', () => {
  let house: RunningServices
  /** What was opened, when, and where the fact stands. */
  const opened: { id: string; at: string; position: string }[] = []
  const asked = (query: string, as = auditor, view = 'volunteers-views/shifts') => house.send(as, view.split('-')[0] as string, 'GET', `/${view}?${query}`)
  const idsOf = (answer: { body: { rows: { id: string }[] } }): string[] => answer.body.rows.map(({ id }) => id).sort()

  beforeAll(async () => {
    house = await runServices([volunteers, dashboards], {
      organization: organization({
        units: { fed: null, north: 'fed', south: 'fed' },
        kinds: { host: ['volunteers:*'], auditor: ['trail:read', 'dashboards:read'] },
        posts: ['li host north', 'qi auditor fed', 'wu auditor south'],
        policies: { 'volunteer-hours.grace-minutes': 30, 'volunteer-hours.per-day.max-minutes': 240 },
      }),
    })
    for (let count = 0; count < 9; count++) {
      const times = { from: '2027-03-01T09:00:00.000Z', to: '2027-03-01T10:00:00.000Z' }
      const shift = { unit: 'north', title: { zh: '岗', en: `Shift ${count}` }, category: 'community', place: 'Hall', ...times, seats: 5 }
      const { body } = await house.send({ person: 'li' }, 'volunteers', 'POST', '/shifts', shift)
      opened.push({ id: body.id, position: body.position, at: house.now() })
      house.advance(60_000)
    }
    const { id } = opened[0] as { id: string }
    expect((await house.send({ person: 'li' }, 'volunteers', 'POST', `/shifts/${id}/closure`, {})).status).toBe(200)
  })
  afterAll(() => house?.stop())

  it('[PL-05] [PL-06] holds what had been recorded by an instant, or up to a fact, in all shards', async () => {
    for (const [count, { at, position }] of opened.entries()) {
      const known = opened.slice(0, count + 1).map(({ id }) => id)
      expect(idsOf(await asked(`table=shift&at=${at}`))).toEqual(known.toSorted())
      const byPosition = await asked(`table=shift&position=${position}`)
      expect(idsOf(byPosition)).toEqual(known.toSorted())
      expect(byPosition.body).toMatchObject({ view: 'shifts', version: shifts.version, facts: count + 1, more: false })
      expect(await asked(`table=shift&positions=${byPosition.body.positions}`)).toMatchObject({ body: byPosition.body })
    }
    const before = new Date(Date.parse(opened[0]?.at as string) - 60_000).toISOString()
    expect((await asked(`at=${before}`)).body).toMatchObject({ facts: 0, positions: '', tables: { shift: 0 } })
    // Closed since; open as of then.
    const then = await asked(`table=shift&at=${opened[8]?.at}`)
    const now = await asked(`table=shift&at=${house.now()}`)
    const statusIn = (answer: typeof then): string => answer.body.rows.find((row: { id: string }) => row.id === opened[0]?.id).status
    expect([statusIn(then), statusIn(now)]).toEqual(['open', 'closed'])
  })

  it('[PL-06] is the very state of the running view at the positions where that stands, and of a signed statement', async () => {
    const { hash, positions } = await eventually(
      () => stateOf(house.pool('volunteers'), shifts),
      (state) => state.positions.reduce((sum, { position }) => sum + position, 0) === 10,
    )
    expect((await asked(`positions=${positionsText(positions)}`)).body.hash).toBe(hash)
    expect((await asked(`at=${opened[3]?.at}`)).body.hash).not.toBe(hash)
    const stated = await eventually(
      async () => (await house.send(auditor, 'dashboards', 'GET', '/dashboards-state')).body.evidence,
      (evidence) => evidence?.facts === 10,
      10_000,
    )
    expect((await asked(`positions=${stated.positions}`, auditor, 'dashboards-views/metrics')).body.hash).toBe(stated.hash)
  })

  it('[PL-06] is told page by page, all of one moment', async () => {
    const [first, last] = [await asked(`table=shift&limit=5&at=${opened[6]?.at}`), await asked(`table=shift&limit=5&skip=5&at=${opened[6]?.at}`)]
    expect([first.body.more, last.body.more]).toEqual([true, false])
    expect([...idsOf(first), ...idsOf(last)].sort()).toEqual(
      opened
        .slice(0, 7)
        .map(({ id }) => id)
        .sort(),
    )
  })

  it('[PL-06] [PL-13] is for who may read the whole trail, of one moment that there is', async () => {
    expect(await asked(`at=${house.now()}`, { person: 'wu' })).toMatchObject({ status: 403, body: { code: 'forbidden', params: { unit: 'fed' } } })
    for (const query of ['', `at=${house.now()}&position=volunteers/0/1`]) expect((await asked(query)).body).toMatchObject({ status: 400, code: 'one-moment' })
    for (const each of ['position=volunteers/0/999', 'positions=volunteers/77/1', 'position=activities/0/1'])
      expect((await asked(each)).body).toMatchObject({ status: 404, code: 'unknown-position' })
    for (const each of [asked('at=2026-01-01T00:00:00Z&table=none'), asked('at=2026-01-01T00:00:00Z', auditor, 'volunteers-views/none')])
      expect((await each).body).toMatchObject({ status: 404, code: 'unknown-id' })
  })

  it('[PL-06] a record, too, is told as of a position', async () => {
    const { id, position } = opened[0] as { id: string; position: string }
    const at = (query: string) => house.send({ person: 'li' }, 'volunteers', 'GET', `/shifts/${id}${query}`)
    expect([(await at('')).body.state.status, (await at(`?position=${position}`)).body.state.status]).toEqual(['closed', 'open'])
    expect((await at(`/history?position=${position}`)).body.items).toHaveLength(1)
    expect((await at('?position=activities/0/1')).body).toMatchObject({ status: 400, code: 'moment-elsewhere' })
  })
})

describe('a view that holds names', () => {
  let house: RunningServices
  beforeAll(async () => {
    house = await runServices([membership])
    const file = readFileSync(new URL('../journeys/federation.yaml', import.meta.url), 'utf8')
    const { status } = await house.send(operator, 'membership', 'POST', '/imports', file, { 'content-type': 'application/yaml' })
    expect(status).toBe(201)
  })
  afterAll(() => house?.stop())

  it('[PL-06] [PL-12] tells an auditor who was there, and nobody’s name or number', async () => {
    const { body } = await house.send(operator, 'membership', 'GET', `/membership-views/people?table=person&limit=5000&at=${house.now()}`)
    expect(body).toMatchObject({ hash: null, more: false })
    expect(body.rows.length).toBeGreaterThan(5)
    for (const row of body.rows) expect(row).toMatchObject({ person: expect.any(String), name: null, number: null })
  })
})
