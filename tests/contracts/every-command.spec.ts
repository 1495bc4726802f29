import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { services } from '../../infra/services.ts'
import type { Command } from '../../shared/src/aggregate.ts'
import { organization } from '../../shared/src/testing/organization.ts'
import { type As, type RunningServices, runServices } from '../../shared/src/testing/running.ts'
import { sampleOf } from '../kit/sample-of.ts'

/** What every command owes its callers, made from the declarations: a new command is tested without a line here. */
const fed = organization({
  units: { fed: null, pps: 'fed', gufe: 'fed', 'pps-su': 'pps' },
  kinds: { everything: ['*'] },
  posts: ['boss everything pps'],
})
const boss: As = { person: 'boss' }
const nobody: As = { person: 'nobody' }

for (const service of services.filter((each) => each.aggregates.length > 0)) {
  describe(service.name, () => {
    let running: RunningServices
    beforeAll(async () => {
      running = await runServices([service], { organization: fed })
    })
    afterAll(() => running?.stop())
    const request = (as: As, method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, body?: object) => running.send(as, service.name, method, url, body)

    for (const aggregate of service.aggregates) {
      for (const [name, command] of Object.entries(aggregate.commands).filter(([, each]) => each.route !== 'internal')) {
        const [method, path] = command.route.split(' ') as ['POST' | 'PUT' | 'DELETE', string]
        const url = path.replace(':id', 'nothing-here')
        const body = sampleOf(command.input, 'pps') as Record<string, unknown>

        it(`${name}: nobody signed in is 401`, async () => {
          const answer = await request(null, method, url, body)
          expect(answer).toMatchObject({ status: 401, body: { code: 'signed-out', status: 401 } })
          expect(answer.headers['content-type']).toContain('application/problem+json')
        })

        it(`${name}: an unknown field is 400 and named`, async () => {
          const answer = await request(boss, method, url, { ...body, surprise: 1 })
          expect(answer).toMatchObject({ status: 400, body: { code: 'invalid-input' } })
          expect(JSON.stringify(answer.body.errors)).toContain('surprise')
        })

        if ((command.input.required ?? []).length > 0) {
          it(`${name}: an empty body is 400 and names what is missing`, async () => {
            const answer = await request(boss, method, url, {})
            expect(answer).toMatchObject({ status: 400, body: { code: 'invalid-input' } })
            for (const field of requiredOf(command)) expect(JSON.stringify(answer.body.errors)).toContain(field)
          })
        }

        it(`${name}: a body of the wrong type is 400`, async () => {
          expect((await request(boss, method, url, ['not', 'an', 'object'])).status).toBe(400)
        })

        if (path.includes('/:id'))
          it(`${name}: an id that nothing has is 404`, async () => {
            expect(await request(boss, method, url, body)).toMatchObject({ status: 404, body: { code: 'unknown-id' } })
          })
        else if (requiredOf(command).includes('unit'))
          it(`[PL-13] ${name}: without a post it is 403, naming permission, unit and posts`, async () => {
            const answer = await request(nobody, method, url, body)
            expect(answer).toMatchObject({ status: 403, body: { code: 'forbidden' } })
            for (const part of [command.permission, 'pps', 'everything']) expect(answer.body.detail).toContain(part)
            const elsewhere = await request(boss, method, url, { ...body, unit: 'gufe' })
            expect(elsewhere, 'a post at one campus opens nothing at a sibling').toMatchObject({ status: 403 })
          })
      }

      it(`${aggregate.name}: reading needs a session, and an id that exists`, async () => {
        expect((await request(null, 'GET', `${aggregate.path}/nothing-here`)).status).toBe(401)
        expect(await request(boss, 'GET', `${aggregate.path}/nothing-here`)).toMatchObject({ status: 404, body: { code: 'unknown-id' } })
      })
    }
  })
}

const requiredOf = (command: Command): readonly string[] => command.input.required ?? []
