import { dockerAnswers } from './docker.ts'
import { EngineMissing, notOurs } from './engine.ts'
import { localPostgres } from './postgres-local.ts'
import { askPostgres, initdbArguments, type Postgres, type PostgresOptions, postgresSettings } from './postgres-settings.ts'
import { containerStandsStill, mostStillMs } from './stand-still.ts'

const named = async (address: string): Promise<Postgres> => {
  try {
    await askPostgres(address)
  } catch (cause) {
    throw new EngineMissing('postgres', `COLLEGIUM_POSTGRES_URL names a server that does not answer: ${(cause as Error).message}`)
  }
  const refuse = notOurs('postgres', new URL(address).host)
  return { name: 'postgres', address, took: 'environment', stop: async () => {}, kill: refuse, restart: refuse, freeze: refuse }
}

const contained = async (options: PostgresOptions): Promise<Postgres> => {
  const { GenericContainer, Wait } = await import('testcontainers')
  const container = await new GenericContainer('postgres:18')
    .withEnvironment({ POSTGRES_PASSWORD: 'postgres', POSTGRES_INITDB_ARGS: initdbArguments().join(' ') })
    .withCommand(['postgres', ...Object.entries(postgresSettings(options)).flatMap(([name, value]) => ['-c', `${name}=${value}`])])
    .withExposedPorts(options.port === undefined ? 5432 : { container: 5432, host: options.port })
    .withWaitStrategy(Wait.forLogMessage(/ready to accept connections/, 2))
    .start()
  const address = `postgres://postgres:postgres@${container.getHost()}:${container.getMappedPort(5432)}/postgres`
  let stopped = false
  return {
    name: 'postgres',
    address,
    took: 'docker',
    stop: async () => {
      if (!stopped) await container.stop()
      stopped = true
    },
    kill: async () => {
      await container.exec(['kill', '-s', 'QUIT', '1'])
    },
    restart: () => container.restart({ timeout: 10 }),
    freeze: () => containerStandsStill(container.getId(), mostStillMs),
  }
}

/**
 * Finds a Postgres: the server named by COLLEGIUM_POSTGRES_URL, or a container where Docker answers and no folder was asked for, or the
 * server from the npm package. The address names a superuser and the database `postgres`.
 */
export const startPostgres = async (options: PostgresOptions = {}): Promise<Postgres> => {
  const environment = options.environment ?? process.env
  const address = environment.COLLEGIUM_POSTGRES_URL
  const postgres = address
    ? await named(address)
    : options.dir === undefined && (await dockerAnswers(environment))
      ? await contained(options)
      : await localPostgres(options)
  options.say?.(`postgres: ${postgres.took}, ${new URL(postgres.address).host}`)
  return postgres
}
