import type { Label } from '@collegium/shared/schema.ts'

export const kinds = ['notice', 'plan', 'summary', 'report', 'minutes', 'regulation', 'request', 'reply'] as const
export type Kind = (typeof kinds)[number]

/** The word of each kind in a document's number. */
const words: Readonly<Record<Kind, string>> = {
  notice: '通',
  plan: '计',
  summary: '总',
  report: '报',
  minutes: '纪',
  regulation: '规',
  request: '请',
  reply: '复',
}

/** `学生会通〔2026〕12号`: the issuer, the kind's word, the year, the number. */
export const labelOf = (issuer: Label, kind: Kind, year: number, number: number): string => `${issuer.zh}${words[kind]}〔${year}〕${number}号`

/** How long a kind is kept, in years; 0 = for ever. */
export const retentionPolicy = (kind: Kind): string => `retention.${kind}.years`
