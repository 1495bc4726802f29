import { describe, expect, it } from 'vitest'
import { type LinePair, textDifference } from '../../services/console/src/pages/documents/text-difference.ts'
import { draftOf } from '../../services/console/src/pages/meetings/draft-of.ts'

const marked = (pairs: readonly LinePair[]): string[] =>
  pairs.map(({ before, after }) =>
    [before, after].map((side) => (side === null ? '∅' : side.map((piece) => (piece.in === 'both' ? piece.text : `[${piece.text}]`)).join(''))).join(' | '),
  )
const whole = (pairs: readonly LinePair[], side: 'before' | 'after'): string =>
  pairs.flatMap((pair) => (pair[side] === null ? [] : [pair[side].map(({ text }) => text).join('')])).join('\n')

describe('[DC-01] the difference of two texts', () => {
  it('leaves what is the same in one row, and sets a changed line beside what it became, word by word', () => {
    expect(marked(textDifference('通知\n周五举办读书节\n请参加', '通知\n周六举办读书节\n请参加'))).toEqual([
      '通知 | 通知',
      '[周五]举办读书节 | [周六]举办读书节',
      '请参加 | 请参加',
    ])
    expect(marked(textDifference('One day\nTwo days', 'One day\nThree days'))).toEqual(['One day | One day', '[Two] days | [Three] days'])
  })

  it('shows a line that came, and one that went, beside nothing', () => {
    expect(marked(textDifference('a\nc', 'a\nb\nc'))).toEqual(['a | a', '∅ | [b]', 'c | c'])
    expect(marked(textDifference('a\nb\nc', 'a\nc'))).toEqual(['a | a', '[b] | ∅', 'c | c'])
  })

  it('loses nothing of either text, whatever they are', () => {
    const texts = ['', 'a', 'a\n\nb', '读书节\n方案一\n方案二', '方案二\n读书\n\n节', 'x y z\nq', '\n\n']
    for (const before of texts)
      for (const after of texts) {
        const pairs = textDifference(before, after)
        expect([whole(pairs, 'before'), whole(pairs, 'after')]).toEqual([before, after])
        expect(pairs.every((pair) => pair.before !== null || pair.after !== null)).toBe(true)
      }
  })
})

const words = { agenda: '议程', resolved: '决议' }
const duty = { duty: 'm.r1.d1', title: '写方案', owner: 'head', unit: null, due: '2026-12-01T00:00:00.000Z', state: 'open' as const }

it('[DC-05] minutes begin with the agenda, and with each resolution and its duties', () => {
  const resolutions = [{ resolution: 'm.r1', text: '办读书节', duties: [duty] }]
  expect(draftOf({ agenda: ['计划', '预算'], resolutions }, (name) => words[name])).toBe('议程\n1. 计划\n2. 预算\n\n决议\n1. 办读书节\n   – 写方案')
  expect(draftOf({ agenda: ['计划'], resolutions: [] }, (name) => words[name])).toBe('议程\n1. 计划')
})
