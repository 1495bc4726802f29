import { readFileSync } from 'node:fs'
import pg from 'pg'
import { databaseUrl } from '../../shared/src/run.ts'
import { eventually } from '../../shared/src/testing/eventually.ts'
import { type Client, signIn } from '../../tests/kit/client.ts'
import { startCollegiumDistributed } from '../../tests/kit/collegium.ts'
import { openClocks } from './clocks.ts'
import { people } from './commands.ts'
import { victims, type World } from './fault.ts'
import { openProxies } from './proxy.ts'

const federation = readFileSync(new URL('../../tests/journeys/federation.yaml', import.meta.url), 'utf8')

export type FaultyWorld = World & {
  readonly as: ReadonlyMap<string, Client>
  readonly operator: Client
  readonly masterKey: Buffer
  /** What is wrong with whom right now: processes that are not ready. */
  readonly unready: () => Promise<string[]>
  readonly stop: () => Promise<void>
}

export type WorldOptions = {
  readonly brokers: 1 | 3
  /** Modules that every service loads before itself, as URLs. */
  readonly preload?: readonly string[]
  readonly say: (line: string) => void
}

/** The distributed form with a proxy before everything that a service talks to, a small federation in it, and somebody signed in for each kind of command. */
export const startWorld = async ({ brokers, preload = [], say }: WorldOptions): Promise<FaultyWorld> => {
  const shards = 4
  const proxies = openProxies()
  const clocks = openClocks(victims)
  const modules = [new URL('./skewed-clock.ts', import.meta.url).href, ...preload]
  const collegium = await startCollegiumDistributed({
    brokers,
    shards,
    through: proxies.through,
    // A crash of the server's processes must lose nothing; a crash of the machine is not tried here.
    postgresSettings: { synchronous_commit: 'on', max_connections: 500 },
    environment: {
      COLLEGIUM_KAFKA_SESSION_MS: '6000',
      NODE_OPTIONS: modules.map((each) => `--import=${each}`).join(' '),
    },
    environmentOf: clocks.environmentOf,
    // Ten processes and three brokers at once, on a machine that may be doing other things.
    patience: 240_000,
    say,
  })
  const { system } = collegium
  const pools = new Map<string, pg.Pool>()
  const pool = (service: string): pg.Pool => {
    const known = pools.get(service)
    if (known) return known
    const made = new pg.Pool({ connectionString: databaseUrl(system.engines.postgres.address, service), max: 3, connectionTimeoutMillis: 3_000 })
    made.on('error', () => {})
    pools.set(service, made)
    return made
  }
  const stop = async (): Promise<void> => {
    await Promise.all([...pools.values()].map((each) => each.end()))
    await collegium.stop()
    await proxies.close()
    clocks.close()
  }
  try {
    const operator = await collegium.signIn('operator')
    const imported = await operator.post('/imports', federation, { 'content-type': 'application/yaml' })
    if (imported.status !== 201) throw new Error(`The federation was not taken in: ${JSON.stringify(imported.body)}`)
    const as = new Map<string, Client>()
    for (const person of people) {
      // A machine that is full may keep it waiting for the directory; what is opened already stays as it is.
      await eventually(
        () => operator.post('/accounts', { account: person, person, home: 'north', password: collegium.password }),
        ({ status }) => status < 300,
        60_000,
      )
      as.set(person, await signIn(collegium.address, person, collegium.password))
    }
    return {
      system,
      proxies,
      shards,
      clocks,
      pool,
      as,
      operator,
      masterKey: Buffer.from(readFileSync(system.keys.masterKey, 'utf8').trim(), 'base64'),
      unready: async () => {
        const all = Object.values(system.processes).map(async ({ name, http }) => {
          const answer = await fetch(`${http}/readyz`, { signal: AbortSignal.timeout(2_000) }).catch((error: Error) => error)
          return answer instanceof Response && answer.ok ? [] : [`${name} is not ready`]
        })
        return (await Promise.all(all)).flat()
      },
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}
