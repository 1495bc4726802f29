import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { personTerms, pinyinOf, questionPattern, questionTerms } from './name-terms.ts'

const finds = (question: string, name: string, number = '2026013579'): boolean => {
  const terms = new Set(personTerms(name, number))
  const like = new RegExp(
    questionPattern(question)
      .slice(1, -1)
      .replace(/\\([\\%_])/g, '$1')
      .replace(/[.*+?^${}()|[\]\\]/g, '\\$&'),
  )
  const asked = questionTerms(question)
  return (
    asked.length > 0 &&
    asked.every((term) => terms.has(term)) &&
    [name.toLowerCase().replace(/\s/g, ''), pinyinOf(name), number].some((text) => like.test(text))
  )
}

describe('[PL-14] somebody is found', () => {
  it('by the name, a part of it, and one character of it', () => {
    for (const question of ['张伟', '伟', '张', '欧阳小', '阳小红']) expect(finds(question, question.includes('阳') ? '欧阳小红' : '张伟'), question).toBe(true)
    expect(finds('张红', '张小红')).toBe(false)
  })

  it('by pinyin, a part of it, with spaces or without, and by initials; surnames are read as such', () => {
    expect(pinyinOf('张伟')).toBe('zhangwei zw')
    expect(pinyinOf('曾单')).toMatch(/^zeng/)
    expect(pinyinOf('吕布')).toBe('lvbu lb')
    for (const question of ['zhangwei', 'zhang wei', 'Zhang', 'angwe', 'zw', 'z', 'zh', 'wei']) expect(finds(question, '张伟'), question).toBe(true)
    for (const question of ['zhangwen', 'zx', 'wz']) expect(finds(question, '张伟'), question).toBe(false)
  })

  it('by the number, its beginning and any part of three digits or more', () => {
    for (const question of ['2026013579', '20', '2', '3579', '013']) expect(finds(question, '张伟'), question).toBe(true)
    for (const question of ['35', '999', '20261']) expect(finds(question, '张伟'), question).toBe(false)
  })

  it('with names of other scripts, mixed ones, and signs that mean something elsewhere', () => {
    expect(finds('maria', 'María Li'.normalize('NFD').replace(/\p{M}/gu, ''))).toBe(true)
    expect(finds('阿卜杜拉·买', '阿卜杜拉·买买提')).toBe(true)
    expect(questionPattern('100%_\\')).toBe('%100\\%\\_\\\\%')
  })
})

it('[PL-14] any part of three signs or more of a name in Latin letters is found by it', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z]{3,20}$/), fc.nat(17), fc.integer({ min: 3, max: 20 }), (name, from, length) => {
      const part = name.slice(from, from + length)
      fc.pre(part.length >= 3)
      return finds(part, name)
    }),
  )
})

it('[PL-12] of whom nothing is known any more, no term is left', () => {
  expect(personTerms(null, null)).toBeNull()
})
