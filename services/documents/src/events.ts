import { event } from '@collegium/shared/aggregate.ts'
import { erasureAppliedBy } from '@collegium/shared/erasure/facts.ts'
import { Id, Line, OneOf, Text } from '@collegium/shared/schema.ts'
import Type from 'typebox'

// Facts, stored for ever: a published one is never edited; a change is a new `.vN`.

const Kind = OneOf('notice', 'plan', 'summary', 'report', 'minutes', 'regulation', 'request', 'reply')
const About = Type.Union([
  Type.Object({ service: Id, kind: Id, id: Id }, { description: 'The aggregate, of any service, that the document is about.' }),
  Type.Null(),
])
/** A calendar year that numbers are counted in. */
export const Year = Type.Integer({ minimum: 1900, maximum: 9999 })
/** A number within its register, from 1. */
export const Ordinal = Type.Integer({ minimum: 1 })

export const documentDrafted = event(
  'documents.document-drafted.v1',
  Type.Object({
    document: Id,
    kind: Kind,
    title: Line,
    text: Text,
    about: About,
    issuer: Id,
    language: OneOf('zh-CN', 'en'),
    author: Type.Union([Id, Type.Null()]),
  }),
)
export const documentRevised = event(
  'documents.document-revised.v1',
  Type.Object({ document: Id, title: Line, text: Text, revision: Type.Integer({ minimum: 2 }) }),
)
export const documentSubmitted = event('documents.document-submitted.v1', Type.Object({ document: Id, approvers: Type.Array(Id) }))
export const documentApprovedBy = event('documents.document-approved-by.v1', Type.Object({ document: Id, person: Id }))
export const documentReturned = event('documents.document-returned.v1', Type.Object({ document: Id, ground: Text }))
export const documentApproved = event('documents.document-approved.v1', Type.Object({ document: Id }))

export const numberAssigned = event(
  'documents.number-assigned.v1',
  Type.Object({ register: Id, issuer: Id, kind: Kind, year: Year, number: Ordinal, document: Id, label: Line }),
)
export const numberVoided = event('documents.number-voided.v1', Type.Object({ register: Id, number: Ordinal, document: Id, ground: Text }))

export const documentFiled = event(
  'documents.document-filed.v1',
  Type.Object({
    document: Id,
    kind: Kind,
    title: Line,
    issuer: Id,
    year: Year,
    number: Ordinal,
    label: Line,
    about: About,
    retention: Type.Integer({ minimum: 0, description: 'Years that it is kept; 0 = for ever.' }),
  }),
)

/** What was personal about somebody is gone from here. */
export const erasureApplied = erasureAppliedBy('documents')
