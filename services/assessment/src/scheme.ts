import { aggregate, commandsOf } from '@collegium/shared/aggregate.ts'
import { Id, Label, OneOf } from '@collegium/shared/schema.ts'
import Type from 'typebox'
import type { Ask } from './ask.ts'
import { type SchemeEvent, schemeAdopted, schemeDrafted } from './events.ts'
import { reject } from './rejections.ts'
import { evolve, type SchemeState, type SubjectKind } from './scheme-state.ts'
import type { Criterion, Source } from './scoring.ts'

/** By what a unit assesses activities or people. An adopted revision never changes again: whatever was scored by it can be scored anew. */

/** What can be said of each kind of subject. */
const sources: Readonly<Record<SubjectKind, readonly Source[]>> = {
  activity: ['attendance', 'duties', 'satisfaction', 'thrift'],
  person: ['attendance', 'duties', 'satisfaction', 'thrift', 'hours'],
}

const Criteria = Type.Array(
  Type.Object({
    id: Id,
    name: Label,
    source: OneOf('attendance', 'duties', 'satisfaction', 'thrift', 'hours'),
    weight: Type.Integer({ minimum: 1, maximum: 100, description: 'Per cent; all together are 100.' }),
    scale: Type.Object(
      { from: Type.Number(), to: Type.Number() },
      { description: 'The value that earns nothing, and the one that earns all. Shares run from 0 to 1 (thrift: spent of budget), hours are hours.' },
    ),
  }),
  { minItems: 1, maxItems: 20 },
)

const drafted = (scheme: string, name: { en: string; zh: string }, subject: SubjectKind, criteria: readonly Criterion[], revision: number): SchemeEvent => {
  const ids = criteria.map((each) => each.id)
  if (new Set(ids).size < ids.length) throw reject('same-criterion-twice', { ids: ids.join(', ') })
  const sum = criteria.reduce((total, each) => total + each.weight, 0)
  if (sum !== 100) throw reject('weights-off', { sum })
  for (const { id, scale } of criteria) if (scale.from === scale.to) throw reject('flat-scale', { criterion: id, from: scale.from })
  const odd = criteria.find((each) => !sources[subject].includes(each.source))
  if (odd) throw reject('source-not-for-subject', { subject, allowed: sources[subject].join(', '), source: odd.source })
  return {
    type: 'assessment.scheme-drafted.v1',
    data: {
      scheme,
      name: { en: name.en, zh: name.zh },
      subject,
      criteria: criteria.map(({ id, name, source, weight, scale }) => ({
        id,
        name: { en: name.en, zh: name.zh },
        source,
        weight,
        scale: { from: scale.from, to: scale.to },
      })),
      revision,
    },
  }
}

const command = commandsOf<SchemeState, SchemeEvent, Ask>()

export const draftScheme = command({
  route: 'POST /schemes',
  permission: 'schemes:draft',
  input: Type.Object({ unit: Id, name: Label, subject: OneOf('activity', 'person'), criteria: Criteria }),
  decide: (state, { name, subject, criteria }, { id }) => (state.status === 'none' ? [drafted(id, name, subject, criteria, 1)] : []),
})

/** A draft is replaced; after an adoption a new revision begins beside it. */
export const reviseScheme = command({
  route: 'POST /schemes/:id/revisions',
  permission: 'schemes:draft',
  input: Type.Object({ name: Type.Optional(Label), criteria: Criteria }),
  decide: (state, { name, criteria }, { id }) => {
    if (state.status === 'none') throw reject('unknown-scheme', { scheme: id })
    const event = drafted(id, name ?? state.name, state.subject, criteria, state.status === 'draft' ? state.latest : state.latest + 1)
    const isSame =
      event.type === 'assessment.scheme-drafted.v1' &&
      JSON.stringify([event.data.name, event.data.criteria]) === JSON.stringify([state.name, state.revisions[state.latest]])
    return isSame ? [] : [event]
  },
})

export const adoptScheme = command({
  route: 'POST /schemes/:id/adoption',
  permission: 'schemes:adopt',
  input: Type.Object({ revision: Type.Integer({ minimum: 1, description: 'The one that was read; another one is refused.' }) }),
  decide: (state, { revision }, { id }) => {
    if (state.status === 'none') throw reject('unknown-scheme', { scheme: id })
    if (state.adopted.includes(revision)) return []
    if (revision !== state.latest) throw reject('not-latest-revision', { latest: state.latest, came: revision })
    return [{ type: 'assessment.scheme-adopted.v1', data: { scheme: id, revision } }]
  },
})

export const scheme = aggregate<SchemeState, SchemeEvent>({
  name: 'scheme',
  path: '/schemes',
  read: 'assessments:read',
  // Whoever drafts or adopts schemes at a unit reads those that stand there.
  readToo: ['schemes:draft', 'schemes:adopt'],
  events: [schemeDrafted, schemeAdopted],
  initial: () => ({ status: 'none' }),
  evolve,
  commands: { draftScheme, reviseScheme, adoptScheme },
})
