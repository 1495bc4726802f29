import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readSemester, sampleFile } from '../../infra/sample/file.ts'
import { startCollegium } from '../kit/collegium.ts'
import { holesIn, publishedFacts } from './feed.ts'
import { eventually, ok, refused, type Scene, sceneOf, today, yaml } from './scene.ts'

describe('the project’s own sample', () => {
  let scene: Scene
  const file = sampleFile(readSemester(), today())

  beforeAll(async () => {
    scene = sceneOf({ ...(await startCollegium()), form: 'embedded', restart: async () => {} })
  })
  afterAll(() => scene?.stage.stop())

  it('[MB-01] [PL-01] [PL-09] three campuses, 6,000 students and 300 officers come in, with the departments of the template and their duties', async () => {
    const operator = await scene.as('operator')
    const faulty = { ...file, people: file.people?.map((person, index) => (index === 4_000 ? { ...person, campus: 'the-moon' } : person)) }
    const { errors } = refused(await operator.post('/imports', faulty), 422, 'import-faulty')
    expect(errors).toContainEqual(expect.objectContaining({ code: 'unknown-campus', pointer: '/people/4000/campus', row: 4_001 }))
    expect(ok(await operator.get('/units')).items).toEqual([])

    const { counts } = ok(await operator.post('/imports', file))
    expect(counts).toMatchObject({ people: 6_000, offices: 300 })
    const { items } = ok(await operator.get('/units'))
    expect(items).toHaveLength(counts.units)
    expect(items.filter((unit: any) => unit.kind === 'campus')).toHaveLength(3)
    const template = file['department-template'] ?? []
    const departments = items.filter((unit: any) => unit.parent === 'ctbu-su' && unit.kind === 'department')
    expect(departments.map((unit: any) => unit.template).sort()).toEqual(template.map((each) => each.id).sort())
    for (const { id, duties } of template)
      expect(departments.find((unit: any) => unit.template === id)).toMatchObject({ id: `ctbu-su-${id}`, ...(duties === undefined ? {} : { duties }) })
    expect(
      items.find((unit: any) => unit.id === 'pps-ppa-life'),
      'a department of its own making',
    ).toMatchObject({ template: null, name: { zh: '生活部' } })
  })

  it('[PL-09] the same file again doubles nothing, and another federation is refused', async () => {
    const operator = await scene.as('operator')
    expect(ok(await operator.post('/imports', file))).toMatchObject({ repeated: true })
    const facts = await eventually(
      () => publishedFacts(operator, 'service=membership&type=membership.person-registered.v1,membership.post-taken.v1'),
      (seen) => expect(seen.length).toBeGreaterThanOrEqual(6_300),
      60,
    )
    expect(facts).toHaveLength(6_300)
    for (const fact of facts.slice(0, 50)) expect(JSON.stringify(fact), 'no name leaves membership').not.toMatch(/"name":"\p{Script=Han}/u)
    expect(holesIn(await publishedFacts(operator, 'service=membership'))).toEqual([])
    refused(await operator.post('/imports', 'federation: { id: another, name: { en: A, zh: 甲 } }', yaml), 422, 'import-faulty')
  })
})
