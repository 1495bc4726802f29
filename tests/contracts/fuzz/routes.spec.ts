import { Ajv, type ValidateFunction } from 'ajv'
import formats from 'ajv-formats'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { services } from '../../../infra/services.ts'
import { type RunningServices, runServices } from '../../../shared/src/testing/running.ts'
import { idAt, kindsFor, membershipOf, settle, units } from '../authorization/world.ts'
import { type Operation, operationsOf, requestsOf, type Sent } from './operations.ts'

/**
 * Every operation of every service, fed from its own published schema with what it allows and what it does not. Nothing may answer with an
 * error of its own, whatever comes; a refusal is a problem with a code; what the schema forbids is never carried out. A failure prints the seed
 * and the smallest request; `FUZZ_SEED` and `FUZZ_RUNS` repeat and extend it.
 */
const seed = Number(process.env.FUZZ_SEED ?? 20261121)
const numRuns = Number(process.env.FUZZ_RUNS ?? 60)
const ids = [...units.map(idAt), ...units, 'me']

let running: RunningServices
let before: string[]
beforeAll(async () => {
  running = await runServices(services, { answers: { membership: membershipOf(() => kindsFor([])) } })
  await settle(running)
  before = await parked()
}, 120_000)
afterAll(() => running?.stop())

const everybody = ['operator', 'person', 'nobody'] as const
const as = {
  operator: { operator: true, person: 'root' },
  person: { person: 'everything.fed', home: 'north' },
  nobody: { person: 'stranger', home: 'north' },
}
const ajv = new Ajv({ strict: false })
formats.default(ajv)
const said = { answers: 0, done: 0, refused: 0 }

const send = async ({ service, method }: Operation, { url, headers, body }: Sent, who: keyof typeof as) =>
  running.app(service).inject({
    method,
    url,
    headers: { authorization: `Bearer ${token(who)}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { payload: body }),
  })
const tokens = new Map<string, string>()
const token = (who: keyof typeof as): string => {
  const known = tokens.get(who) ?? running.token(as[who])
  tokens.set(who, known)
  return known
}

/** What a client can bring about: waiting for a position that is not there, and as an operator deciding at a unit that is not there. */
const isAskedFor = ({ code, params }: { code: string; params?: { unit?: string } }): boolean =>
  code === 'not-yet-seen' || (code === 'unknown-policy' && !units.includes(params?.unit ?? ''))

const check = async (operation: Operation, sent: Sent & { content: unknown }, who: keyof typeof as, isAllowed: ValidateFunction | null): Promise<void> => {
  const answer = await send(operation, sent, who)
  said.answers += 1
  if (answer.statusCode < 400) {
    said.done += 1
    if (isAllowed !== null && operation.path !== '/imports') expect(isAllowed(sent.content), 'carried out although its schema forbids it').toBe(true)
    return
  }
  said.refused += 1
  expect(answer.headers['content-type'], answer.body).toContain('application/problem+json')
  const problem = answer.json()
  expect(problem).toMatchObject({ status: answer.statusCode, code: expect.any(String), detail: expect.any(String), title: expect.any(String) })
  if (!isAskedFor(problem)) expect(answer.statusCode, answer.body).toBeLessThan(500)
  expect(answer.body).not.toMatch(/node_modules|\.ts:\d+|at \w+ \(|syntax error at|relation "/)
}

for (const { name } of services)
  it(`${name}: no request whatever is answered by an error of ours`, async () => {
    const findings: string[] = []
    for (const operation of await operationsOf(name, running.app(name))) {
      const isAllowed = operation.body === null ? null : ajv.compile(operation.body)
      const property = fc.asyncProperty(requestsOf(operation, ids), fc.constantFrom(...everybody), async (sent, who) => check(operation, sent, who, isAllowed))
      const found = await fc.check(property, { seed, numRuns, endOnFailure: process.env.FUZZ_SHRINK === undefined })
      if (!found.failed) continue
      const [sent, who] = found.counterexample ?? []
      findings.push(
        `${operation.method} ${sent?.url.slice(0, 200)} ${JSON.stringify(sent?.headers).slice(0, 200)} as ${who}: ${sent?.body?.slice(0, 500)}\n  ${String(found.errorInstance).slice(0, 500)}`,
      )
    }
    expect(findings.join('\n'), `seed ${seed}`).toBe('')
  }, 120_000)

/** What no consumer can handle: what the scene itself put there is known before. */
const parked = async (): Promise<string[]> => {
  const lists = await Promise.all(services.map(({ name }) => running.send({ operator: true }, name, 'GET', `/${name}-consumers/parked`)))
  return lists.flatMap(({ body }) => body.items.map((each: any) => `${each.consumer} ${each.stream} ${each.error}`)).sort()
}

it('what was carried out stops no consumer', async () => {
  expect((await parked()).filter((each) => !before.includes(each))).toEqual([])
})

it('enough was asked, and of both sorts', () => {
  expect(said.done).toBeGreaterThan(500)
  expect(said.refused).toBeGreaterThan(2_000)
})
