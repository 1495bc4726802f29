// `node infra/engines/install.ts`: installs the missing engines with the system's package manager where that is allowed (root and apt-get), fetches
// Kafka's jars, and says what it did. With REQUIRE_ENGINES=1 it fails when something is still missing; without, it lists what will be skipped.
import { execFileSync } from 'node:child_process'
import type { Environment } from './engine.ts'
import { findFaketime } from './faketime.ts'
import { type Finding, findEngines } from './find.ts'
import { findJava, hasMaven, kafkaJars } from './kafka-jars.ts'

const has = (command: string, args: readonly string[]): string | null => {
  try {
    return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  } catch {
    return null
  }
}

/** Without a font that has Chinese characters, pages and PDFs show boxes. */
const hasChineseFont = (): boolean => (has('fc-list', [':lang=zh-cn', 'family']) ?? '').trim() !== ''

const wanted = async (environment: Environment): Promise<string[]> => {
  const missing = new Set((await findEngines(environment)).filter(({ took }) => took === null).map(({ name }) => name))
  const packages: string[] = []
  if (missing.has('redis')) packages.push('redis-server')
  if (missing.has('chromium')) packages.push('chromium')
  if (!environment.COLLEGIUM_CHROMIUM && !hasChineseFont()) packages.push('fonts-noto-cjk')
  // Checks the alert rules; nothing else of it is used.
  if (has('promtool', ['--version']) === null) packages.push('prometheus')
  // By it whole programs are told a wrong time; without it only the services' code is.
  if (process.platform === 'linux' && findFaketime() === null) packages.push('libfaketime')
  if (missing.has('kafka')) {
    if (findJava(environment) === null) packages.push('default-jre-headless')
    if (!hasMaven()) packages.push('maven')
  }
  return packages
}

const aptInstall = (packages: readonly string[]): void => {
  const run = (...args: string[]) =>
    execFileSync('apt-get', args, { stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1 << 26, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })
  run('update', '-qq')
  run('install', '-qq', '-y', '--no-install-recommends', ...packages)
}

/** Installs what is missing and may be installed; returns where each engine will be taken from. */
export const installEngines = async (environment: Environment = process.env, say: (line: string) => void = console.log): Promise<Finding[]> => {
  const packages = await wanted(environment)
  if (packages.length > 0) {
    if (process.getuid?.() === 0 && has('apt-get', ['--version']) !== null) {
      say(`installing ${packages.join(' ')} with apt-get`)
      try {
        aptInstall(packages)
      } catch (cause) {
        say(`apt-get failed: ${(cause as { stderr?: Buffer }).stderr?.toString().trim() || (cause as Error).message}`)
      }
    } else {
      say(`not installed, since that takes root and apt-get: ${packages.join(' ')}`)
    }
  }
  const kafka = (await findEngines(environment)).find(({ name }) => name === 'kafka')
  if (kafka?.took === 'local') {
    try {
      await kafkaJars(environment)
    } catch (cause) {
      say((cause as Error).message)
    }
  }
  const found = await findEngines(environment)
  for (const { name, took, detail } of found) say(`${name}: ${took === null ? detail : `${took}, ${detail}`}`)
  return found
}

if (import.meta.main) {
  const missing = (await installEngines()).filter(({ took }) => took === null).map(({ name }) => name)
  if (missing.length > 0) {
    const required = process.env.REQUIRE_ENGINES === '1'
    console.log(required ? `missing, and REQUIRE_ENGINES=1 asks for them: ${missing.join(', ')}` : `tests that need ${missing.join(', ')} will be skipped`)
    if (required) process.exitCode = 1
  }
}
