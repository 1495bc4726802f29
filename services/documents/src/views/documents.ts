import { patch, put, remove, view, when } from '@collegium/shared/view.ts'
import * as facts from '../events.ts'
import { searchTerms } from '../search-terms.ts'

/** Every document as it stands, and what it can be found by. */
export const documents = view({
  name: 'documents',
  version: 2,
  tables: {
    document: {
      columns: {
        id: 'text',
        issuer: 'text',
        kind: 'text',
        status: 'text',
        title: 'text',
        language: 'text',
        author: 'text',
        about_service: 'text',
        about_kind: 'text',
        about_id: 'text',
        revision: 'integer',
        approvers: 'jsonb',
        year: 'integer',
        number: 'integer',
        label: 'text',
        retention: 'integer',
        filed_at: 'text',
        void: 'boolean',
        changed: 'text',
        terms: 'text[]',
        label_terms: 'text[]',
        stream: 'text',
        version: 'bigint',
      },
      key: ['id'],
      indexes: ['(issuer, changed)', '(changed, id)', '(about_id)', '(author)', 'using gin (terms)', 'using gin (label_terms)', 'using gin (approvers)'],
    },
    /** Who has approved the submission that runs. */
    approval: { columns: { document: 'text', person: 'text', at: 'text' }, key: ['document', 'person'] },
  },
  on: [
    when(facts.documentDrafted, (event) => {
      const { document, issuer, kind, title, text, language, author, about } = event.data
      return [
        put('document', {
          id: document,
          issuer,
          kind,
          status: 'draft',
          title,
          language,
          author,
          about_service: about?.service ?? null,
          about_kind: about?.kind ?? null,
          about_id: about?.id ?? null,
          revision: 1,
          void: false,
          changed: event.occurred,
          terms: searchTerms(`${title}\n${text}`),
          stream: event.stream,
          version: event.version,
        }),
      ]
    }),
    when(facts.documentRevised, (event) => {
      const { document, title, text, revision } = event.data
      const terms = searchTerms(`${title}\n${text}`)
      return [patch('document', { id: document }, { title, revision, terms, changed: event.occurred, version: event.version })]
    }),
    when(facts.documentSubmitted, (event) => [
      patch('document', { id: event.data.document }, { status: 'submitted', approvers: event.data.approvers, changed: event.occurred, version: event.version }),
      // A new submission is approved anew by all.
      ...event.data.approvers.map((person) => remove('approval', { document: event.data.document, person })),
    ]),
    when(facts.documentApprovedBy, ({ data, occurred }) => [put('approval', { document: data.document, person: data.person, at: occurred })]),
    when(facts.documentReturned, (event) => [
      patch('document', { id: event.data.document }, { status: 'returned', changed: event.occurred, version: event.version }),
    ]),
    when(facts.documentApproved, (event) => [
      patch('document', { id: event.data.document }, { status: 'approved', changed: event.occurred, version: event.version }),
    ]),
    when(facts.documentFiled, (event) => {
      const { document, year, number, label, retention } = event.data
      const filed = { status: 'filed', year, number, label, retention, label_terms: searchTerms(label), filed_at: event.occurred }
      return [patch('document', { id: document }, { ...filed, changed: event.occurred, version: event.version })]
    }),
  ],
})
