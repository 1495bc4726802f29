import { foldView } from '@collegium/shared/consume/fold-view.ts'
import { hashOfRows } from '@collegium/shared/consume/state-hash.ts'
import { toBase64 } from '@collegium/shared/evidence/bytes.ts'
import { noteVerifier } from '@collegium/shared/evidence/note.ts'
import { openProjection, parsePositions } from '@collegium/shared/evidence/projection.ts'
import { eventually } from '@collegium/shared/testing/eventually.ts'
import { organization } from '@collegium/shared/testing/organization.ts'
import { type RunningServices, runServices } from '@collegium/shared/testing/running.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dashboards } from './app.ts'
import { metrics } from './metrics.ts'

const made = organization({ units: { fed: null, pps: 'fed' }, posts: ['li head pps'], kinds: { head: ['dashboards:read'] } })
const li = { person: 'li', home: 'pps' }

let running: RunningServices
beforeAll(async () => {
  running = await runServices([dashboards], { organization: made })
})
afterAll(() => running?.stop())

const feed = (shift: string): Promise<void> => {
  const opened = { shift, activity: null, title: { en: 'At the door', zh: '门口引导' }, category: 'information', place: 'Hall 2', seats: 3 }
  const times = { from: '2026-11-21T09:00:00.000Z', to: '2026-11-21T10:00:00.000Z' }
  return running.feed(`shift-${shift}`, 'pps', [{ type: 'volunteers.shift-opened.v1', data: { ...opened, ...times } }])
}
/** The evidence of a picture, once it covers so many facts. */
const covering = (facts: number) =>
  eventually(
    async () => (await running.send(li, 'dashboards', 'GET', '/dashboards/pps')).body.evidence,
    (evidence) => evidence?.facts === facts,
    25_000,
  )

describe('what a dashboard rests on', () => {
  it('[PL-04] [PL-06] each answer states how far the log was read and a hash that anybody gets who folds these facts', async () => {
    for (const shift of ['a', 'b', 'c']) await feed(shift)
    const evidence = await covering(3)
    expect(evidence).toMatchObject({ view: 'metrics', version: metrics.version, made: expect.stringMatching(/Z$/) })
    expect(Object.keys(evidence)).not.toContain('note')
    const facts = (
      await Promise.all((parsePositions(evidence.positions) ?? []).map((at) => running.store(at.service).readShard(at.shard, 0, at.position)))
    ).flat()
    expect(facts).toHaveLength(3)
    expect(hashOfRows(metrics, foldView(metrics, facts))).toBe(evidence.hash)
    expect(hashOfRows(metrics, foldView(metrics, facts.slice(1)))).not.toBe(evidence.hash)
  })

  it('[PL-06] the last statement is signed, and a new one is made after a change', async () => {
    await feed('d')
    const evidence = await covering(4)
    const { body } = await running.send(li, 'dashboards', 'GET', '/dashboards-state')
    expect(body.evidence).toEqual(evidence)
    const opened = openProjection(body.note, [noteVerifier(running.evidence.receipts.vkey)])
    expect(opened).toMatchObject({ facts: 4, view: `metrics@${metrics.version}`, positions: parsePositions(evidence.positions) })
    expect(toBase64(opened.hash)).toBe(evidence.hash)
  })

  it('[PL-06] [PL-13] is told to those who may see a dashboard', async () => {
    expect(await running.send({ person: 'wu', home: 'pps' }, 'dashboards', 'GET', '/dashboards-state')).toMatchObject({
      status: 403,
      body: { code: 'forbidden' },
    })
  })
})
