/** What a run may find broken. `delivery`: a fact that a reader does not have. `ghost`: something that was published and is no fact. `restless`: what did not come to rest. */
export type Finding = {
  readonly kind: 'lost' | 'doubled' | 'effect-of-refused' | 'ghost' | 'gap' | 'delivery' | 'inversion' | 'view' | 'hidden' | 'restless'
  readonly what: string
  /** The journal's number of the command that it is about. */
  readonly entry?: number
}

export const finding = (kind: Finding['kind'], what: string, entry?: number): Finding => ({ kind, what, ...(entry === undefined ? {} : { entry }) })
