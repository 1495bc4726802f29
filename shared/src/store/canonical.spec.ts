import fc from 'fast-check'
import { expect, it } from 'vitest'
import { canonical } from './canonical.ts'

it('[PL-06] writes the same bytes whatever order the keys came in', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const shuffled = JSON.parse(JSON.stringify(value), (_key, each) =>
        each && typeof each === 'object' && !Array.isArray(each) ? Object.fromEntries(Object.entries(each).reverse()) : each,
      )
      expect(canonical(shuffled)).toBe(canonical(JSON.parse(JSON.stringify(value))))
      expect(JSON.parse(canonical(value))).toEqual(JSON.parse(JSON.stringify(value)))
    }),
  )
})

it('follows the examples of RFC 8785: UTF-16 order of keys, numbers as ECMAScript writes them', () => {
  const value = {
    '\u20ac': 'Euro Sign',
    '\r': 'Carriage Return',
    '\ufb33': 'Hebrew',
    '1': 'One',
    '\ud83d\ude00': 'Emoji',
    '\u0080': 'Control',
    '\u00f6': 'o with diaeresis',
  }
  expect(Object.keys(JSON.parse(canonical(value)))).toHaveLength(7)
  expect(canonical(value)).toBe(
    '{"\\r":"Carriage Return","1":"One","\u0080":"Control","\u00f6":"o with diaeresis","\u20ac":"Euro Sign","\ud83d\ude00":"Emoji","\ufb33":"Hebrew"}',
  )
  expect(canonical([333333333.3333333, 1e30, 4.5, 2e-3, 1e-27, -0])).toBe('[333333333.3333333,1e+30,4.5,0.002,1e-27,0]')
})

it('refuses what JSON cannot say', () => {
  expect(() => canonical(Number.NaN)).toThrow(TypeError)
  expect(() => canonical({ a: () => 1 })).toThrow(TypeError)
})
