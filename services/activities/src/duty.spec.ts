import { anOfficer, given, theSystem } from '@collegium/shared/testing/given.ts'
import { describe, expect, it } from 'vitest'
import { duty } from './duty.ts'

const as = (person: string) => ({ actor: { ...anOfficer, person } })
const due = '2026-10-20T12:00:00.000Z'
const policies = { 'duty.reminder.days-before': 3, 'activity-summary.due-days': 14 }
const fulfilledBy = { event: 'documents.document-filed.v1' as const, about: 'summary:festival' }
const assigned = {
  type: 'activities.duty-assigned.v1' as const,
  data: {
    duty: 'a-1',
    title: '提交方案',
    owner: 'p-owner',
    since: '2026-10-01T12:00:00.000Z',
    due,
    remindAt: '2026-10-17T12:00:00.000Z',
    source: { kind: 'order' as const, id: 'a-1' },
    fulfilledBy: null,
  },
}
const reminded = { type: 'activities.duty-reminded.v1' as const, data: { duty: 'a-1', owner: 'p-owner' } }
const escalated = { type: 'activities.duty-escalated.v1' as const, data: { duty: 'a-1', owner: 'p-owner', to: 'p-president' } }
const fulfilled = (by: string, onTime: boolean, evidence: null | { service: string; stream: string; version: number } = null) => ({
  type: 'activities.duty-fulfilled.v1' as const,
  data: { duty: 'a-1', owner: 'p-owner', by, onTime, evidence },
})
const filing = { type: 'documents.document-filed.v1', at: '2026-10-19T00:00:00.000Z', service: 'documents', stream: 'document-d-1', version: 5 }
const nothing = { actor: theSystem, facts: { happened: null, superior: 'p-president' } }
const done = { actor: theSystem, facts: { happened: filing, superior: 'p-president' } }

describe('[AC-04] a duty', () => {
  const input = { unit: 'su', title: '提交方案', owner: 'p-owner', due }

  it('is assigned with a date, and when to remind of it by policy', () => {
    expect(given(duty).when('assignDuty', input, { policies })).toEqual([assigned])
    expect(given(duty, [assigned]).when('assignDuty', input, { policies })).toEqual([])
    expect(() => given(duty).when('assignDuty', { ...input, due: '2026-09-01T00:00:00.000Z' }, { policies })).toThrow('It would be due at')
  })

  it('[PL-10] may be named in both languages; its one title is then the Chinese one', () => {
    const name = { en: 'Hand in the plan', zh: '报送工作计划' }
    const [event] = given(duty).when('assignDuty', { ...input, title: 'Hand in the plan', name }, { policies })
    expect(event?.data).toMatchObject({ title: name.zh, name })
  })

  it('with a short date is reminded of at once', () => {
    const [soon] = given(duty).when('assignDuty', { ...input, due: '2026-10-02T12:00:00.000Z' }, { policies })
    expect(soon?.data).toMatchObject({ remindAt: '2026-10-01T12:00:00.000Z' })
  })

  it('comes from a resolution, once', () => {
    const bySource = { ...input, source: { kind: 'meeting' as const, id: 'm-1' }, fulfilledBy }
    const [event] = given(duty).when('assignByResolution', bySource, { actor: theSystem, policies })
    expect(event?.data).toMatchObject({ source: { kind: 'meeting', id: 'm-1' }, fulfilledBy })
    expect(given(duty, [assigned]).when('assignByResolution', bySource, { actor: theSystem, policies })).toEqual([])
  })

  it('[DC-07] a held activity owes its summary, by policy', () => {
    const summary = { unit: 'su', name: { en: 'Summary: Festival', zh: '总结：读书节' }, owner: 'p-owner', activity: 'festival' }
    const [event] = given(duty).when('assignSummary', summary, { actor: theSystem, policies })
    expect(event?.data).toMatchObject({
      title: '总结：读书节',
      name: summary.name,
      due: '2026-10-15T12:00:00.000Z',
      source: { kind: 'activity', id: 'festival' },
      fulfilledBy,
    })
    expect(given(duty, [assigned]).when('assignSummary', summary, { actor: theSystem, policies })).toEqual([])
  })

  it('its owner, and nobody else, reports on it', () => {
    const noted = { type: 'activities.duty-progressed.v1' as const, data: { duty: 'a-1', note: '写了一半' } }
    expect(given(duty, [assigned]).when('reportProgress', { note: '写了一半' }, as('p-owner'))).toEqual([noted])
    expect(given(duty, [assigned, noted]).when('reportProgress', { note: '写了一半' }, as('p-owner'))).toEqual([])
    expect(() => given(duty, [assigned]).when('reportProgress', { note: '？' }, as('p-other'))).toThrow('belongs to p-owner')
    expect(() => given(duty, [assigned, fulfilled('owner', true)]).when('reportProgress', { note: '？' }, as('p-owner'))).toThrow('fulfilled already')
  })

  it('is fulfilled by its owner, on time or not', () => {
    expect(given(duty, [assigned]).when('fulfilDuty', {}, as('p-owner'))).toEqual([fulfilled('owner', true)])
    expect(given(duty, [assigned]).when('fulfilDuty', {}, { ...as('p-owner'), now: '2026-10-20T12:00:00.001Z' })).toEqual([fulfilled('owner', false)])
    expect(given(duty, [assigned, fulfilled('owner', true)]).when('fulfilDuty', {}, as('p-owner'))).toEqual([])
    expect(() => given(duty, [assigned]).when('fulfilDuty', {}, as('p-other'))).toThrow('belongs to p-owner')
  })

  it('[PL-08] a supervisor confirms it, but not their own', () => {
    expect(given(duty, [assigned]).when('confirmDuty', {}, as('p-president'))).toEqual([fulfilled('supervisor', true)])
    expect(given(duty, [assigned, fulfilled('owner', true)]).when('confirmDuty', {}, as('p-president'))).toEqual([])
    expect(() => given(duty, [assigned]).when('confirmDuty', {}, as('p-owner'))).toThrow('Nobody confirms their own duty')
  })
})

