import { anOfficer, given } from '@collegium/shared/testing/given.ts'
import { describe, expect, it } from 'vitest'
import type { RollEvent } from './events.ts'
import { answerOnce, roll } from './roll.ts'

const rollOf = { ...roll, commands: { answerOnce } }
const survey = { id: 's', unit: 'study', status: 'open', eligible: 'attended', closesAt: '2026-10-08T12:00:00.000Z' }
const as = (person: string | null, facts: object = {}) => ({ actor: { ...anOfficer, person }, facts: { survey, eligible: true, ...facts } })
const input = { survey: 's', home: 'campus' }
const answered: RollEvent[] = [{ type: 'feedback.survey-answered.v1', data: { survey: 's', person: 'li' } }]
const code = (code: string) => expect.objectContaining({ code })

describe('the roll of a survey', () => {
  it('[FB-03] ticks off who is eligible, and says nothing of what was answered', () => {
    expect(given(rollOf).when('answerOnce', input, as('li'))).toEqual(answered)
  })

  it('[FB-03] lets each answer once', () => {
    expect(() => given(rollOf, answered).when('answerOnce', input, as('li'))).toThrow(code('already-answered'))
  })

  it('[FB-03] takes a person, eligible, while the survey is open', () => {
    expect(() => given(rollOf).when('answerOnce', input, as(null))).toThrow(code('person-needed'))
    expect(() => given(rollOf).when('answerOnce', input, as('li', { eligible: false }))).toThrow(code('not-eligible'))
    expect(() => given(rollOf).when('answerOnce', input, as('li', { survey: { ...survey, status: 'closed' } }))).toThrow(code('survey-closed'))
    expect(() => given(rollOf).when('answerOnce', input, { ...as('li'), now: survey.closesAt })).toThrow(code('survey-closed'))
  })

  it('[FB-03] asks activities who attended, and the directory who belongs', async () => {
    const asked: unknown[] = []
    const ask = {
      survey: async (id: string) => ({
        ...survey,
        eligible: id === 'all' ? 'everyone' : 'attended',
        subject: { service: 'activities', kind: 'activity', id: 'act' },
      }),
      attended: async (...given: unknown[]) => asked.push(given) > 0,
      mayAnswer: (_actor: unknown, unit: string) => unit === 'elsewhere',
    }
    const facts = (id: string) =>
      answerOnce.facts?.(ask as never, {
        id: 'x',
        state: { status: 'open' },
        input: { survey: id, home: null },
        actor: { ...anOfficer, person: 'li' },
        now: '2026-10-01T12:00:00.000Z',
      })
    expect(await facts('s')).toMatchObject({ eligible: true })
    expect(asked).toEqual([['act', 'li']])
    expect(await facts('all')).toMatchObject({ eligible: false })
  })
})
