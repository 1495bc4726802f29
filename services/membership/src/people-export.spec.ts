import { given } from '@collegium/shared/testing/given.ts'
import { expect, it } from 'vitest'
import { peopleExport } from './people-export.ts'

const ordered = { type: 'membership.people-export-ordered.v1', data: { export: 'x-1', unit: 'pps', format: 'csv' } } as const

it('[PL-14] an export is ordered once and finished once, with the number of its rows', () => {
  expect(given(peopleExport).when('orderPeopleExport', { unit: 'pps', format: 'csv' })).toMatchObject([
    { type: ordered.type, data: { unit: 'pps', format: 'csv' } },
  ])
  expect(given(peopleExport, [ordered]).when('orderPeopleExport', { unit: 'pps', format: 'csv' })).toEqual([])
  const finished = given(peopleExport, [ordered]).when('finishPeopleExport', { rows: 3 })
  expect(finished).toMatchObject([{ type: 'membership.people-export-finished.v1', data: { rows: 3 } }])
  expect(given(peopleExport, [ordered, ...finished]).when('finishPeopleExport', { rows: 4 })).toEqual([])
})

it('[PL-14] how far it is goes on record; it is taken once all was sent, and only once', () => {
  const advanced = given(peopleExport, [ordered]).when('advancePeopleExport', { left: 2 })
  expect(advanced).toMatchObject([{ type: 'membership.people-export-advanced.v1', data: { left: 2 } }])
  expect(given(peopleExport, [ordered, ...advanced]).when('advancePeopleExport', { left: 2 })).toEqual([])
  expect(() => given(peopleExport, [ordered, ...advanced]).when('takePeopleExport', {})).toThrow('Not all rows')
  const finished = given(peopleExport, [ordered, ...advanced]).when('finishPeopleExport', { rows: 3 })
  expect(given(peopleExport, [ordered, ...advanced, ...finished]).when('advancePeopleExport', { left: 1 })).toEqual([])
  const taken = given(peopleExport, [ordered, ...finished]).when('takePeopleExport', {})
  expect(taken).toMatchObject([{ type: 'membership.people-export-taken.v1' }])
  expect(given(peopleExport, [ordered, ...finished, ...taken]).when('takePeopleExport', {})).toEqual([])
  expect(given(peopleExport, [ordered, ...finished, ...taken]).when('finishPeopleExport', { rows: 4 })).toEqual([])
})
