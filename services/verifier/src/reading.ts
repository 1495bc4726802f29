import { readFileSync } from 'node:fs'
import { textOf } from '@collegium/shared/evidence/bytes.ts'
import { type OpenedCheckpoint, type Policy, PolicyFault, parsePolicy } from '@collegium/shared/evidence/policy.ts'
import { openedBy } from './audit-log.ts'
import { type Given, Misused, Unreadable } from './command.ts'
import { type Files, filesIn, logFoldersIn } from './files.ts'
import type { Finding } from './findings.ts'

/** The bytes of a file named on the line. Throws Unreadable. */
export const bytesAt = (path: string): Uint8Array => {
  try {
    return readFileSync(path)
  } catch (cause) {
    throw new Unreadable(`${path}: ${(cause as NodeJS.ErrnoException).code ?? (cause as Error).message}`)
  }
}

/** The text of a file named on the line. Throws Unreadable. */
export const textAt = (path: string): string => {
  try {
    return textOf(bytesAt(path))
  } catch (cause) {
    if (cause instanceof TypeError) throw new Unreadable(`${path}: UTF-8`)
    throw cause
  }
}

/** The value of an option that a command cannot do without. Throws Misused. */
export const demanded = (given: Given, name: string): string => {
  const value = given.option(name)
  if (value === undefined) throw new Misused(`--${name}?`)
  return value
}

/** The policy named by `--policy`. Throws Misused where there is none, Unreadable with each faulty line. */
export const policyOf = (given: Given): Policy => {
  const path = demanded(given, 'policy')
  try {
    return parsePolicy(textAt(path))
  } catch (cause) {
    if (cause instanceof PolicyFault) throw new Unreadable(`${path}: ${cause.message}`)
    throw cause
  }
}

/** A log on disk. */
export type Log = { readonly folder: string; readonly files: Files }

/** The logs in a folder: itself, or those right in it. Throws Unreadable where there is none. */
export const logsIn = (folder: string): Log[] => {
  const folders = logFoldersIn(folder)
  if (folders.length === 0) throw new Unreadable(`${folder}: checkpoint`)
  return folders.map((each) => ({ folder: each, files: filesIn(each) }))
}

/** The checkpoint of a log by a policy, or what is wrong with it. */
export const checkpointIn = ({ files }: Log, policy: Policy): OpenedCheckpoint | Pick<Finding, 'code' | 'values'> =>
  openedBy(policy, files.read('checkpoint') ?? new Uint8Array(0))

/** A time in seconds since 1970 as people write it, UTC. */
export const timeText = (seconds: number): string => new Date(seconds * 1000).toISOString().replace('.000Z', 'Z')
