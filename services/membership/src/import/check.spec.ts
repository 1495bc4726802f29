import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { check, warnings } from './check.ts'
import type { Fault } from './faults.ts'
import type { File } from './file.ts'
import { located, readJson, readYaml } from './reading.ts'
import { countsOf, stepsOf } from './steps.ts'
import { type Known, nothingKnown } from './subject.ts'

const sample = readFileSync(new URL('../../../../infra/sample/semester.yaml', import.meta.url), 'utf8')
const withPeople = `${sample}
people:
  - {id: p-1, name: 李明, number: "20260001", campus: pps, college: pps-ppa}
  - {id: p-2, name: 王芳, number: "20260002", campus: ctbu}
offices:
  - {person: p-1, post: head, unit: pps-ppa-study, from: 2026-09-01, until: 2027-01-15, citation: 学生会〔2026〕3号}
`

const faultsOf = (text: string, known: Known = nothingKnown): Fault[] => {
  const reading = readYaml(text)
  return located(reading, [...reading.findings, ...(reading.content === undefined ? [] : check(reading.content, known))])
}
/** The sample with one thing changed; the change must be there, or the test would show nothing. */
const changed = (from: string, to: string, text = withPeople): string => {
  expect(text).toContain(from)
  return text.replace(from, to)
}
const lineOf = (text: string, part: string): number => text.slice(0, text.indexOf(part)).split('\n').length

