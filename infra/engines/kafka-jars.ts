import { execFile, execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { EngineMissing, type Environment } from './engine.ts'

const pom = join(import.meta.dirname, 'kafka/pom.xml')

const runs = (command: string, args: readonly string[]): boolean => {
  try {
    execFileSync(command, args, { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** The `java` of JAVA_HOME or of the PATH, or null. */
export const findJava = (environment: Environment = process.env): string | null => {
  const home = environment.JAVA_HOME
  return [...(home ? [join(home, 'bin/java')] : []), 'java'].find((command) => runs(command, ['-version'])) ?? null
}

export const hasMaven = (): boolean => runs('mvn', ['-v'])

const version = (): string => /<artifactId>kafka_2\.13<\/artifactId>\s*<version>([^<]+)</.exec(readFileSync(pom, 'utf8'))?.[1] ?? 'unknown'

/** Where the jars stand or will stand: COLLEGIUM_CACHE or ~/.cache/collegium. */
export const jarsFolder = (environment: Environment = process.env): string =>
  join(environment.COLLEGIUM_CACHE || join(homedir(), '.cache/collegium'), `kafka-${version()}`)

/** The folder with the broker's jars; Maven fetches them the first time. Throws EngineMissing where that is not possible. */
export const kafkaJars = async (environment: Environment = process.env): Promise<string> => {
  const folder = jarsFolder(environment)
  if (existsSync(folder)) return folder
  if (!hasMaven()) throw new EngineMissing('kafka', `its jars are not in ${folder} and Maven (mvn) is not installed to fetch them`)
  mkdirSync(join(folder, '..'), { recursive: true })
  const part = mkdtempSync(`${folder}.part-`)
  try {
    await promisify(execFile)('mvn', ['-q', '-B', '-f', pom, 'dependency:copy-dependencies', `-DoutputDirectory=${part}`], { maxBuffer: 1 << 24 })
    if (!readdirSync(part).some((name) => name.startsWith('kafka_2.13-'))) throw new Error('Maven brought no kafka_2.13 jar')
    renameSync(part, folder)
  } catch (cause) {
    rmSync(part, { recursive: true, force: true })
    // Another process may have been faster with the same jars.
    if (!existsSync(folder)) throw new EngineMissing('kafka', `Maven could not fetch its jars: ${(cause as Error).message}`)
  }
  return folder
}
