import { existsSync } from 'node:fs'
import { findChromium } from './chromium.ts'
import { dockerAnswers } from './docker.ts'
import { EngineMissing, type EngineName, type Environment, type Took } from './engine.ts'
import { findJava, hasMaven, jarsFolder } from './kafka-jars.ts'
import { postgresPrograms } from './postgres-local.ts'
import { findRedisServer } from './redis.ts'

export const engineNames = ['postgres', 'kafka', 'redis', 'chromium'] as const satisfies readonly EngineName[]

/** Where an engine would be taken from, without starting it; `took` is null where it is missing and `detail` says why. */
export type Finding = { readonly name: EngineName; readonly took: Took | null; readonly detail: string }

const variables: Record<EngineName, string> = {
  postgres: 'COLLEGIUM_POSTGRES_URL',
  kafka: 'COLLEGIUM_KAFKA_BROKERS',
  redis: 'COLLEGIUM_REDIS_URL',
  chromium: 'COLLEGIUM_CHROMIUM',
}

// Each returns what it would start, or throws EngineMissing.
const onThisMachine: Record<EngineName, (environment: Environment) => string> = {
  postgres: () => `the npm package's server ${postgresPrograms().version}`,
  kafka: (environment) => {
    if (findJava(environment) === null) throw new EngineMissing('kafka', 'no Java (17 or newer) is on the PATH or at JAVA_HOME')
    const jars = jarsFolder(environment)
    if (!existsSync(jars) && !hasMaven()) throw new EngineMissing('kafka', `its jars are not in ${jars} and Maven (mvn) is not installed to fetch them`)
    return `a JVM process with the jars of ${jars}`
  },
  redis: () => {
    const command = findRedisServer()
    if (command === null) throw new EngineMissing('redis', 'the program redis-server is not installed')
    return command
  },
  chromium: (environment) => findChromium(environment).address,
}

/** Looks for every engine in the order environment, Docker, this machine. */
export const findEngines = async (environment: Environment = process.env): Promise<Finding[]> => {
  const docker = await dockerAnswers(environment)
  return engineNames.map((name) => {
    if (environment[variables[name]]) return { name, took: 'environment', detail: variables[name] }
    if (docker && name !== 'chromium') return { name, took: 'docker', detail: 'a container through testcontainers' }
    try {
      return { name, took: 'local', detail: onThisMachine[name](environment) }
    } catch (cause) {
      if (!(cause instanceof EngineMissing)) throw cause
      return { name, took: null, detail: cause.message }
    }
  })
}

/**
 * Whether all named engines can be had; for `describe.skipIf(!(await engines('kafka')))`. With REQUIRE_ENGINES=1 a missing one throws instead,
 * so that nothing is skipped unseen.
 */
export const engines = async (...names: EngineName[]): Promise<boolean> => {
  const missing = (await findEngines()).filter(({ name, took }) => names.includes(name) && took === null)
  if (missing.length > 0 && process.env.REQUIRE_ENGINES === '1') throw new Error(missing.map(({ detail }) => detail).join('\n'))
  return missing.length === 0
}
