import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Criterion, type Measured, type Source, scoreOf } from './scoring.ts'

const sources: Source[] = ['attendance', 'duties', 'satisfaction', 'thrift', 'hours']
const name = { en: 'x', zh: '某' }
const criterion = (id: string, source: Source, weight: number, from = 0, to = 1): Criterion => ({ id, name, source, weight, scale: { from, to } })
const ref = (version: number) => ({ service: 'activities', stream: 'activity-a', version })
const measured = (value: number): Measured => ({ value, evidence: [ref(1)] })

const number = fc.double({ min: -1000, max: 1000, noNaN: true })
const criteria = fc
  .uniqueArray(
    fc.record({
      source: fc.constantFrom(...sources),
      weight: fc.integer({ min: 1, max: 100 }),
      from: number,
      to: number,
      id: fc.stringMatching(/^[a-z]{1,8}$/),
    }),
    { minLength: 1, maxLength: 8, selector: (each) => each.id },
  )
  .map((all) => all.filter((each) => each.from !== each.to).map((each) => criterion(each.id, each.source, each.weight, each.from, each.to)))
  .filter((all) => all.length > 0)
const values = fc.record(Object.fromEntries(sources.map((source) => [source, fc.option(number.map(measured))])) as Record<Source, fc.Arbitrary<Measured>>)

describe('a score', () => {
  it('[AS-08] is the weighted share of each scale, and says what each input earned', () => {
    const score = scoreOf([criterion('presence', 'attendance', 60), criterion('thrift', 'thrift', 40, 1, 0.5)], {
      attendance: measured(0.9),
      thrift: measured(0.8),
    })
    expect(score).toEqual({
      score: 70,
      inputs: [
        { criterion: 'presence', source: 'attendance', value: 0.9, normalized: 0.9, weight: 60, points: 54, evidence: [ref(1)], facts: 1 },
        { criterion: 'thrift', source: 'thrift', value: 0.8, normalized: 0.4, weight: 40, points: 16, evidence: [ref(1)], facts: 1 },
      ],
      missing: [],
    })
  })

  it('[AS-08] shares the weight of a missing input out among the others, and says so', () => {
    const all = [criterion('a', 'attendance', 30), criterion('b', 'duties', 30), criterion('c', 'satisfaction', 40)]
    const score = scoreOf(all, { attendance: measured(1), duties: measured(0.5), satisfaction: null })
    expect(score?.score).toBe(75)
    expect(score?.inputs.map((input) => input.weight)).toEqual([50, 50])
    expect(score?.missing).toEqual([{ criterion: 'c', source: 'satisfaction', weight: 40, why: 'no-shown-answers' }])
  })

  it('[AS-08] is none where nothing is known', () => {
    expect(scoreOf([criterion('a', 'attendance', 100)], { attendance: null })).toBeNull()
    expect(scoreOf([criterion('a', 'attendance', 100)], {})).toBeNull()
  })

  it('[AS-08] names 500 facts at most, in one order, and tells how many there are', () => {
    const evidence = Array.from({ length: 600 }, (_, index) => ref(600 - index))
    const input = scoreOf([criterion('a', 'attendance', 100)], { attendance: { value: 1, evidence } })?.inputs[0]
    expect(input?.facts).toBe(600)
    expect(input?.evidence.map((each) => each.version)).toEqual(Array.from({ length: 500 }, (_, index) => index + 1))
  })

  it('[AS-08] does not depend on the order of the criteria', () => {
    fc.assert(
      fc.property(
        criteria.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        values,
        ([all, shuffled], given) => {
          expect(scoreOf(shuffled, given)).toEqual(scoreOf(all, given))
        },
      ),
    )
  })

  it('[AS-08] lies between 0 and 100, and so do its points together, within their rounding', () => {
    fc.assert(
      fc.property(criteria, values, (all, given) => {
        const found = scoreOf(all, given)
        if (found === null) return
        expect(found.score).toBeGreaterThanOrEqual(0)
        expect(found.score).toBeLessThanOrEqual(100)
        expect(found.inputs.reduce((sum, input) => sum + input.points, 0)).toBeCloseTo(found.score, 1)
        expect(found.inputs.length + found.missing.length).toBe(all.length)
      }),
    )
  })

  it('[AS-08] never falls when a value moves towards the good end of its scales', () => {
    const sameWay = criteria.map((all) =>
      all.map((each) => ({ ...each, scale: { from: Math.min(each.scale.from, each.scale.to), to: Math.max(each.scale.from, each.scale.to) } })),
    )
    fc.assert(
      fc.property(sameWay, values, fc.constantFrom(...sources), fc.double({ min: 0, max: 500, noNaN: true }), (all, given, source, more) => {
        const before = given[source]
        if (!before) return
        const after = scoreOf(all, { ...given, [source]: { ...before, value: before.value + more } })
        expect(after?.score ?? 0).toBeGreaterThanOrEqual(scoreOf(all, given)?.score ?? 0)
      }),
    )
  })
})
