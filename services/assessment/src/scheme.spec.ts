import { given } from '@collegium/shared/testing/given.ts'
import { describe, expect, it } from 'vitest'
import type { SchemeEvent } from './events.ts'
import { scheme } from './scheme.ts'
import type { Criterion, Source } from './scoring.ts'

const name = { en: 'Activities', zh: '活动评价' }
const criterion = (id: string, source: Source, weight: number): Criterion => ({ id, name, source, weight, scale: { from: 0, to: 1 } })
const criteria = [criterion('presence', 'attendance', 50), criterion('opinion', 'satisfaction', 50)]
const other = [criterion('presence', 'attendance', 40), criterion('opinion', 'satisfaction', 60)]
const input = { unit: 'secretariat', name, subject: 'activity', criteria }
const drafted = given(scheme).when('draftScheme', input) as SchemeEvent[]
const adopted: SchemeEvent[] = [...drafted, { type: 'assessment.scheme-adopted.v1', data: { scheme: 'a-1', revision: 1 } }]
const code = (code: string) => expect.objectContaining({ code })

describe('a scheme', () => {
  it('[AS-01] is drafted with criteria, sources, weights and scales, once', () => {
    expect(drafted).toEqual([{ type: 'assessment.scheme-drafted.v1', data: { scheme: 'a-1', name, subject: 'activity', criteria, revision: 1 } }])
    expect(given(scheme, drafted).when('draftScheme', input)).toEqual([])
  })

  it.each([
    ['weights-off', [criterion('a', 'attendance', 50), criterion('b', 'duties', 49)]],
    ['same-criterion-twice', [criterion('a', 'attendance', 50), criterion('a', 'duties', 50)]],
    ['flat-scale', [{ ...criterion('a', 'attendance', 100), scale: { from: 1, to: 1 } }]],
    ['source-not-for-subject', [criterion('a', 'hours', 100)]],
  ])('[AS-01] must be able to score: %s', (refusal, wrong) => {
    expect(() => given(scheme).when('draftScheme', { ...input, criteria: wrong })).toThrow(code(refusal))
    expect(() => given(scheme, drafted).when('reviseScheme', { criteria: wrong })).toThrow(code(refusal))
  })

  it('[AS-01] of people may count hours', () => {
    expect(given(scheme).when('draftScheme', { ...input, subject: 'person', criteria: [criterion('a', 'hours', 100)] })).toHaveLength(1)
  })

  it('[AS-01] is revised in place while it is a draft', () => {
    expect(given(scheme, drafted).when('reviseScheme', { criteria: other })[0]?.data).toMatchObject({ revision: 1, criteria: other })
    expect(given(scheme, drafted).when('reviseScheme', { criteria })).toEqual([])
  })

  it('[AS-01] is frozen by its adoption: a change is a new revision beside it', () => {
    const revised = given(scheme, adopted).when('reviseScheme', { criteria: other }) as SchemeEvent[]
    expect(revised[0]?.data).toMatchObject({ revision: 2, criteria: other })
    const { state } = given(scheme, [...adopted, ...revised])
    expect(state).toMatchObject({ status: 'draft', latest: 2, adopted: [1], revisions: { 1: criteria, 2: other } })
    expect(given(scheme, adopted).when('reviseScheme', { criteria })).toEqual([])
  })

  it('[AS-01] is adopted once, at the revision that was read', () => {
    expect(given(scheme, drafted).when('adoptScheme', { revision: 1 })).toEqual(adopted.slice(1))
    expect(given(scheme, adopted).when('adoptScheme', { revision: 1 })).toEqual([])
    expect(() => given(scheme, drafted).when('adoptScheme', { revision: 2 })).toThrow(code('not-latest-revision'))
  })

  it('[AS-01] must exist to be revised or adopted', () => {
    expect(() => given(scheme).when('reviseScheme', { criteria })).toThrow(code('unknown-scheme'))
    expect(() => given(scheme).when('adoptScheme', { revision: 1 })).toThrow(code('unknown-scheme'))
  })
})
