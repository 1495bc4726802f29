import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Answer, Client } from '../kit/client.ts'
import { type DistributedCollegium, startCollegiumDistributed } from '../kit/collegium.ts'
import { type Fact, holesIn, publishedFacts, watchLive } from './feed.ts'
import { eventually, federation, inHours, insist, ok, openAccounts, type Scene, sceneOf, yaml } from './scene.ts'

/** How long what was down may take to be caught up with, on a machine that does everything else as well. */
const patience = 60

describe('what breaks below the house loses nothing', () => {
  let collegium: DistributedCollegium
  let scene: Scene
  let head: Client
  let auditor: Client
  /** Every position that was acknowledged, as service/shard/position. */
  const acknowledged = new Set<string>()
  /** Duties that were acknowledged: what the department's dashboard must count in the end. */
  let assigned = 0

  /** A duty, sent until there is an answer, each time under the same key. */
  const assign = async (title: string): Promise<Answer> => {
    const headers = { 'idempotency-key': randomUUID() }
    const duty = { unit: 'north-su-tea', title, owner: 'officer', due: inHours(24 * 20) }
    const answer = await insist(() => head.post('/duties', duty, headers))
    acknowledged.add(ok(answer).position)
    assigned += 1
    return answer
  }
  const assignMany = (count: number, what: string) => Promise.all(Array.from({ length: count }, (_, index) => assign(`${what} ${index + 1}`)))
  const counted = async (): Promise<number> => ok(await insist(() => auditor.get('/dashboards/north-su-tea'))).figures.duties.assigned
  const positionOf = ({ data: { service, shard, position } }: Fact): string => `${service}/${shard}/${position}`

  /** Each acknowledged fact reached the others, once, at its place; and the dashboards count them. */
  const nothingLost = async (): Promise<void> => {
    await eventually(counted, (figure) => expect(figure).toBe(assigned), patience)
    const facts = await eventually(
      () => publishedFacts(auditor),
      (seen) => expect([...acknowledged].filter((each) => !seen.some((fact) => positionOf(fact) === each))).toEqual([]),
      patience,
    )
    expect(holesIn(facts)).toEqual([])
    expect(new Set(facts.map((fact) => fact.id)).size).toBe(facts.length)
    expect(facts.filter((fact) => fact.type === 'activities.duty-assigned.v1')).toHaveLength(assigned)
  }

  beforeAll(async () => {
    // A killed process keeps its partitions for so long.
    process.env.COLLEGIUM_KAFKA_SESSION_MS = '6000'
    collegium = await startCollegiumDistributed({ brokers: 3 })
    scene = sceneOf({ ...collegium, form: 'distributed', restart: async () => {} })
    ok(await (await scene.as('operator')).post('/imports', federation, yaml))
    await openAccounts(scene)
    ;[head, auditor] = [await scene.as('head'), await scene.as('auditor')]
  })
  afterAll(() => collegium?.stop())

  it('a process that is killed right after it acknowledged', async () => {
    await assignMany(60, 'Before the end')
    await collegium.system.processes.activities?.kill('SIGKILL')
    const refusal = await head.post('/duties', { unit: 'north-su-tea', title: 'Now', owner: 'officer', due: inHours(24) })
    expect([refusal.status, refusal.body.code, refusal.headers.has('retry-after')]).toEqual([503, 'upstream-down', true])
    expect((await auditor.get('/dashboards/north-su-tea')).status, 'the others go on').toBe(200)
    const [later] = await Promise.all([assignMany(5, 'Sent meanwhile'), collegium.system.processes.activities?.start()])
    expect(later).toHaveLength(5)
    await nothingLost()
  })

  it('Kafka down for a minute: commands are accepted; dashboards catch up, also on what a process left that died meanwhile', async () => {
    const live = await watchLive(auditor, '/dashboards/north-su-tea/live')
    const kafka = collegium.system.engines.kafka
    await Promise.all(kafka.brokers.map((_, index) => kafka.kill(index)))
    const down = Date.now()
    const took: number[] = []
    for (let round = 1; round <= 5; round++) {
      const begun = performance.now()
      await assignMany(10, `Without Kafka, round ${round}`)
      took.push(performance.now() - begun)
      await sleep(2_000)
      // Soon after, readers ask the owners themselves for what does not come.
      if (round === 1) expect(await counted(), 'dashboards show what they knew').toBeLessThan(assigned)
    }
    expect(Math.max(...took), 'accepted as ever').toBeLessThan(5_000)
    // What was appended and could not be sent must come from the next process.
    await collegium.system.processes.activities?.kill('SIGKILL')
    await sleep(Math.max(0, 60_000 - (Date.now() - down)))
    await Promise.all(kafka.brokers.map((_, index) => kafka.start(index)))
    await collegium.system.processes.activities?.start()
    await assignMany(5, 'With Kafka again')
    await nothingLost()
    await eventually(
      async () => live.latest()?.figures.duties.assigned,
      (figure) => expect(figure, 'who watched needs not look again').toBe(assigned),
      patience,
    )
    await live.close()
  }, 240_000)

  it('a broker killed while the relay sends', async () => {
    const kafka = collegium.system.engines.kafka
    const sending = (async () => {
      for (let round = 1; round <= 12; round++) await assignMany(20, `Wave ${round}`)
    })()
    await sleep(400)
    await kafka.kill(1)
    await sending
    await assignMany(20, 'With two brokers')
    await nothingLost()
    await kafka.start(1)
    await nothingLost()
  })

  it('Postgres restarted', async () => {
    const sending = (async () => {
      for (let round = 1; round <= 10; round++) {
        await assignMany(10, `Around the restart ${round}`)
        await sleep(100)
      }
    })()
    await sleep(300)
    await collegium.system.engines.postgres.restart()
    await sending
    await nothingLost()
    for (const process of Object.values(collegium.system.processes)) expect(process.running(), `${process.name} lives on`).toBe(true)
    ok(await insist(async () => (await scene.as('student-1')).get('/units')))
  })
})
