import { describe, expect, it } from 'vitest'
import { check } from '../../services/membership/src/import/check.ts'
import { outline } from '../../services/membership/src/import/outline.ts'
import { readJson } from '../../services/membership/src/import/reading.ts'
import { nothingKnown } from '../../services/membership/src/import/subject.ts'
import { accountsOf } from './accounts.ts'
import { readSemester, sampleFile } from './file.ts'
import { makePeople } from './people.ts'
import { plansOf } from './plans.ts'

const semester = readSemester()
const made = makePeople(semester, '2026-09-01')
const distinct = (values: readonly unknown[]) => new Set(values).size

describe('the people of the sample', () => {
  it('are the same for the same seed, and others for another', () => {
    expect(makePeople(semester, '2026-09-01')).toEqual(made)
    const others = makePeople(semester, '2026-09-01', 7)
    expect(others.people.map((each) => each.name)).not.toEqual(made.people.map((each) => each.name))
    // What these very people are called, so that another machine or version that makes others is noticed.
    expect(made.people.slice(0, 3).map((each) => `${each.number} ${each.name}`)).toEqual(['20250100001 邵远', '20230100002 谭华伟', '20240100003 宋云勇'])
  })

  it('[PL-01] are 6,000 at three campuses, 300 of them in office, each with an id and a number of their own', () => {
    expect(made.people.length).toBe(6_000)
    expect(distinct(made.people.map((each) => each.id))).toBe(6_000)
    expect(distinct(made.people.map((each) => each.number))).toBe(6_000)
    expect([...new Set(made.people.map((each) => each.campus))]).toEqual(['ctbu', 'pps', 'gufe'])
    expect(distinct(made.offices.map((each) => each.person))).toBe(300)
  })

  it('[MB-01] leave no unit without somebody who answers for it, and hold office where they belong', () => {
    const units = new Map(outline(semester).map((unit) => [unit.unit, unit]))
    expect([...units.keys()].filter((unit) => !made.offices.some((office) => office.unit === unit))).toEqual([])
    const campuses = new Map(made.people.map((each) => [each.id, each.campus]))
    const elsewhere = made.offices.filter(({ person, unit }) => ![null, campuses.get(person)].includes(units.get(unit)?.campus ?? null))
    expect(elsewhere).toEqual([])
  })
})

describe('the file that the sample imports', () => {
  const file = sampleFile(semester, '2026-11-21')

  it('[PL-09] passes the check of the whole file', () => {
    const reading = readJson(file)
    expect([...reading.findings, ...check(reading.content, nothingKnown)]).toEqual([])
  })

  it('lets everybody date back while the platform is introduced, which the federation itself grants to few', () => {
    const granting = (kinds: typeof semester) =>
      (kinds['post-kinds'] ?? []).filter((kind) => kind.permissions.includes('records:backdate')).map((kind) => kind.id)
    expect(granting(file).length).toBe(semester['post-kinds']?.length)
    expect(granting(semester)).toEqual(['secretary-general', 'registrar'])
  })

  it('has somebody with an account for each activity, its approval and its review', () => {
    const held = new Set(accountsOf(file).flatMap(({ office }) => (office === null ? [] : [`${office.post} ${office.unit}`])))
    const plans = plansOf(semester)
    expect(plans.length).toBe((semester.activities?.length ?? 0) + 3)
    const needed = plans.flatMap(({ unit, union, campus }) => [`head ${unit}`, `president ${union}`, `guidance ${campus}`])
    expect([...new Set(needed)].filter((each) => !held.has(each))).toEqual([])
  })
})
