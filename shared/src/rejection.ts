/** A refusal's text in both languages; `{name}` is filled from the parameters. */
export type Wording = {
  readonly status: 400 | 401 | 403 | 404 | 405 | 409 | 410 | 412 | 413 | 414 | 415 | 422 | 428 | 429 | 500 | 502 | 503 | 504
  readonly en: string
  readonly zh: string
}

/** A decision that was refused by a rule. Becomes problem details (RFC 9457) at the door; never a 500. */
export class Rejection extends Error {
  readonly code: string
  readonly wording: Wording
  readonly params: Readonly<Record<string, unknown>>

  constructor(code: string, wording: Wording, params: Readonly<Record<string, unknown>> = {}) {
    super(fill(wording.en, params))
    this.name = 'Rejection'
    this.code = code
    this.wording = wording
    this.params = params
  }
}

export const fill = (text: string, params: Readonly<Record<string, unknown>>): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in params ? String(params[name]) : whole))

/**
 * Declares a service's refusals once and returns the function that throws them by code:
 * `const reject = rejections({ 'activity-full': { status: 409, en: '…', zh: '…' } })`, then `throw reject('activity-full', { capacity })`.
 */
export const rejections = <const Table extends Record<string, Wording>>(table: Table) => {
  const reject = (code: keyof Table & string, params?: Readonly<Record<string, unknown>>): Rejection => new Rejection(code, table[code] as Wording, params)
  return Object.assign(reject, { table: table as Record<string, Wording> })
}
