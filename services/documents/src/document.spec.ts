import { anOfficer, given, theSystem } from '@collegium/shared/testing/given.ts'
import { Value } from 'typebox/value'
import { describe, expect, it } from 'vitest'
import { document, fileDocument } from './document.ts'
import type { DocumentEvent } from './document-state.ts'
import { documentFiled } from './events.ts'
import { assignNumber } from './register.ts'

const as = (person: string) => ({ actor: { ...anOfficer, person } })
const drafted: DocumentEvent = {
  type: 'documents.document-drafted.v1',
  data: { document: 'a-1', kind: 'summary', title: '读书节总结', text: '正文', about: null, issuer: 'study', language: 'zh-CN', author: 'p-author' },
}
const submitted: DocumentEvent = { type: 'documents.document-submitted.v1', data: { document: 'a-1', approvers: ['p-head', 'p-president'] } }
const approvedByHead: DocumentEvent = { type: 'documents.document-approved-by.v1', data: { document: 'a-1', person: 'p-head' } }
const approved: DocumentEvent = { type: 'documents.document-approved.v1', data: { document: 'a-1' } }
const filed: DocumentEvent = {
  type: 'documents.document-filed.v1',
  data: {
    document: 'a-1',
    kind: 'summary',
    title: '读书节总结',
    issuer: 'study',
    year: 2026,
    number: 1,
    label: '学习部总〔2026〕1号',
    about: null,
    retention: 10,
  },
}
const input = { unit: 'study', kind: 'summary' as const, title: '读书节总结', text: '正文' }

describe('drafting', () => {
  it('[DC-07] a department drafts its summary about an activity', () => {
    const about = { service: 'activities', kind: 'activity', id: 'festival' }
    expect(given(document).when('draftDocument', { ...input, about }, as('p-author'))).toEqual([{ ...drafted, data: { ...drafted.data, about } }])
  })

  it('minutes are not drafted here: they come from their meeting', () => {
    expect(() => given(document).when('draftDocument', { ...input, kind: 'minutes' })).toThrow('Minutes are drafted in the meeting')
  })

  it('a repeat says nothing', () => {
    expect(given(document, [drafted]).when('draftDocument', input)).toEqual([])
  })

  it('the author revises it; each revision is counted', () => {
    const changed = { title: '读书节工作总结', text: '新的正文' }
    expect(given(document, [drafted]).when('reviseDocument', changed, as('p-author'))).toEqual([
      { type: 'documents.document-revised.v1', data: { document: 'a-1', ...changed, revision: 2 } },
    ])
  })

  it('the same text again is no revision', () => {
    expect(given(document, [drafted]).when('reviseDocument', { title: '读书节总结', text: '正文' }, as('p-author'))).toEqual([])
  })

  it('nobody else revises it, and nobody while it is being approved', () => {
    const changed = { title: '读书节总结', text: '别人的正文' }
    expect(() => given(document, [drafted]).when('reviseDocument', changed, as('p-head'))).toThrow('Only the author, p-author')
    expect(() => given(document, [drafted, submitted]).when('reviseDocument', changed, as('p-author'))).toThrow('is submitted; this needs one that is draft')
  })
})

