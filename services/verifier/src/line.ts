import { parseArgs } from 'node:util'
import { type Command, Misused, type Report, Unreadable } from './command.ts'
import { commands } from './commands.ts'
import { exitCodes, exitOf } from './findings.ts'
import { progressOn } from './progress.ts'
import { printed } from './report.ts'
import type { Words } from './words/shape.ts'
import { filled, type Language, languageOf, wordsIn } from './words/words.ts'

type Out = { readonly isTTY?: boolean; readonly columns?: number; readonly write: (text: string) => unknown }
type Surroundings = { readonly env: Readonly<Record<string, string | undefined>>; readonly out: Out; readonly errors: Out; readonly now: () => number }

const everywhere = { language: { type: 'string' }, json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } as const

/** Runs the line that was typed; `now` gives milliseconds. Answers the exit code: 0 sound, 1 misused, 2 wrong, 3 unreadable, 4 doubtful. */
export const runLine = async (typed: readonly string[], around: Surroundings): Promise<number> => {
  const asked = typed.flatMap((word, at) => (word === '--language' ? [typed[at + 1] ?? ''] : word.startsWith('--language=') ? [word.slice(11)] : []))[0]
  const language = languageOf(asked, around.env)
  const words = wordsIn(language ?? 'en')
  try {
    if (language === null) throw new Misused(`--language ${asked}`)
    const [name, ...rest] = typed
    if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
      around.out.write(help(words))
      return name === undefined ? exitCodes.misused : exitCodes.sound
    }
    const command = commands.find((each) => each.name === name)
    if (!command) throw new Misused(filled(words.frame.unknown, { name }))
    return await runCommand(command, rest, words, language, around)
  } catch (cause) {
    if (cause instanceof Misused) {
      around.errors.write(`${filled(words.frame.misused, { why: cause.message })}\n\n${help(words)}`)
      return exitCodes.misused
    }
    if (cause instanceof Unreadable || (cause as NodeJS.ErrnoException).syscall !== undefined) {
      around.errors.write(`${filled(words.frame.unreadable, { why: (cause as Error).message })}\n`)
      return exitCodes.unreadable
    }
    throw cause
  }
}

const runCommand = async (command: Command, rest: string[], words: Words, language: Language, around: Surroundings): Promise<number> => {
  const { values, positionals } = parsed(command, rest)
  if (values.help) {
    around.out.write(help(words))
    return exitCodes.sound
  }
  const option = (name: string): string | undefined => (typeof values[name] === 'string' ? values[name] : undefined)
  const progress = progressOn(around.errors)
  const given = { words: positionals, option, now: timeOf(option('at'), around.now()), step: values.json ? () => {} : progress.step }
  let report: Report
  try {
    report = await command.run(given)
  } finally {
    progress.end()
  }
  const code = exitOf(report.findings)
  around.out.write(printed(command.name, report, code, { words, language, json: values.json === true }))
  return code
}

const parsed = (command: Command, args: string[]): { values: Record<string, unknown>; positionals: string[] } => {
  try {
    return parseArgs({ args, options: { ...command.options, ...everywhere }, allowPositionals: true })
  } catch (cause) {
    throw new Misused((cause as Error).message)
  }
}

const timeOf = (text: string | undefined, now: number): number => {
  const time = text === undefined ? now : Date.parse(text)
  if (Number.isNaN(time)) throw new Misused(`--at ${text}`)
  return time / 1000
}

const help = ({ frame, commands: meanings, exits }: Words): string =>
  [
    frame.usage,
    '',
    ...commands.flatMap(({ name, usage }) => [`  ${name} ${usage}`, `      ${meanings[name]}`]),
    '',
    frame.options,
    `${frame.exits}:`,
    ...exits.map((text, code) => `  ${code}  ${text}`),
    '',
  ].join('\n')
