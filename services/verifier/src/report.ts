import type { Report } from './command.ts'
import { exitCodes, type Finding, gravity } from './findings.ts'
import type { Words } from './words/shape.ts'
import { filled, type Language } from './words/words.ts'

/** A report as text for people, or as one JSON object. What a command wrote out for other programs goes first and alone. */
export const printed = (
  command: string,
  report: Report,
  code: number,
  how: { readonly words: Words; readonly language: Language; readonly json: boolean },
): string => {
  if (how.json) return `${JSON.stringify(asJson(command, report, code, how.words))}\n`
  if (report.output !== undefined && report.findings.length === 0) return report.output
  return asText(report, code, how.words)
}

const saying = (finding: Finding, { findings }: Words): { what: string; means: string } => {
  const { what, means } = findings[finding.code]
  return { what: filled(what, finding.values), means: filled(means, finding.values) }
}

const asJson = (command: string, { facts, findings, output }: Report, code: number, words: Words): object => ({
  command,
  exit: code,
  facts: facts.map(({ code: fact, values }) => ({ code: fact, text: filled(words.facts[fact] ?? fact, values), values })),
  findings: findings.map((finding) => ({ ...finding, gravity: gravity[finding.code], ...saying(finding, words) })),
  ...(output === undefined ? {} : { output }),
})

const asText = ({ facts, findings }: Report, code: number, words: Words): string => {
  const lines = facts.map((fact) => `  ${filled(words.facts[fact.code] ?? fact.code, fact.values)}`)
  for (const [at, finding] of findings.entries()) {
    const { what, means } = saying(finding, words)
    lines.push(`${gravity[finding.code] === 'wrong' ? '✗' : '?'} ${finding.where}: ${what}`)
    const isLastAlike = findings.findIndex((other, later) => later > at && other.code === finding.code) < 0
    const alike = findings.filter((other) => other.code === finding.code).length
    if (!isLastAlike) continue
    const more = Number(finding.values.alike ?? alike) - alike
    if (more > 0) lines.push(`  ${filled(words.frame.alike, { more })}`)
    lines.push(`  ${words.frame.means}${means}`)
  }
  const verdict = code === exitCodes.sound ? words.frame.sound : code === exitCodes.wrong ? words.frame.wrong : words.frame.doubtful
  return `${[...lines, verdict].join('\n')}\n`
}
