import { afterAll, beforeAll, expect, it } from 'vitest'
import { activities } from '../../../services/activities/src/app.ts'
import { membership } from '../../../services/membership/src/app.ts'
import { organization } from '../../../shared/src/testing/organization.ts'
import { type RunningServices, runServices } from '../../../shared/src/testing/running.ts'

/** What is large on purpose: each is refused, soon, and the process goes on. Soon is told in time of this thread, since the machine may be busy with others. */
const fed = organization({ units: { fed: null, pps: 'fed' }, kinds: { everything: ['*'] }, posts: ['boss everything fed'] })
let running: RunningServices
beforeAll(async () => {
  running = await runServices([membership, activities], { organization: fed })
})
afterAll(() => running?.stop())

const million = 1_000_000
const post = async (service: string, url: string, body: string, type = 'application/json') => {
  const began = process.threadCpuUsage()
  const answer = await running.send({ person: 'boss' }, service, 'POST', url, body, { 'content-type': type })
  const { user, system } = process.threadCpuUsage(began)
  return { status: answer.status, code: answer.body.code, ms: (user + system) / 1_000, bytes: JSON.stringify(answer.body).length }
}
const meeting = (invited: string): string =>
  `{"unit":"pps","title":{"en":"a","zh":"a"},"kind":"a","at":"2026-12-01T08:00:00.000Z","agenda":[],"invited":${invited},"chair":"boss"}`

it('ten megabytes are refused before they are read', async () => {
  expect(await post('activities', '/meetings', meeting(`["${'x'.repeat(10 * million)}"]`))).toMatchObject({ status: 413, code: 'body-too-large' })
  expect(await post('membership', '/imports', `{"federation":"${'x'.repeat(17 * million)}"}`)).toMatchObject({ status: 413 })
})

it.each([
  ['half a million wrong entries', meeting(`[${'1,'.repeat(500_000)}1]`)],
  ['a hundred thousand equal entries', meeting(`[${'"b",'.repeat(100_000)}"b"]`)],
  ['a hundred thousand unknown fields', `{${Array.from({ length: 60_000 }, (_, index) => `"field${index}":1`).join()}}`],
  ['half a million brackets', meeting(`${'['.repeat(400_000)}${']'.repeat(400_000)}`)],
  ['an object as deep as it can be', meeting(`${'{"a":'.repeat(150_000)}1${'}'.repeat(150_000)}`)],
  ['one field a hundred thousand times', `{${'"unit":"pps",'.repeat(70_000)}"unit":"pps"}`],
  ['a number with a million digits', `{"unit":${'9'.repeat(900_000)}}`],
])('%s: told soon and shortly that it will not do', async (_name, body) => {
  const answer = await post('activities', '/meetings', body)
  expect(answer.status).toBe(400)
  expect(answer.ms).toBeLessThan(3_000)
  expect(answer.bytes).toBeLessThan(50_000)
})

it.each([
  [
    'aliases that unfold to billions',
    `a: &a [x,x,x,x,x,x,x,x,x,x]\n${'bcdefghij'.replaceAll(/./g, (to) => `${to}: &${to} [${`*${String.fromCharCode(to.charCodeAt(0) - 1)},`.repeat(10)}]\n`)}`,
  ],
  ['brackets', '['.repeat(20_000)],
  ['a thousand levels', Array.from({ length: 1_000 }, (_, level) => `${' '.repeat(level)}a:`).join('\n')],
  ['tags of other languages', 'federation: !!js/function "function () { return process }"\npeople: !!python/object/apply:os.system ["id"]'],
  ['merge keys into the prototype', '__proto__: { operator: true }\nconstructor: { prototype: { operator: true } }\nfederation: { <<: { id: fed } }'],
  ['a null byte', 'federation: "a\\0b"'],
])('YAML with %s: refused by the way of all files', async (_name, text) => {
  const answer = await post('membership', '/imports?dryRun=true', text, 'application/yaml')
  expect([400, 403, 422]).toContain(answer.status)
  expect(answer.ms).toBeLessThan(3_000)
  expect(({} as { operator?: boolean }).operator).toBeUndefined()
})
