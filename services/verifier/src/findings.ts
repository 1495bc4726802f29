/** What is wrong, `where`, and the values that its words name. */
export type Finding = { readonly code: FindingCode; readonly where: string; readonly values: Readonly<Record<string, string | number>> }

/**
 * Every finding there is. `wrong`: the log, proof or receipt is not what it claims to be. `doubt`: nothing contradicts it, but too few vouch
 * for it, or it is too old to say.
 */
export const gravity = {
  'checkpoint-malformed': 'wrong',
  'checkpoint-forged': 'wrong',
  'checkpoint-unsigned': 'wrong',
  'too-few-cosignatures': 'doubt',
  'too-old': 'doubt',
  'from-the-future': 'wrong',
  'file-missing': 'wrong',
  'bundle-broken': 'wrong',
  'entry-malformed': 'wrong',
  'tile-differs': 'wrong',
  'older-file-differs': 'wrong',
  'root-differs': 'wrong',
  'tiles-root-differs': 'wrong',
  'position-differs': 'wrong',
  'version-differs': 'wrong',
  'previous-differs': 'wrong',
  'read-missing': 'wrong',
  'read-differs': 'wrong',
  'cut-since': 'wrong',
  'forked-since': 'wrong',
  'other-log': 'wrong',
  'not-in-the-log': 'wrong',
  'proof-malformed': 'wrong',
  'proof-false': 'wrong',
  'proof-of-another-entry': 'wrong',
  inconsistent: 'wrong',
  'receipt-malformed': 'wrong',
  'receipt-forged': 'wrong',
  'receipt-of-another-log': 'wrong',
  'receipt-overdue': 'wrong',
  'erasure-unauthorised': 'wrong',
  'erasure-unfinished': 'doubt',
  'sealed-after-erasure': 'wrong',
  'kept-after-erasure': 'wrong',
  'record-not-logged': 'wrong',
  'bundle-differs': 'wrong',
  'statement-forged': 'wrong',
  'state-differs': 'wrong',
} as const satisfies Readonly<Record<string, 'wrong' | 'doubt'>>

export type FindingCode = keyof typeof gravity

/** What the program ends with; the README and `--help` tell them. */
export const exitCodes = { sound: 0, misused: 1, wrong: 2, unreadable: 3, doubtful: 4 } as const

/** The exit code of findings. */
export const exitOf = (findings: readonly Finding[]): number => {
  if (findings.some(({ code }) => gravity[code] === 'wrong')) return exitCodes.wrong
  return findings.length > 0 ? exitCodes.doubtful : exitCodes.sound
}

/** Gathers findings, at most `most` of a kind: a log that is wrong everywhere is told by its first faults. */
export const findingsUpTo = (
  most: number,
): { readonly add: (code: FindingCode, where: string, values?: Finding['values']) => void; readonly all: () => Finding[] } => {
  const kept: Finding[] = []
  const counts = new Map<FindingCode, number>()
  return {
    add: (code, where, values = {}) => {
      const count = (counts.get(code) ?? 0) + 1
      counts.set(code, count)
      if (count <= most) kept.push({ code, where, values })
    },
    all: () => kept.map((finding) => ({ ...finding, values: { ...finding.values, alike: counts.get(finding.code) as number } })),
  }
}