describe('a file', () => {
  it('[MB-01] [PL-09] of the sample is sound, and brings the whole tree', () => {
    const reading = readYaml(withPeople)
    expect(faultsOf(withPeople)).toEqual([])
    expect(warnings(reading.content)).toEqual([])
    expect(countsOf(stepsOf(reading.content as File, '2026-09-01T00:00:00.000Z'))).toMatchObject({ units: 72, terms: 1, people: 2, offices: 1 })
  })

  const faults: [code: string, from: string, to: string, pointer: string][] = [
    ['unknown-union', 'union: pps-ppa, department: arts', 'union: nowhere, department: arts', '/activities/5/union'],
    ['unknown-department', 'department: organization\n', 'department: magic\n', '/plan/department'],
    ['unknown-association', 'association: speech-debate', 'association: chess', '/activities/10/association'],
    ['unknown-campus', 'campus: ctbu}', 'campus: moon}', '/people/1/campus'],
    ['unknown-college', 'campus: pps, college: pps-ppa', 'campus: pps, college: pps-su', '/people/0/college'],
    ['outside-terms', 'on: 2026-09-18', 'on: 2027-09-18', '/activities/0/on'],
    ['outside-terms', '{ on: 2027-01-08, kind: summary', '{ on: 2027-02-08, kind: summary', '/plan/items/6/on'],
    ['outside-terms', 'every: weekday, from: 2026-09-07', 'every: weekday, from: 2025-09-07', '/inspections/0/from'],
    ['wrong-order', 'to: 2026-11-28', 'to: 2026-10-28', '/activities/10/to'],
    ['before-founding', 'on: 2026-10-20, attendance: 70', 'on: 2026-10-19, attendance: 70', '/activities/15/on'],
    ['wrong-form', 'on: 2026-10-16', 'on: 2026-02-30', '/activities/1/on'],
    ['duplicate-id', 'id: gufe-gsu', 'id: gufe-su', '/campuses/2/unions/1'],
    ['duplicate-id', '{id: p-2', '{id: p-1', '/people/1/id'],
    ['duplicate-number', '"20260002"', '"20260001"', '/people/1/number'],
    ['policy-loosened', '{ public-notice.days: 7 }', '{ public-notice.days: 3 }', '/campuses/2/policies/public-notice.days'],
    ['policy-loosened', '{ public-notice.days: 7 }', '{department-exchange.every-days: 21}', '/campuses/2/policies/department-exchange.every-days'],
    ['policy-undeclared', '{ public-notice.days: 7 }', '{public-notise.days: 7}', '/campuses/2/policies/public-notise.days'],
    ['policy-type', '{ public-notice.days: 7 }', '{public-notice.days: long}', '/campuses/2/policies/public-notice.days'],
    ['policy-direction', '{ public-notice.days: 7 }', '{public-notice.days: {value: 7, tighter: less}}', '/campuses/2/policies/public-notice.days'],
    ['unknown-person', 'person: p-1', 'person: p-9', '/offices/0/person'],
    ['unknown-post', 'post: head', 'post: emperor', '/offices/0/post'],
    ['unknown-unit', 'unit: pps-ppa-study', 'unit: pps-ppa-magic', '/offices/0/unit'],
    ['missing', 'name: 李明, ', '', '/people/0/name'],
    ['wrong-type', 'name: 李明', 'name: 17', '/people/0/name'],
    ['unknown-key', 'name: 李明', 'name: 李明, nick: 小李', '/people/0/nick'],
    ['unknown-word', 'kind: graduate', 'kind: evening', '/campuses/2/unions/1/kind'],
    ['missing', 'zh: 学习部 }', 'zzh: 学习部 }', '/department-template/1/name/zh'],
    ['who-holds', 'department: life, kind: lecture', 'kind: lecture', '/activities/6'],
    ['unknown-timezone', 'timezone: Asia/Shanghai', 'timezone: Asia/Shangri-La', '/terms/0/timezone'],
    ['wrong-order', 'from: 2026-09-01, to: 2027-01-15', 'from: 2027-09-01, to: 2027-01-15', '/terms/0/to'],
    ['no-template', 'department-template:', 'department-templates:', '/campuses/0/unions/0/departments'],
  ]
  it.each(faults)('[PL-09] is told of %s by line and pointer (%s → %s)', (code, from, to, pointer) => {
    const text = changed(from, to)
    const told = faultsOf(text)
    const fault = told.find((each) => each.code === code && each.pointer === pointer)
    expect(fault, JSON.stringify(told)).toBeDefined()
    const line = lineOf(withPeople, from)
    if (!from.includes('\n') && code !== 'no-template') expect([line, line - 1, line - 2, line - 3]).toContain(fault?.line)
    expect(fault?.message.zh).toMatch(/\p{Script=Han}/u)
  })

  it('[PL-09] is told of all its faults at once, by line', () => {
    const text = [
      ['on: 2026-09-18', 'on: 2027-09-18'],
      ['union: pps-ppa, department: arts', 'union: nowhere, department: arts'],
      ['{ public-notice.days: 7 }', '{ public-notice.days: 3 }'],
      ['{id: p-2', '{id: p-1'],
    ].reduce((sofar, [from, to]) => changed(from as string, to as string, sofar), withPeople)
    const told = faultsOf(text)
    expect(told.map((fault) => fault.code)).toEqual(['policy-loosened', 'outside-terms', 'unknown-union', 'duplicate-id'])
    expect(told.map((fault) => fault.line)).toEqual([
      lineOf(text, '{ public-notice.days: 3 }'),
      lineOf(text, 'on: 2027-09-18'),
      lineOf(text, 'union: nowhere'),
      lineOf(text, '{id: p-1, name: 王芳'),
    ])
    expect(told[1]).toMatchObject({ row: 1, came: '2027-09-18', allowed: ['2026-autumn 2026-09-01–2027-01-15'] })
  })

  it('[MB-01] may have other departments than the sixteen', () => {
    const own = changed(
      '{ id: gufe-su, kind: undergraduate, level: campus, departments: template }',
      '{id: gufe-su, kind: undergraduate, level: campus, departments: [{id: kites, name: {en: Kite Department, zh: 风筝部}, duties: [fly kites]}]}',
    )
    expect(faultsOf(own)).toEqual([])
    const units = stepsOf(readYaml(own).content as File, '2026-09-01T00:00:00.000Z').flatMap((step) => (step.section === 'units' ? step.commands : []))
    expect(units.find(({ key }) => key === 'gufe-su-kites')?.command.input).toMatchObject({ kind: 'department', parent: 'gufe-su', duties: ['fly kites'] })
    expect(units.filter(({ key }) => key.startsWith('gufe-su-'))).toHaveLength(1)
  })

  it('names a department after its id where nobody describes it, and warns', () => {
    const bare = changed('[secretariat, study, rights, publicity]', '[secretariat, study, riddles]')
    expect(faultsOf(bare)).toEqual([])
    expect(warnings(readYaml(bare).content).map((each) => [each.code, each.came])).toEqual([['undefined-department', 'riddles']])
  })

  it('that is no YAML, or a bomb of aliases, is one clear fault', () => {
    expect(faultsOf('a: [1, 2\nb: {')[0]).toMatchObject({ code: 'unreadable', line: 2 })
    expect(faultsOf('a: 1\na: 2')[0]).toMatchObject({ code: 'unreadable' })
    const bomb = [
      'a: &a [1,1,1,1,1,1,1,1,1,1]',
      ...'bcdefghi'.split('').map((name, i) => `${name}: &${name} [${Array(10).fill(`*${'abcdefgh'[i]}`).join(',')}]`),
    ].join('\n')
    expect(faultsOf(bomb)[0]).toMatchObject({ code: 'unreadable' })
    expect(faultsOf('just words')[0]).toMatchObject({ code: 'wrong-type' })
  })

  it('may be JSON; then pointers say where', () => {
    const content = readYaml(withPeople).content
    const reading = readJson({ ...(content as object), surplus: 1 })
    expect(located(reading, reading.findings)).toMatchObject([{ code: 'unknown-key', pointer: '/surplus', line: null }])
  })

  it('about a federation that is there may repeat it, and not change it in passing', () => {
    const known: Known = {
      ...nothingKnown,
      root: 'fed',
      units: new Map([['pps', { kind: 'campus', parent: 'fed', level: null, unionKind: null, name: { en: 'Another name', zh: '别名' }, gone: false }]]),
    }
    expect(faultsOf(withPeople, known).map((fault) => [fault.code, fault.pointer])).toEqual([['already-there', '/campuses/1']])
    expect(faultsOf(withPeople, { ...nothingKnown, root: 'other' })[0]).toMatchObject({ code: 'federation-differs', allowed: 'other' })
    const person = { name: '李明', number: '20260001', campus: 'pps', college: 'pps-ppa' }
    expect(faultsOf(withPeople, { ...nothingKnown, people: new Map([['p-1', person]]) })).toEqual([])
    expect(faultsOf(withPeople, { ...nothingKnown, people: new Map([['p-1', { ...person, name: '李华' }]]) })[0]).toMatchObject({
      code: 'already-there',
      pointer: '/people/0',
    })
    const terms = [{ id: '2026-summer', from: '2026-07-01', to: '2026-09-10' }]
    expect(faultsOf(withPeople, { ...nothingKnown, terms })[0]).toMatchObject({ code: 'terms-overlap', came: '2026-summer' })
  })
})

describe('the steps of a file', () => {
  it('take parents before children, and hold from the beginning of the local day', () => {
    const steps = stepsOf(readYaml(withPeople).content as File, '2026-08-31T16:00:00.000Z')
    const seen = new Set<unknown>([undefined])
    for (const step of steps.filter((each) => each.section === 'units')) {
      for (const { command } of step.commands) expect(seen).toContain(command.input.parent)
      for (const { key } of step.commands) seen.add(key)
    }
    const [office] = steps.find((step) => step.section === 'offices')?.commands ?? []
    expect(office?.command.input).toMatchObject({ from: '2026-08-31T16:00:00.000Z', until: '2027-01-15T16:00:00.000Z', citation: '学生会〔2026〕3号' })
  })

  it('are the same commands for the same office in another file', () => {
    const other = changed('name: 王芳', 'name: 王方')
    const officeOf = (text: string) =>
      stepsOf(readYaml(text).content as File, '2026-09-01T00:00:00.000Z').find((step) => step.section === 'offices')?.commands[0]?.key
    expect(officeOf(other)).toBe(officeOf(withPeople))
  })
})
