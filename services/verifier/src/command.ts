import type { ParseArgsConfig } from 'node:util'
import type { Finding } from './findings.ts'
import type { Step } from './progress.ts'

/** What a command found. `facts` is what is shown when all is well too; `findings` what is wrong or doubtful. `output` goes to the standard output as it is. */
export type Report = {
  readonly facts: readonly Fact[]
  readonly findings: readonly Finding[]
  readonly output?: string
}

/** A line that tells what was looked at: a code of the words, and the values that its text names. */
export type Fact = { readonly code: string; readonly values: Readonly<Record<string, string | number>> }

/** What a command is given: words of the line, options, the time in seconds since 1970, and where to tell how far it is. */
export type Given = {
  readonly words: readonly string[]
  readonly option: (name: string) => string | undefined
  readonly now: number
  readonly step: Step
}

/** A command of the verifier. `usage` is the line after its name; its meaning stands in the words under `command-<name>`. */
export type Command = {
  readonly name: string
  readonly usage: string
  readonly options: NonNullable<ParseArgsConfig['options']>
  readonly run: (given: Given) => Report | Promise<Report>
}

/** The line that was typed cannot be meant: exit code 1. */
export class Misused extends Error {}

/** Something named on the line could not be read: exit code 3. */
export class Unreadable extends Error {}

/** The word at a place of the line. Throws Misused where there is none. */
export const wordAt = ({ words }: Given, at: number, name: string): string => {
  const word = words[at]
  if (word === undefined) throw new Misused(`${name}?`)
  return word
}
