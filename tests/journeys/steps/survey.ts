import { expect } from 'vitest'
import { publishedFacts } from '../feed.ts'
import { eventually, madeIn, ok, refused, type Scene } from '../scene.ts'
import { absentee, attendees } from './activity.ts'

/** From 1 to 5, by attendee and question. */
const scores = attendees.map((_, index) => ({ overall: 5, content: 4, organisation: index === 0 ? 1 : 4 }))

/** Those who came are asked without anybody's doing; each answers once, and nothing tells who said what. */
export const answerSurvey = async (scene: Scene): Promise<void> => {
  const mine = async (person: string) => ok(await (await scene.as(person)).get('/surveys?mine=true')).items
  const [survey] = await eventually(
    () => mine('student-1'),
    (surveys) => expect(surveys).toMatchObject([{ status: 'open', eligible: 'attended', subject: { id: madeIn(scene, 'activity') } }]),
  )
  scene.made.survey = survey.id
  const answers = `/surveys/${survey.id}/answers`
  const comment = 'The oolong was cold'
  for (const person of [absentee, 'student-9']) {
    expect(await mine(person)).toEqual([])
    refused(await (await scene.as(person)).post(answers, { scores: scores[0] }), 403, 'not-eligible')
  }
  refused(await (await scene.as('student-1')).post(answers, { scores: { overall: 5 } }), 422, 'wrong-questions')

  const said = attendees.map((person, index) => ({ person, content: { scores: scores[index], ...(index === 0 ? { comment } : {}) } }))
  await Promise.all(said.slice(0, 4).map(async ({ person, content }) => ok(await (await scene.as(person)).post(answers, content))))
  const head = await scene.as('head')
  const results = () => head.get(`/surveys/${survey.id}/results`)
  await eventually(results, (answer) =>
    expect(ok(answer), 'too few to be shown').toMatchObject({ answers: 4, shown: false, missing: 1, questions: [], comments: [] }),
  )
  for (const { person, content } of said.slice(4)) {
    const key = { 'idempotency-key': `answer-of-${person}-${survey.id}` }
    const client = await scene.as(person)
    ok(await client.post(answers, content, key))
    ok(await client.post(answers, content, key))
    refused(await client.post(answers, { scores: { ...content.scores, overall: 1 } }, key), 422, 'idempotency-key-reused')
    refused(await client.post(answers, content), 409, 'already-answered')
  }
  await eventually(results, (answer) => expect(ok(answer)).toMatchObject({ answers: attendees.length, shown: true, comments: [comment] }))
  expect(ok(await results()).questions.map((question: any) => [question.id, question.mean])).toEqual([
    ['overall', 5],
    ['content', 4],
    ['organisation', 3.5],
  ])
  // What is still asked of somebody follows the rolls, which are of other shards than the answers.
  await eventually(
    () => mine('student-1'),
    (surveys) => expect(surveys).toEqual([]),
  )
  await withoutPersons(scene, survey.id)
}

/** Nothing that history holds of an answer leads to its person. */
const withoutPersons = async (scene: Scene, survey: string): Promise<void> => {
  const auditor = await scene.as('auditor')
  // Rolls and answers are of different streams, and so of different shards: either may be published first.
  const { answers, rolls } = await eventually(
    async () => {
      const facts = await publishedFacts(auditor, 'service=feedback')
      return {
        answers: facts.filter((fact) => fact.type === 'feedback.answer-given.v1'),
        rolls: facts.filter((fact) => fact.type === 'feedback.survey-answered.v1'),
      }
    },
    (seen) => {
      expect(seen.answers).toHaveLength(attendees.length)
      expect(seen.rolls.map((fact) => fact.data.data.person).sort()).toEqual([...attendees].sort())
    },
  )
  for (const fact of answers) {
    const text = JSON.stringify(fact)
    for (const person of attendees) expect(text).not.toContain(person)
    expect(fact.data).toMatchObject({ actor: { person: null, post: null }, data: { survey } })
    expect(fact.data.occurred, 'cut to the hour').toMatch(/:00:00(\.000)?Z$/)
    for (const shared of ['correlation', 'causation', 'command', 'stream', 'id'] as const)
      expect(
        rolls.map((roll) => roll.data[shared]),
        `${shared} is no bridge to the roll`,
      ).not.toContain(fact.data[shared])
  }
}
