import { readFileSync } from 'node:fs'
import type { Kernel } from '@collegium/shared/service.ts'
import { service } from '@collegium/shared/service.ts'
import { type RunningServices, runServices } from '@collegium/shared/testing/running.ts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { membership } from '../app.ts'
import type { File } from './file.ts'
import { readYaml } from './reading.ts'
import { countsOf, stepsOf } from './steps.ts'
import { writeFile } from './writing.ts'

const sample = readFileSync(new URL('../../../../infra/sample/semester.yaml', import.meta.url), 'utf8')
const people = Array.from({ length: 40 }, (_, n) => `  - {id: p-${n}, name: 学生${n}, number: "2026${n}", campus: pps}`)
const file = readYaml(`${sample}\npeople:\n${people.join('\n')}\noffices:\n  - {person: p-1, post: head, unit: pps-ppa-study, from: 2026-09-01}\n`)
  .content as File
const registrar = { person: 'p-registrar', home: 'pps', operator: false, scope: null, system: null }

let running: RunningServices
let kernel: Kernel | undefined
const exposed = service({
  ...membership,
  routes: (app, given, work) => {
    kernel = given
    membership.routes?.(app, given, work)
  },
})

beforeAll(async () => {
  running = await runServices([exposed])
}, 60_000)
afterAll(() => running?.stop())

it('[PL-09] a file whose import was cut off halfway is continued by sending it again, and nothing is there twice', async () => {
  const whole = kernel as Kernel
  let left = 100
  const cut: Kernel = {
    ...whole,
    execute: (command, given) => (left-- > 0 ? whole.execute(command, given) : Promise.reject(new Error('the process ended'))),
  }
  await expect(writeFile(cut, file, 'digest-of-the-file', registrar)).rejects.toThrow('the process ended')
  const written = await writeFile(whole, file, 'digest-of-the-file', registrar)
  expect(written).toMatchObject({ repeated: false, counts: { units: 72, people: 40, offices: 1 } })

  const { rows } = await running
    .pool('membership')
    .query('select type, count(*)::int as facts, count(distinct stream)::int as streams from events group by type')
  const counts = countsOf(stepsOf(file, '2026-09-01T00:00:00.000Z'))
  const facts = Object.fromEntries(rows.map((row) => [row.type.split('.')[1], [row.facts, row.streams]]))
  expect(facts).toMatchObject({
    'unit-created': [72, 72],
    'person-registered': [40, 40],
    'post-taken': [1, 1],
    'policy-set': [counts.policies, counts.policies],
    'import-started': [1, 1],
    'import-finished': [1, 1],
  })
  expect(await writeFile(whole, file, 'digest-of-the-file', registrar)).toMatchObject({ repeated: true })
})

it('[PL-09] what was imported says who did it', async () => {
  const [fact] = await (kernel as Kernel).history(membership.aggregates[0] as never, 'pps')
  expect(fact?.actor).toMatchObject({ person: 'p-registrar', system: 'import' })
  expect(fact?.occurred).toBe('2026-08-31T16:00:00.000Z')
})