describe('approval', () => {
  it('the author names who must approve, never themselves', () => {
    expect(given(document, [drafted]).when('submitDocument', { approvers: ['p-head', 'p-president'] }, as('p-author'))).toEqual([submitted])
    expect(() => given(document, [drafted]).when('submitDocument', { approvers: ['p-author'] }, as('p-author'))).toThrow('cannot be one of the approvers')
    expect(() => given(document, [drafted]).when('submitDocument', { approvers: ['p-head'] }, as('p-other'))).toThrow('Only the author')
  })

  it('submitting the same again says nothing; an approved one is not submitted', () => {
    const again = { approvers: ['p-head', 'p-president'] }
    expect(given(document, [drafted, submitted]).when('submitDocument', again, as('p-author'))).toEqual([])
    expect(() => given(document, [drafted, submitted, approvedByHead, approved]).when('submitDocument', again, as('p-author'))).toThrow('is approved')
  })

  it('it is approved when everyone asked has approved, and not before', () => {
    const waiting = given(document, [drafted, submitted])
    expect(waiting.when('approveDocument', {}, as('p-head'))).toEqual([approvedByHead])
    const last = given(document, [drafted, submitted, approvedByHead]).when('approveDocument', {}, as('p-president'))
    expect(last.map((event) => event.type)).toEqual(['documents.document-approved-by.v1', 'documents.document-approved.v1'])
  })

  it('each approves once, and only who was asked', () => {
    expect(given(document, [drafted, submitted, approvedByHead]).when('approveDocument', {}, as('p-head'))).toEqual([])
    expect(() => given(document, [drafted, submitted]).when('approveDocument', {}, as('p-author'))).toThrow('It waits for p-head, p-president')
    expect(() => given(document, [drafted, submitted, approvedByHead]).when('approveDocument', {}, as('p-other'))).toThrow('It waits for p-president')
    expect(() => given(document, [drafted]).when('approveDocument', {}, as('p-head'))).toThrow('is draft; this needs one that is submitted')
  })

  it('an approver returns it with a ground; resubmitted, everyone approves anew', () => {
    const returned: DocumentEvent = { type: 'documents.document-returned.v1', data: { document: 'a-1', ground: '缺少数据' } }
    expect(given(document, [drafted, submitted, approvedByHead]).when('returnDocument', { ground: '缺少数据' }, as('p-president'))).toEqual([returned])
    const past = [drafted, submitted, approvedByHead, returned]
    expect(given(document, past).when('returnDocument', { ground: '缺少数据' }, as('p-president'))).toEqual([])
    expect(() => given(document, past).when('approveDocument', {}, as('p-head'))).toThrow('is returned')
    expect(() => given(document, [drafted, submitted]).when('returnDocument', { ground: '不' }, as('p-other'))).toThrow('It waits for')
    expect(given(document, [...past, submitted]).when('approveDocument', {}, as('p-head'))).toEqual([approvedByHead])
  })
})

describe('filing', () => {
  const number = { year: 2026, number: 1, label: '学习部总〔2026〕1号' }

  it('[DC-04] what is approved is filed with its number for as long as the policy of its kind says', () => {
    const past = [drafted, submitted, approved]
    expect(given(document, past).when('fileDocument', number, { actor: theSystem, policies: { 'retention.summary.years': 10 } })).toEqual([filed])
  })

  it('[DC-02] takes a year and a number exactly where the fact of it can hold them', () => {
    const [fact, assigned] = [filed.data, { unit: 'su', kind: 'summary', document: 'd-1' }]
    for (const [year, ordinal, fits] of [
      [1899, 1, false],
      [1900, 1, true],
      [9999, 1, true],
      [10_000, 1, false],
      [2026, 0, false],
    ] as const) {
      expect(Value.Check(documentFiled.schema, { ...fact, year, number: ordinal })).toBe(fits)
      expect(Value.Check(fileDocument.input, { ...number, year, number: ordinal })).toBe(fits)
      if (ordinal > 0) expect(Value.Check(assignNumber.input, { ...assigned, year })).toBe(fits)
    }
  })

  it('[DC-02] it is filed once; a draft is not filed', () => {
    expect(given(document, [drafted, approved, filed]).when('fileDocument', number, { actor: theSystem })).toEqual([])
    expect(() => given(document, [drafted]).when('fileDocument', number, { actor: theSystem })).toThrow('is draft; this needs one that is approved')
  })

  it('[DC-05] minutes that the chair approved come in approved', () => {
    const minutes = { unit: 'su', meeting: 'm-1', title: '主席团会议纪要', text: '决定', author: 'p-secretary', chair: 'p-chair' }
    const events = given(document).when('takeMinutes', minutes, { actor: theSystem })
    expect(events.map((event) => event.type)).toEqual(['documents.document-drafted.v1', 'documents.document-approved-by.v1', 'documents.document-approved.v1'])
    expect(events[0]?.data).toMatchObject({ kind: 'minutes', about: { service: 'activities', kind: 'meeting', id: 'm-1' }, issuer: 'su' })
    expect(given(document, events).when('takeMinutes', minutes, { actor: theSystem })).toEqual([])
  })
})
