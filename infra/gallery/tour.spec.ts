import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { visitors } from './stops.ts'
import { pictureOf, tourPage } from './tour.ts'

const docs = join(import.meta.dirname, '../../docs')
const names = visitors.flatMap((visitor) => visitor.stops.map((_, place) => pictureOf(visitor, place)))

describe('The tour', () => {
  it('has ten pictures for each kind of user, each of them there, none besides', () => {
    expect(visitors.map(({ stops }) => stops.length)).toEqual(visitors.map(() => 10))
    expect(readdirSync(join(docs, 'tour')).sort()).toEqual([...names].sort())
  })

  it('is small: no picture of more than 60 KB, all of them in 4 MB', () => {
    const sizes = names.filter((name) => existsSync(join(docs, 'tour', name))).map((name) => statSync(join(docs, 'tour', name)).size)
    expect(Math.max(...sizes)).toBeLessThan(60 * 1_024)
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(4 * 1_024 * 1_024)
  })

  it('has the page that its stops make', () => {
    expect(readFileSync(join(docs, 'tour.md'), 'utf8')).toBe(tourPage())
  })
})
