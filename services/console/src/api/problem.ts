/** One fault of an input, as the API tells it. */
export type InputFault = { readonly pointer: string; readonly detail: string; readonly rule?: string }

type Told = {
  readonly status: number
  readonly code: string
  readonly title?: string
  readonly detail?: string
  readonly traceId?: string
  readonly errors?: readonly InputFault[]
  readonly params?: Readonly<Record<string, unknown>>
  readonly language?: string
}

/** A refusal in the reader's language (RFC 9457), or `unreachable` with status 0 where no answer came at all. */
export class Problem extends Error {
  readonly status: number
  readonly code: string
  readonly title: string
  readonly traceId: string | null
  readonly faults: readonly InputFault[]
  /** What the words were filled with: permission, unit and posts of a 403, for example. */
  readonly params: Readonly<Record<string, unknown>>
  /** What its words are in; null where it has none of its own. */
  readonly language: string | null

  constructor(told: Told) {
    super(told.detail ?? '')
    this.name = 'Problem'
    this.status = told.status
    this.code = told.code
    this.title = told.title ?? ''
    this.traceId = told.traceId ?? null
    this.faults = told.errors ?? []
    this.params = told.params ?? {}
    this.language = told.language ?? null
  }
}

/** Reads what stands in a refused answer; a proxy's page instead of a problem still becomes one. `language` is that which was asked for. */
export const problemOf = async (response: Response, language = document.documentElement.lang): Promise<Problem> => {
  const told = (await response.json().catch(() => ({}))) as Partial<Told>
  return new Problem({ code: 'unexpected', ...told, status: response.status, language })
}

/** Was it told before the reader chose another language? Its words are then no words for the reader. */
export const isForeign = (problem: Problem | null, language: string): boolean => problem !== null && problem.language !== null && problem.language !== language
