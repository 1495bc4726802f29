import { HTTP, Kafka, CloudEvent as SdkEvent } from 'cloudevents'
import { describe, expect, it } from 'vitest'
import { bytesOf, structuredEvent, toMessage } from './cloud-event.ts'

const record = {
  actor: { person: 'p1', post: { kind: 'head', unit: 'u1' }, system: null },
  causation: '019a0000-0000-7000-8000-0000000000cc',
  command: '019a0000-0000-7000-8000-0000000000cc',
  correlation: '019a0000-0000-7000-8000-0000000000cc',
  data: { activity: 'a1', title: '读书会 “evening”' },
  id: '019a0000-0000-7000-8000-000000000001',
  occurred: '2026-11-21T09:00:00.000Z',
  policies: {},
  position: 42,
  reason: null,
  recorded: '2026-11-21T09:00:01.000Z',
  service: 'activities',
  shard: 3,
  stream: 'activity-a1',
  type: 'activities.activity-proposed.v1',
  unit: 'u1',
  version: 2,
}
const bytes = JSON.stringify(record)

describe('CloudEvents', () => {
  it('[PL-07] writes binary messages that the official SDK reads, with the record as the value byte for byte', () => {
    const message = toMessage({ service: 'activities', shard: 3 }, { position: 42, bytes })
    expect(message).toMatchObject({ key: 'activity-a1', partition: 3, value: bytes })
    expect(message.headers.ce_sequence).toBe('0000000000000042')
    const read = Kafka.toEvent({ ...message, body: message.value }) as SdkEvent<unknown>
    expect(read.validate()).toBe(true)
    expect(read).toMatchObject({ id: record.id, source: '/svc/activities/3', type: record.type, subject: 'activity-a1', data: record })
    expect(read.streamversion).toBe('2')
  })

  it('[PL-07] writes structured events that the official SDK reads and finds valid', () => {
    const text = structuredEvent(bytes)
    const read = HTTP.toEvent({ headers: { 'content-type': 'application/cloudevents+json' }, body: text }) as SdkEvent<unknown>
    expect(read.validate()).toBe(true)
    expect(read).toMatchObject({ id: record.id, time: record.occurred, data: record })
    expect(text).toContain(bytes)
  })

  it('reads both modes, the SDK’s own included, and passes over tombstones', () => {
    expect(bytesOf({ value: Buffer.from(bytes), headers: { 'content-type': Buffer.from('application/json') } })).toBe(bytes)
    expect(bytesOf({ value: Buffer.from(structuredEvent(bytes)), headers: { 'content-type': 'application/cloudevents+json; charset=UTF-8' } })).toBe(bytes)
    const foreign = Kafka.structured(new SdkEvent({ type: record.type, source: '/svc/activities/3', data: record }))
    expect(bytesOf({ value: Buffer.from(foreign.value as string), headers: { ...foreign.headers } })).toBe(bytes)
    expect(bytesOf({ value: null })).toBe(null)
  })
})
