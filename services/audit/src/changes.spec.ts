import type { Actor, Recorded } from '@collegium/shared/aggregate.ts'
import { Directory } from '@collegium/shared/directory.ts'
import { organization } from '@collegium/shared/testing/organization.ts'
import { describe, expect, it } from 'vitest'
import { heardIn, hearing } from './changes.ts'

const directory = new Directory(
  organization({ units: { fed: null, north: 'fed', tea: 'north', south: 'fed' }, posts: ['head head tea'], kinds: { head: ['activities:read'] } }),
)
const now = '2026-11-21T09:00:00.000Z'
const somebody = (person: string | null, home: string | null, operator = false): Actor => ({ person, home, operator, system: null }) as Actor
const fact = (service: string, unit: string, data: object = {}): Recorded => ({ service, shard: 0, position: 1, unit, data }) as unknown as Recorded
const hears = (who: Actor, ...facts: Recorded[]): string[] => [...heardIn(facts, hearing(directory, who, now))]

describe('Who hears of a change', () => {
  const student = somebody('li', 'north')

  it('[PL-04] everybody at the campus and above it hears of what is about nobody in particular', () => {
    expect(hears(student, fact('activities', 'tea'))).toEqual(['activities'])
    expect(hears(student, fact('membership', 'fed'))).toEqual(['membership'])
    expect(hears(student, fact('activities', 'south'))).toEqual([])
  })

  it('[PL-04] of what is about somebody only they hear, and who holds a post there', () => {
    const about = fact('activities', 'tea', { person: 'wang' })
    expect(hears(student, about)).toEqual([])
    expect(hears(somebody('wang', 'south'), about)).toEqual(['activities'])
    expect(hears(somebody('head', 'north'), about)).toEqual(['activities'])
    expect(hears(somebody('head', 'north'), fact('activities', 'north', { person: 'wang' }))).toEqual([])
    expect(hears(somebody(null, null, true), about)).toEqual(['activities'])
  })
})