describe('[PL-03] follow-up', () => {
  it('reminds once', () => {
    expect(given(duty, [assigned]).when('remindOwner', {}, nothing)).toEqual([reminded])
    expect(given(duty, [assigned, reminded]).when('remindOwner', {}, nothing)).toEqual([])
  })

  it('escalates to the superior once', () => {
    expect(given(duty, [assigned, reminded]).when('escalateDuty', {}, nothing)).toEqual([escalated])
    expect(given(duty, [assigned, reminded, escalated]).when('escalateDuty', {}, nothing)).toEqual([])
  })

  it('neither reminds of nor escalates what is done', () => {
    const past = [assigned, fulfilled('owner', true)]
    expect(given(duty, past).when('remindOwner', {}, nothing)).toEqual([])
    expect(given(duty, past).when('escalateDuty', {}, nothing)).toEqual([])
  })

  it('ends with the fact that fulfils it, which stands behind it as evidence', () => {
    const byFact = fulfilled('documents.document-filed.v1', true, { service: 'documents', stream: 'document-d-1', version: 5 })
    expect(given(duty, [assigned]).when('fulfilByFact', filing, { actor: theSystem })).toEqual([byFact])
    expect(given(duty, [assigned, byFact]).when('fulfilByFact', filing, { actor: theSystem })).toEqual([])
    expect(given(duty, [assigned, escalated]).when('fulfilByFact', { ...filing, at: '2026-10-21T00:00:00.000Z' }, { actor: theSystem })[0]?.data).toMatchObject(
      { onTime: false },
    )
  })

  it('looks for that fact once more before it reminds or escalates', () => {
    for (const step of ['remindOwner', 'escalateDuty'] as const)
      expect(given(duty, [assigned]).when(step, {}, done)[0]?.data).toMatchObject({ by: 'documents.document-filed.v1', onTime: true })
  })
})
