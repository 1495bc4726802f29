import autocannon from 'autocannon'
import Fastify from 'fastify'
import { organization } from '../../shared/src/testing/organization.ts'
import { runServices } from '../../shared/src/testing/running.ts'
import { type Figure, figure, inTurn } from './figure.ts'
import { benchService } from './sample-service.ts'

const body = JSON.stringify({ unit: 'pps', title: 'Reading festival', amount: 260 })
const connections = 64

/** A command over HTTP, from the request to the acknowledged append, against a bare Fastify that answers the same body with nothing behind it. */
export const benchHttp = async (ms: number, rounds: number): Promise<Figure[]> => {
  const running = await runServices([benchService], {
    organization: organization({ units: { fed: null, pps: 'fed' }, kinds: { taker: ['notes:*'] }, posts: ['p1 taker pps'] }),
  })
  const bare = Fastify()
  bare.post(
    '/notes',
    { schema: { body: { type: 'object', properties: { unit: { type: 'string' }, title: { type: 'string' }, amount: { type: 'integer' } } } } },
    async () => ({ id: '01a1fd83-ca7a-73f0-ba99-ae084d880490', version: 1, position: 'bench/0/1', events: 1 }),
  )
  try {
    const [ours, theirs] = [await running.app('bench').listen({ port: 0, host: '127.0.0.1' }), await bare.listen({ port: 0, host: '127.0.0.1' })]
    const authorization = `Bearer ${running.token({ person: 'p1' })}`
    const rate = async (url: string): Promise<number> => {
      const result = await autocannon({
        url: `${url}/notes`,
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json', authorization },
        connections,
        duration: ms / 1000,
      })
      if (result.non2xx > 0 || result.errors > 0) throw new Error(`${result.non2xx} answers of ${url} were no success, ${result.errors} failed`)
      return result['2xx'] / result.duration
    }
    await rate(ours)
    const [command, trivial] = await inTurn(
      rounds,
      () => rate(ours),
      () => rate(theirs),
    )
    return [figure('http-command', command, 'commands/s', 'bare Fastify', trivial)]
  } finally {
    await bare.close()
    await running.stop()
  }
}
