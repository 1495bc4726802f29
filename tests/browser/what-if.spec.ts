import { describe, expect, it } from 'vitest'
import { type Criterion, scoreOf } from '../../services/assessment/src/scoring.ts'
import { weightsOf, whatIf } from '../../services/console/src/pages/assessments/what-if.ts'

const criterion = (id: string, source: Criterion['source'], weight: number, from: number, to: number): Criterion => ({
  id,
  source,
  weight,
  scale: { from, to },
  name: { en: id, zh: id },
})
const values = { attendance: 0.733_333, duties: 1, satisfaction: 0.815, thrift: 0.87, hours: 12.5 }
const measured = (sources: readonly (keyof typeof values)[]) => Object.fromEntries(sources.map((each) => [each, { value: values[each], evidence: [] }]))

describe('[AS-01] [AS-08] What a draft of a scheme would have given', () => {
  it.each([
    ['everything was measured', [criterion('a', 'attendance', 40, 0.5, 1), criterion('b', 'satisfaction', 45, 0.4, 1), criterion('c', 'thrift', 15, 1.1, 0.6)]],
    ['two criteria share a source', [criterion('a', 'attendance', 50, 0, 1), criterion('b', 'attendance', 20, 0.9, 1), criterion('c', 'duties', 30, 0, 1)]],
    ['hours lie beyond the scale', [criterion('a', 'hours', 70, 0, 10), criterion('b', 'thrift', 30, 0.8, 0.9)]],
  ])('is what the service gives for the same inputs: %s', (_, criteria) => {
    for (const sources of [['attendance', 'duties', 'satisfaction', 'thrift', 'hours'], ['attendance', 'thrift'], ['hours']] as (keyof typeof values)[][]) {
      const scored = scoreOf(criteria, measured(sources))
      expect(whatIf(criteria, scored?.inputs ?? [])).toBe(scored?.score ?? null)
    }
  })

  it('counts what is written whole, and nothing else', () => {
    const half = [{ source: 'attendance', weight: 60, scale: { from: 0, to: 1 } }, { source: 'duties', weight: 40, scale: { from: 0 } }, {}]
    expect(weightsOf(half)).toBe(100)
    expect(
      whatIf(half, [
        { source: 'attendance', value: 0.5 },
        { source: 'duties', value: 1 },
      ]),
    ).toBe(50)
    expect(whatIf([], [{ source: 'attendance', value: 0.5 }])).toBeNull()
  })
})
