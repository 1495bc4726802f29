import type { Answer, As, RunningServices } from './running.ts'

/** The door of one service, in the few words that a spec needs: `const { ok, refused } = asking('volunteers', () => running)`. */
export const asking = (service: string, running: () => RunningServices) => {
  const send = (as: As, method: 'GET' | 'POST' | 'PUT', url: string, body?: object, headers?: Readonly<Record<string, string>>): Promise<Answer> =>
    running().send(as, service, method, url, body, headers)
  const bodyOf = ({ status, body }: Answer): any => {
    if (status >= 300) throw new Error(`${status}: ${JSON.stringify(body)}`)
    return body
  }
  return {
    send,
    /** Gives a command; throws when it is refused. */
    ok: async (as: As, url: string, body: object): Promise<any> => bodyOf(await send(as, 'POST', url, body)),
    /** The status and the code with which a command is refused. */
    refused: async (as: As, url: string, body: object): Promise<[number, string]> => {
      const answer = await send(as, 'POST', url, body)
      return [answer.status, answer.body.code]
    },
    read: async (as: As, url: string): Promise<any> => bodyOf(await send(as, 'GET', url)),
  }
}
