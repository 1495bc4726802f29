import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { wholeLog } from '../../services/audit/src/testing/log.ts'
import type { Client } from '../kit/client.ts'
import { type EmbeddedCollegium, startCollegium } from '../kit/collegium.ts'
import { contentsOf } from './planted.ts'
import { eventually } from './scene.ts'

let collegium: EmbeddedCollegium
let operator: Client

const federation = readFileSync(new URL('./federation.yaml', import.meta.url), 'utf8')

/** As a stranger reads it: no session, nothing but the public address. */
const fromOutside = (log: string) => async (path: string) => {
  const answer = await fetch(`${collegium.address}/audit/${log}/${path}`)
  return answer.ok ? new Uint8Array(await answer.arrayBuffer()) : null
}
const keys = async (): Promise<{ logs: [string, string] }> => (await fetch(`${collegium.address}/audit/keys.json`)).json() as never
const events = async (name: 'checkpoint' | 'checkpoint.pending' = 'checkpoint') => wholeLog(fromOutside('events'), (await keys()).logs[0], name)

beforeAll(async () => {
  collegium = await startCollegium()
  operator = await collegium.signIn('operator')
})
afterAll(() => collegium?.stop())

describe('the log of the whole house', () => {
  it('[PL-06] a command’s receipt becomes an entry of a log that a stranger recomputes', async () => {
    expect((await operator.post('/imports', federation, { 'content-type': 'application/yaml' })).status).toBe(201)
    const { body } = await operator.post('/duties', { unit: 'north-su', title: 'Planted duty', owner: 'president', due: '2027-01-10T08:00:00.000Z' })
    expect(body.receipt).toContain('collegium-receipt/v1')
    const merged = await eventually(
      async () => (await collegium.signedOut().post('/receipts/check', { receipt: body.receipt })).body,
      (answer) => expect(answer.state).toBe('merged'),
    )
    const { entries } = await eventually(
      () => events(),
      (log) => expect(log.size).toBeGreaterThan(merged.index),
    )
    expect(entries[merged.index]).toMatchObject({ stream: `duty-${body.id}`, source: 'activities', unit: 'north-su' })
  })

  it('[PL-06] every fact that any service published has its entry, and every position of every source is there', async () => {
    const facts = (await (await operator.raw('/api/v1/events?live=false')).text())
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line).data)
    expect(facts.length).toBeGreaterThan(20)
    // The log also has what is not published: its size does not tell whether these are in it.
    const { entries } = await eventually(
      () => events(),
      (log) => {
        const logged = new Set(log.entries.map(({ source, shard, position, type }) => `${source}/${shard}/${position} ${type}`))
        expect(facts.filter((fact) => !logged.has(`${fact.service}/${fact.shard}/${fact.position} ${fact.type}`))).toEqual([])
      },
    )
    for (const [source, mine] of Map.groupBy(entries, (entry) => `${entry.source}/${entry.shard}`))
      expect(
        mine.map((entry) => Number(entry.position)),
        source,
      ).toEqual(mine.map((_, index) => index + 1))
  })

  it('goes on after a restart where it stopped, and keeps what it had signed', async () => {
    const before = await eventually(
      () => events('checkpoint.pending'),
      (log) => expect(log.size).toBeGreaterThan(0),
    )
    await collegium.restart()
    operator = await collegium.signIn('operator')
    await operator.post('/duties', { unit: 'north-su', title: 'Another duty', owner: 'president', due: '2027-01-10T08:00:00.000Z' })
    const after = await eventually(
      () => events(),
      (log) => expect(log.size).toBeGreaterThan(before.size),
    )
    expect(after.entries.slice(0, before.size)).toEqual(before.entries)
  })

  it('[PL-12] no file of it holds a name, a number or a title', () => {
    const people: { name: string }[] = parse(federation).people
    const planted = ['Planted duty', 'Another duty', ...people.map(({ name }) => name)]
    expect(people.length).toBeGreaterThan(5)
    const files = contentsOf(collegium.logFolder)
    expect(files.length).toBeGreaterThan(5)
    for (const text of planted.map((each) => Buffer.from(each).toString('latin1'))) expect(files.filter((file) => file.includes(text))).toEqual([])
  })
})
