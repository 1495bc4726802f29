/** Tells how much of how much is done, in entries. */
export type Step = (what: string, done: number, total: number) => void

type Terminal = { readonly isTTY?: boolean; readonly columns?: number; readonly write: (text: string) => unknown }

/** A bar where somebody looks, and a line for each fifth of the way elsewhere; `end` leaves the line. */
export const progressOn = (out: Terminal): { readonly step: Step; readonly end: () => void } => {
  let last = ''
  const bar: Step = (what, done, total) => {
    const share = total === 0 ? 1 : done / total
    const width = Math.max(10, Math.min(40, (out.columns ?? 80) - what.length - 24))
    const full = Math.floor(share * width)
    const line = `\r${what} ${'█'.repeat(full)}${'░'.repeat(width - full)} ${`${Math.floor(share * 100)}`.padStart(3)}% ${done}`
    if (line !== last) out.write(line)
    last = line
  }
  const lines: Step = (what, done, total) => {
    const fifth = total === 0 ? 5 : Math.floor((done / total) * 5)
    const line = `${what} ${fifth * 20}%\n`
    // Small logs are done before a line would be of use.
    if (line !== last && total > 10_000) out.write(line)
    last = line
  }
  return { step: out.isTTY ? bar : lines, end: () => void (out.isTTY && last !== '' && out.write('\r\u001b[K')) }
}
