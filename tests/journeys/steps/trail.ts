import { Ajv } from 'ajv'
import formats from 'ajv-formats'
import { expect } from 'vitest'
import { differences } from '../../../services/console/src/parts/difference.ts'
import { holesIn, publishedFacts } from '../feed.ts'
import { daysAgo, eventually, madeIn, ok, type Scene } from '../scene.ts'

/** Who decided what, when, under which post, why; and everything as it was at any moment. */
export const readTrail = async (scene: Scene): Promise<void> => {
  await byCorrelation(scene)
  await asItWas(scene)
  await againstTheContract(scene)
  await inChinese(scene)
}

const byCorrelation = async (scene: Scene): Promise<void> => {
  const auditor = await scene.as('auditor')
  const pages = async (): Promise<any[]> => {
    const all: any[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: any = ok(await auditor.get(`/trail?correlation=${scene.correlation}&limit=20${cursor === '' ? '' : `&cursor=${cursor}`}`))
      all.push(...page.items)
      cursor = page.nextCursor
    }
    return all
  }
  const told = ['activities.activity-approved.v1', 'activities.registered.v1', 'activities.activity-held.v1', 'feedback.survey-opened.v1']
  const filed = ['documents.document-filed.v1', 'documents.number-assigned.v1']
  const entries = await eventually(pages, (seen) => {
    expect(seen.map((entry) => entry.type)).toEqual(expect.arrayContaining([...told, ...filed]))
    expect([...new Set(seen.map((entry) => entry.service))].sort()).toEqual(['activities', 'assessment', 'documents', 'feedback', 'volunteers'])
  })
  expect(new Set(entries.map((entry) => entry.id)).size, 'each once, over all pages').toBe(entries.length)
  for (const { actor } of entries) expect(actor.person ?? actor.system, 'somebody, or what acts for the house').not.toBeNull()
  const one = (type: string) => entries.find((entry) => entry.type === type)
  expect(one('activities.activity-approved.v1')).toMatchObject({
    actor: { person: 'president', post: { kind: 'president', unit: 'north-su' } },
    unit: 'north-su-tea',
    reason: '符合本学期计划 · fits the plan',
  })
  expect(one('activities.activity-approved.v1').occurred < one('activities.activity-approved.v1').recorded).toBe(true)
  expect(one('activities.registered.v1')).toMatchObject({ actor: { post: { kind: 'student', unit: 'north' } } })
  // The survey says by whose fact it came to be, and the answers are tied to nothing.
  expect(one('feedback.survey-opened.v1')).toMatchObject({ actor: { person: null }, causation: one('activities.activity-held.v1').id })
  expect(one('documents.document-filed.v1')).toMatchObject({ causation: one('documents.number-assigned.v1').id })
  expect(one('feedback.answer-given.v1')).toBeUndefined()
}

const asItWas = async (scene: Scene): Promise<void> => {
  const auditor = await scene.as('auditor')
  const activity = madeIn(scene, 'activity')
  const moment = async (query: string) => ok(await auditor.get(`/activities/${activity}?${query}`))
  const proposed = await moment('version=1')
  expect(proposed).toMatchObject({ version: 1, state: { status: 'proposed', spent: 0 } })
  const reviewed = await moment(`at=${daysAgo(4.5)}`)
  expect(reviewed).toMatchObject({ version: 2, state: { status: 'pre-reviewed' } })
  const closed = await moment('')
  expect(closed.state.status).toBe('closed')
  expect(differences(proposed.state, closed.state).map(({ path, before, after }) => [path.join('.'), before, after])).toEqual(
    expect.arrayContaining([
      ['status', 'proposed', 'closed'],
      ['spent', 0, 1_200],
      ['attended', null, 6],
    ]),
  )
  expect(differences(reviewed.state, await moment('version=2').then((each) => each.state))).toEqual([])
  expect((await auditor.get(`/activities/${activity}?at=${daysAgo(7)}`)).status, 'before there was anything').toBe(404)
}

const againstTheContract = async (scene: Scene): Promise<void> => {
  const auditor = await scene.as('auditor')
  const contract = (await (await auditor.raw('/api/asyncapi.json')).json()) as { components: { messages: Record<string, any> } }
  const ajv = new Ajv({ allErrors: true, strict: false })
  formats.default(ajv)
  const schemas = new Map<string, unknown>(Object.values(contract.components.messages).map((message) => [message.name, message.payload.schema]))
  const facts = await eventually(
    () => publishedFacts(auditor),
    (seen) => expect(holesIn(seen)).toEqual([]),
  )
  expect(new Set(facts.map((fact) => fact.data.service)).size).toBeGreaterThanOrEqual(6)
  const validators = new Map([...new Set(facts.map((fact) => fact.type))].map((type) => [type, ajv.compile(schemas.get(type) ?? false)]))
  for (const fact of facts) {
    expect(fact).toMatchObject({ specversion: '1.0', id: fact.data.id, type: fact.data.type, subject: fact.data.stream, time: fact.data.occurred })
    const isValid = validators.get(fact.type)
    expect(isValid?.(fact.data), `${fact.type}: ${ajv.errorsText(isValid?.errors)}`).toBe(true)
  }
  // Who has a part goes on from there; what was published since the first look is beside the point.
  const marks = [...Map.groupBy(facts, (fact) => `${fact.data.service}/${fact.data.shard}`)].map(([source, each]) => `${source}/${Math.ceil(each.length / 2)}`)
  const known = new Set(facts.map((fact) => fact.id))
  const rest = (await publishedFacts(auditor, `from=${marks.join(',')}`)).map((fact) => fact.id).filter((id) => known.has(id))
  expect(rest.sort()).toEqual(
    facts
      .filter((fact) => !marks.some((mark) => isWithin(mark, fact.data)))
      .map((fact) => fact.id)
      .sort(),
  )
}

const isWithin = (mark: string, { service, shard, position }: { service: string; shard: number; position: number }): boolean => {
  const [of, at, upTo] = mark.split('/')
  return of === service && Number(at) === shard && position <= Number(upTo)
}

const inChinese = async (scene: Scene): Promise<void> => {
  const student = await scene.as('student-1')
  const refusal = async (language: string) => {
    const { body, headers } = await student.post(`/activities/${madeIn(scene, 'activity')}/approval`, {}, { 'accept-language': language })
    expect(headers.get('content-type')).toContain('application/problem+json')
    return body
  }
  const [chinese, english] = [await refusal('zh-CN,zh;q=0.9,en;q=0.5'), await refusal('en')]
  expect(chinese).toMatchObject({ status: 403, code: 'forbidden', title: '无权操作', detail: expect.stringContaining('权限 activities:approve') })
  expect(english).toMatchObject({ status: 403, code: 'forbidden', title: 'Not allowed', detail: expect.stringContaining('permission activities:approve') })
  const { body } = await student.post('/activities', { surprise: true }, { 'accept-language': 'zh-CN' })
  expect(body.detail).toMatch(/请求体中有 \d+ 处错误/)
  for (const error of body.errors) expect(JSON.stringify(error)).toMatch(/\p{Script=Han}/u)
}
