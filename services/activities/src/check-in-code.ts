import { createHmac } from 'node:crypto'

/** How long one code is shown. The one before it is accepted too, for those who are typing. */
export const codeSeconds = 30

/** How many codes back a code is called expired rather than unknown: an hour. */
const remembered = 3_600 / codeSeconds

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** The code of an activity at a moment: 8 letters of Crockford's alphabet, so that it can be read aloud. `back` = that many codes earlier. */
export const codeAt = (master: Buffer, activity: string, at: string, back = 0): string => {
  const secret = createHmac('sha256', master).update(activity).digest()
  const digest = createHmac('sha256', secret)
    .update(String(windowOf(at) - back))
    .digest()
  return [...digest.subarray(0, 8)].map((byte) => alphabet[byte % 32]).join('')
}

/** What the organizer's screen shows: the code, the text of its QR picture, and until when the code is the newest. */
export const shownCode = (master: Buffer, activity: string, at: string): { code: string; payload: string; validUntil: string } => {
  const code = codeAt(master, activity, at)
  return { code, payload: `${activity}/${code}`, validUntil: new Date((windowOf(at) + 1) * codeSeconds * 1000).toISOString() }
}

export type CodeVerdict = 'valid' | 'expired' | 'another-activity' | 'wrong'

/** Judges what was scanned (a payload) or typed (a bare code) for `activity`; `others` are the activities it may have been mistaken for. */
export const judgeCode = (master: Buffer, activity: string, scanned: string, at: string, others: readonly string[]): CodeVerdict => {
  const [named, code] = scanned.includes('/') ? (scanned.split('/', 2) as [string, string]) : [activity, scanned]
  if (named !== activity) return 'another-activity'
  const typed = code.trim().toUpperCase()
  for (let back = 0; back <= remembered; back++) if (codeAt(master, activity, at, back) === typed) return back <= 1 ? 'valid' : 'expired'
  return others.some((other) => codeAt(master, other, at) === typed || codeAt(master, other, at, 1) === typed) ? 'another-activity' : 'wrong'
}

const windowOf = (at: string): number => Math.floor(Date.parse(at) / 1000 / codeSeconds)
