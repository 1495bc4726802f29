import type { Random } from '../sample/random.ts'
import type { Entry } from './journal.ts'

/** What a client may send next: who, where, what, and how its effect is recognised in history. */
export type Draft = Pick<Entry, 'kind' | 'person' | 'path' | 'body' | 'fact' | 'mark'> & { readonly headers?: Readonly<Record<string, string>> }

/** Makes a command from what was acknowledged so far; null where nothing is there for it to be about. */
type Kind = { readonly kind: string; readonly weight: number; readonly make: (mark: string, known: readonly Entry[], random: Random) => Draft | null }

const unit = 'north-su-tea'
const later = (ms: number): string => new Date(Date.now() + ms).toISOString()
const dayMs = 86_400_000

const some = (known: readonly Entry[], kind: string, random: Random): Entry | null => {
  const of = known.filter((entry) => entry.kind === kind && entry.answer === 'acknowledged')
  return of.length === 0 ? null : random.pick(of)
}

/** Documents go their way in steps: the next one that has not been sent yet. */
const next = (known: readonly Entry[], done: string, to: string): Entry | null => {
  const sent = new Set(known.filter((entry) => entry.kind === to).map((entry) => entry.mark))
  return known.find((entry) => entry.kind === done && entry.answer === 'acknowledged' && !sent.has(entry.id as string)) ?? null
}

const dutyAssigned = 'activities.duty-assigned.v1'
const progressed = 'activities.duty-progressed.v1'

const kinds: readonly Kind[] = [
  {
    kind: 'duty',
    weight: 8,
    make: (mark) => ({
      kind: 'duty',
      person: 'head',
      path: '/duties',
      body: { unit, title: mark, owner: 'officer', due: later(20 * dayMs) },
      fact: dutyAssigned,
      mark,
    }),
  },
  {
    // Many facts of one stream, so that their order can be wrong.
    kind: 'progress',
    weight: 8,
    make: (mark, known, random) => {
      const duty = some(known.slice(0, 200), 'duty', random)
      return duty && { kind: 'progress', person: 'officer', path: `/duties/${duty.id}/progress`, body: { note: mark }, fact: progressed, mark }
    },
  },
  {
    kind: 'shift',
    weight: 3,
    make: (mark, _known, random) => ({
      kind: 'shift',
      person: 'host',
      path: '/shifts',
      body: {
        unit,
        title: { en: mark, zh: mark },
        category: 'community',
        place: 'The tea house',
        from: later(-1_800_000),
        to: later(3_000 + random.below(12_000)),
        seats: 2,
      },
      fact: 'volunteers.shift-opened.v1',
      mark,
    }),
  },
  {
    kind: 'document',
    weight: 2,
    make: (mark) => ({
      kind: 'document',
      person: 'head',
      path: '/documents',
      body: { unit, kind: 'summary', title: mark, text: 'All cups counted.' },
      fact: 'documents.document-drafted.v1',
      mark,
    }),
  },
  {
    kind: 'submission',
    weight: 3,
    make: (_mark, known) => {
      const document = next(known, 'document', 'submission')
      return (
        document && {
          kind: 'submission',
          person: 'head',
          path: `/documents/${document.id}/submission`,
          body: { approvers: ['president'] },
          fact: 'documents.document-submitted.v1',
          mark: document.id as string,
        }
      )
    },
  },
  {
    kind: 'approval',
    weight: 3,
    make: (_mark, known) => {
      const document = next(known, 'submission', 'approval')
      return (
        document && {
          kind: 'approval',
          person: 'president',
          path: `/documents/${document.id}/approval`,
          body: {},
          fact: 'documents.document-approved-by.v1',
          mark: document.id as string,
        }
      )
    },
  },
  {
    kind: 'duty in the past (refused)',
    weight: 1,
    make: (mark) => ({
      kind: 'duty in the past (refused)',
      person: 'head',
      path: '/duties',
      body: { unit, title: mark, owner: 'officer', due: later(-dayMs) },
      fact: dutyAssigned,
      mark,
    }),
  },
  {
    kind: 'progress on what was not seen (refused)',
    weight: 1,
    make: (mark, known, random) => {
      const duty = some(known.slice(0, 200), 'duty', random)
      const draft = { kind: 'progress on what was not seen (refused)', person: 'officer', body: { note: mark }, fact: progressed, mark }
      return duty && { ...draft, path: `/duties/${duty.id}/progress`, headers: { 'if-match': '"99999"' } }
    },
  },
]

const drawn = kinds.flatMap((each) => Array.from({ length: each.weight }, () => each))

/** Who sends them. */
export const people = ['head', 'officer', 'host', 'president'] as const

/** A command, drawn; its mark stands in no other. */
export const draw = (mark: string, known: readonly Entry[], random: Random): Draft => {
  for (;;) {
    const draft = random.pick(drawn).make(mark, known, random)
    if (draft !== null) return draft
  }
}

/** The mark in a fact's data, where a command of the journal could have made it. */
export const markIn = (type: string, data: any): string | null => {
  switch (type) {
    case dutyAssigned:
    case 'documents.document-drafted.v1':
      return data.title
    case progressed:
      return data.note
    case 'volunteers.shift-opened.v1':
      return data.title?.en ?? null
    case 'documents.document-submitted.v1':
    case 'documents.document-approved-by.v1':
      return data.document
    default:
      return null
  }
}
