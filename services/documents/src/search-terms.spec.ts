import { describe, expect, it } from 'vitest'
import { queryTerms, searchTerms } from './search-terms.ts'

const found = (text: string, query: string): boolean => queryTerms(query).every((term) => searchTerms(text).includes(term))

describe('[DC-04] search over Chinese and Latin text', () => {
  const text = '关于举办“读书节”的通知：Reading Festival 2026，地点图书馆'

  it.each(['读书节', '书', '图书馆 通知', 'festival', 'FESTIVAL', '2026', '读书节 reading'])('finds %s', (query) => {
    expect(found(text, query)).toBe(true)
  })

  it.each(['运动会', '节读', 'read', '读书节 2025'])('does not find %s', (query) => {
    expect(found(text, query)).toBe(false)
  })

  it('takes full-width letters for what they mean', () => {
    expect(found('ＡＢＣ计划', 'abc')).toBe(true)
  })
})
