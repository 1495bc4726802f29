import { documentFiled } from '@collegium/documents/events'
import type { Recorded } from '@collegium/shared/aggregate.ts'
import { describe, expect, it } from 'vitest'
import { dutyAssigned, dutyFulfilled, resolutionAdopted } from './events.ts'
import { duesOfDuties, dutiesArise, factsEndDuties, minutesReturn } from './reactions.ts'

const envelope = { service: 'documents', unit: 'su', occurred: '2026-10-19T00:00:00.000Z', stream: 'document-d-1', version: 5 }
const asEvent = (definition: { type: string }, data: object, more: object = {}) =>
  ({ ...envelope, type: definition.type, data, ...more }) as unknown as Recorded<any>
const reflexOf = (reaction: typeof dutiesArise, definition: { type: string }) => reaction.on.find((reflex) => reflex.definition.type === definition.type)
const seen = async () => {}
const about = { service: 'activities', kind: 'meeting', id: 'm-1' }

describe('duties', () => {
  it('[AC-04] each duty of a resolution is assigned under its own id, at the meeting’s unit unless another is named', async () => {
    const due = '2026-10-20T12:00:00.000Z'
    const duties = [
      { duty: 'm-1.r1.d1', title: '方案', owner: 'p-1', unit: null, due, fulfilledBy: null },
      { duty: 'm-1.r1.d2', title: '预算', owner: 'p-2', unit: 'study', due, fulfilledBy: { event: 'documents.document-filed.v1', about: 'x' } },
    ]
    const commands = await reflexOf(dutiesArise, resolutionAdopted)?.handle(asEvent(resolutionAdopted, { meeting: 'm-1', duties }), {})
    expect(commands).toMatchObject([
      { id: 'm-1.r1.d1', input: { unit: 'su', source: { kind: 'meeting', id: 'm-1' } } },
      { id: 'm-1.r1.d2', input: { unit: 'study', fulfilledBy: { about: 'x' } } },
    ])
    expect(commands?.[0]?.input).not.toHaveProperty('fulfilledBy')
  })

  it('[PL-03] a filed document ends the duties that wait for what it is about', async () => {
    const asked: unknown[] = []
    const ask = {
      seen,
      waitingFor: async (...given: unknown[]) => {
        asked.push(given)
        return ['duty-1']
      },
    }
    const filed = asEvent(documentFiled, { document: 'd-1', kind: 'summary', about: { service: 'activities', kind: 'activity', id: 'festival' } })
    const commands = await reflexOf(factsEndDuties, documentFiled)?.handle(filed, ask)
    const fact = { type: documentFiled.type, at: envelope.occurred, service: 'documents', stream: 'document-d-1', version: 5 }
    expect(asked).toEqual([[fact, ['festival', 'summary:festival']]])
    expect(commands).toMatchObject([
      { id: 'duty-1', input: { type: 'documents.document-filed.v1', at: envelope.occurred, stream: 'document-d-1', version: 5 } },
    ])
  })

  it('[DC-07] a plan about nothing in particular answers for its issuer', async () => {
    const ask = { seen, waitingFor: async (_fact: unknown, abouts: string[]) => abouts }
    const commands = await reflexOf(factsEndDuties, documentFiled)?.handle(asEvent(documentFiled, { kind: 'plan', issuer: 'study', about: null }), ask)
    expect(commands).toMatchObject([{ id: 'plan:study' }])
  })

  it('[PL-03] a duty that is heard of after the fact ends too', async () => {
    const fact = { type: 'documents.document-filed.v1', at: '2026-10-19T00:00:00.000Z', service: 'documents', stream: 'document-d-1', version: 5 }
    const assigned = asEvent(dutyAssigned, { duty: 'duty-1', fulfilledBy: { event: fact.type, about: 'x' }, since: '2026-10-01T00:00:00.000Z' })
    expect(await reflexOf(factsEndDuties, dutyAssigned)?.handle(assigned, { seen, happened: async () => fact })).toMatchObject([
      { id: 'duty-1', occurred: fact.at, input: fact },
    ])
    expect(await reflexOf(factsEndDuties, dutyAssigned)?.handle(assigned, { seen, happened: async () => null })).toEqual([])
  })

  it('[PL-03] have a reminder and an escalation, withdrawn when they are fulfilled', () => {
    const of = (definition: { type: string }, data: object) =>
      duesOfDuties.on.find((each) => each.definition.type === definition.type)?.handle(asEvent(definition, data, { stream: 'duty-x' }))
    expect(of(dutyAssigned, { remindAt: '2026-10-17T12:00:00.000Z', due: '2026-10-20T12:00:00.000Z' })).toMatchObject([
      { kind: 'set', key: 'reminder-x', at: '2026-10-17T12:00:00.000Z' },
      { kind: 'set', key: 'escalation-x', at: '2026-10-20T12:00:00.000Z' },
    ])
    expect(of(dutyFulfilled, {})).toEqual([
      { kind: 'withdraw', key: 'reminder-x' },
      { kind: 'withdraw', key: 'escalation-x' },
    ])
  })
})

describe('minutes', () => {
  it('[DC-05] come back to their meeting, and to no other', async () => {
    const back = async (data: object) => reflexOf(minutesReturn, documentFiled)?.handle(asEvent(documentFiled, data), {})
    const minutes = { document: 'minutes.m-1', kind: 'minutes', about, number: 4, label: '学生会纪〔2026〕4号' }
    expect(await back(minutes)).toMatchObject([{ id: 'm-1', input: { document: 'minutes.m-1', number: 4, label: '学生会纪〔2026〕4号' } }])
    expect(await back({ ...minutes, kind: 'report' })).toEqual([])
    expect(await back({ ...minutes, about: null })).toEqual([])
  })
})
