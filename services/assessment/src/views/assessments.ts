import { patch, put, view, when } from '@collegium/shared/view.ts'
import * as facts from '../events.ts'

/** Every scheme and every assessment with its last score. */
export const assessments = view({
  name: 'assessments',
  version: 1,
  tables: {
    scheme: {
      columns: { id: 'text', unit: 'text', name: 'jsonb', subject: 'text', status: 'text', revision: 'int', adopted: 'int' },
      key: ['id'],
      indexes: ['(unit)'],
    },
    assessment: {
      columns: {
        id: 'text',
        unit: 'text',
        subject_kind: 'text',
        subject_id: 'text',
        scheme: 'text',
        revision: 'int',
        starts_at: 'text',
        ends_at: 'text',
        opened_at: 'text',
        score: 'double precision',
        round: 'int',
        scored_at: 'text',
      },
      key: ['id'],
      indexes: ['(opened_at, id)', '(subject_id, scored_at)', '(unit)'],
    },
  },
  on: [
    when(facts.schemeDrafted, ({ data, unit }) =>
      data.revision === 1
        ? [put('scheme', { id: data.scheme, unit, name: data.name, subject: data.subject, status: 'draft', revision: 1 })]
        : [patch('scheme', { id: data.scheme }, { name: data.name, status: 'draft', revision: data.revision })],
    ),
    when(facts.schemeAdopted, ({ data }) => [patch('scheme', { id: data.scheme }, { status: 'adopted', adopted: data.revision })]),
    when(facts.assessmentOpened, ({ data, unit, occurred }) => [
      put('assessment', {
        id: data.assessment,
        unit,
        subject_kind: data.subject.kind,
        subject_id: data.subject.id,
        scheme: data.scheme,
        revision: data.revision,
        starts_at: data.from,
        ends_at: data.to,
        opened_at: occurred,
      }),
    ]),
    when(facts.assessmentScored, ({ data, occurred }) => [
      patch('assessment', { id: data.assessment }, { score: data.score, round: data.round, scored_at: occurred }),
    ]),
  ],
})
