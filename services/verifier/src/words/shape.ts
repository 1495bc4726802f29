import type { FindingCode } from '../findings.ts'

/** What is found, and what it means to somebody who has never heard of trees of hashes. */
export type Words = {
  readonly findings: Readonly<Record<FindingCode, { readonly what: string; readonly means: string }>>
  readonly facts: Readonly<Record<string, string>>
  readonly commands: Readonly<Record<string, string>>
  readonly frame: Readonly<
    Record<'usage' | 'options' | 'exits' | 'misused' | 'unreadable' | 'sound' | 'doubtful' | 'wrong' | 'alike' | 'means' | 'unknown', string>
  >
  readonly exits: readonly string[]
}
