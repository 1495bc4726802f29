import { expect } from 'vitest'
import { publishedFacts } from '../feed.ts'
import { eventually, federation, ok, openAccounts, refused, type Scene, yaml } from '../scene.ts'

/** The file with one thing changed; the change must be there, or the step would show nothing. */
const changed = (file: string, from: string, to: string): string => {
  expect(file).toContain(from)
  return file.replace(from, to)
}

/** Each with the fault that it must be told by: code, pointer, row. */
const faults: readonly (readonly [from: string, to: string, code: string, pointer: string, row: number | null])[] = [
  ['public-notice.days: 7', 'public-notice.days: 3', 'policy-loosened', '/campuses/1/policies/public-notice.days', 2],
  ['id: guide-2, name', 'id: guide, name', 'duplicate-id', '/people/7/id', 8],
  ['union: north-law, department: moot', 'union: west-law, department: moot', 'unknown-union', '/activities/1/union', 2],
  ['on: 2026-12-05', 'on: 2027-12-05', 'outside-terms', '/activities/2/on', 3],
]

/** A federation comes from a file: checked whole, each fault told, and written only when there is none. */
export const importFederation = async (scene: Scene): Promise<void> => {
  const operator = await scene.as('operator')
  const faulty = faults.reduce((file, [from, to]) => changed(file, from, to), federation)
  const told = refused(await operator.post('/imports', faulty, yaml), 422, 'import-faulty')
  const found = told.errors.map((error: any) => [error.code, error.pointer, error.row])
  for (const [, , code, pointer, row] of faults) expect(found).toContainEqual([code, pointer, row])
  // The office of the person whose id was taken from the file is the one fault that follows from another.
  expect(found).toHaveLength(faults.length + 1)
  for (const { line, message, pointer } of told.errors) {
    expect(line, pointer).toBeGreaterThan(1)
    expect(message).toMatchObject({ en: expect.stringMatching(/\w/), zh: expect.stringMatching(/\p{Script=Han}/u) })
  }
  for (const [from, to, code] of faults) {
    const { errors } = refused(await operator.post('/imports', changed(federation, from, to), yaml), 422, 'import-faulty')
    expect(errors.map((error: any) => error.code)).toContain(code)
  }
  expect(ok(await operator.get('/units')).items).toEqual([])

  const { counts, import: id } = ok(await operator.post('/imports', federation, yaml))
  expect(counts).toMatchObject({ units: 11, terms: 1, people: 27, offices: 14 })
  const rows = Object.values<number>(counts).reduce((sum, each) => sum + each, 0)
  expect(ok(await operator.post('/imports', federation, yaml)), 'the same file again').toMatchObject({ import: id, repeated: true })

  // One fact a row, and the two of the import itself: what was refused before has left nothing.
  const facts = await eventually(
    () => publishedFacts(operator, 'service=membership'),
    (seen) => expect(seen.length).toBeGreaterThanOrEqual(rows + 2),
  )
  expect(facts).toHaveLength(rows + 2)
  await openAccounts(scene)

  const student = await scene.as('student-1')
  const { items } = ok(await student.get('/units'))
  expect(items.map((unit: any) => unit.id).sort()).toEqual(
    [
      'fed',
      'north',
      'north-law',
      'north-law-moot',
      'north-su',
      'north-su-chess',
      'north-su-robots',
      'north-su-tea',
      'south',
      'south-su',
      'south-su-sea',
    ].sort(),
  )
  expect(items.find((unit: any) => unit.id === 'north-su-tea')).toMatchObject({
    kind: 'department',
    parent: 'north-su',
    name: { zh: '茶文化部' },
    duties: ['the tea house', 'the autumn tea festival'],
    template: null,
  })
  expect(items.find((unit: any) => unit.id === 'north-law')).toMatchObject({ kind: 'union', level: 'college' })
  const daysOf = async (unit: string) => ok(await student.get(`/policies?unit=${unit}`)).items.find((each: any) => each.name === 'public-notice.days')
  for (const [unit, days] of [
    ['south-su-sea', { value: 7, unit: 'south' }],
    ['north-su-tea', { value: 5, unit: 'fed' }],
  ] as const)
    await eventually(
      () => daysOf(unit),
      (policy) => expect(policy).toMatchObject(days),
    )
}
