import { type Actor, aggregate, commandsOf } from '@collegium/shared/aggregate.ts'
import { Id, Line, OneOf, Text } from '@collegium/shared/schema.ts'
import Type from 'typebox'
import { type Document, type DocumentEvent, type DocumentStatus, type DraftedDocument, documentEvents, evolve, initial } from './document-state.ts'
import { Ordinal, Year } from './events.ts'
import { kinds, retentionPolicy } from './kinds.ts'
import { reject } from './rejections.ts'

const command = commandsOf<Document, DocumentEvent>()

const standing = (document: Document, ...allowed: DocumentStatus[]): DraftedDocument => {
  if (document.status === 'none' || !allowed.includes(document.status))
    throw reject('wrong-document-status', { status: document.status, allowed: allowed.join(', ') })
  return document
}

const ofAuthor = ({ author }: DraftedDocument, actor: Actor): void => {
  if (author !== null && actor.person !== author) throw reject('not-the-author', { author })
}

const About = Type.Object({ service: Id, kind: Id, id: Id }, { description: 'What it is about: an aggregate of any service.' })

export const draftDocument = command({
  route: 'POST /documents',
  permission: 'documents:draft',
  input: Type.Object({
    unit: Type.String({ ...Id, description: 'The issuer.' }),
    kind: OneOf(...kinds),
    title: Line,
    text: Text,
    about: Type.Optional(About),
    language: Type.Optional(OneOf('zh-CN', 'en')),
  }),
  decide: (document, { unit: issuer, kind, title, text, about, language = 'zh-CN' }, { id, actor }) => {
    if (document.status !== 'none') return []
    if (kind === 'minutes') throw reject('minutes-come-from-meetings')
    const subject = about ? { service: about.service, kind: about.kind, id: about.id } : null
    return [{ type: 'documents.document-drafted.v1', data: { document: id, kind, title, text, about: subject, issuer, language, author: actor.person } }]
  },
})

export const reviseDocument = command({
  route: 'PUT /documents/:id',
  permission: 'documents:draft',
  input: Type.Object({ title: Line, text: Text }),
  decide: (document, { title, text }, { id, actor }) => {
    const draft = standing(document, 'draft', 'returned')
    ofAuthor(draft, actor)
    if (draft.title === title && draft.text === text) return []
    return [{ type: 'documents.document-revised.v1', data: { document: id, title, text, revision: draft.revision + 1 } }]
  },
})

export const submitDocument = command({
  route: 'POST /documents/:id/submission',
  permission: 'documents:draft',
  input: Type.Object({ approvers: Type.Array(Id, { minItems: 1, maxItems: 20, uniqueItems: true }) }),
  decide: (document, { approvers }, { id, actor }) => {
    if (document.status === 'submitted' && document.approvers.join() === approvers.join()) return []
    const draft = standing(document, 'draft', 'returned')
    ofAuthor(draft, actor)
    const author = draft.author ?? actor.person
    if (author !== null && approvers.includes(author)) throw reject('author-approves', { author })
    return [{ type: 'documents.document-submitted.v1', data: { document: id, approvers } }]
  },
})

/** The person, if the document waits for their word. */
const asked = (document: DraftedDocument, { person }: Actor): string => {
  const waiting = document.approvers.filter((each) => !document.approvedBy.includes(each))
  if (person === null || !waiting.includes(person)) throw reject('not-an-approver', { waiting: waiting.join(', ') })
  return person
}

export const approveDocument = command({
  route: 'POST /documents/:id/approval',
  permission: 'documents:approve',
  input: Type.Object({}),
  decide: (document, _input, { id, actor }) => {
    if (document.status !== 'none' && actor.person !== null && document.approvedBy.includes(actor.person)) return []
    const submitted = standing(document, 'submitted')
    const person = asked(submitted, actor)
    const last = submitted.approvedBy.length + 1 === submitted.approvers.length
    return [
      { type: 'documents.document-approved-by.v1', data: { document: id, person } },
      ...(last ? [{ type: 'documents.document-approved.v1' as const, data: { document: id } }] : []),
    ]
  },
})

export const returnDocument = command({
  route: 'POST /documents/:id/return',
  permission: 'documents:approve',
  input: Type.Object({ ground: Text }),
  decide: (document, { ground }, { id, actor }) => {
    if (document.status === 'returned' && document.ground === ground) return []
    asked(standing(document, 'submitted'), actor)
    return [{ type: 'documents.document-returned.v1', data: { document: id, ground } }]
  },
})

/** The chair has approved a meeting's minutes: they need nobody else here, only a number. */
export const takeMinutes = command({
  route: 'internal',
  permission: 'system',
  input: Type.Object({ unit: Id, meeting: Id, title: Line, text: Text, author: Type.Union([Id, Type.Null()]), chair: Type.Union([Id, Type.Null()]) }),
  decide: (document, { unit: issuer, meeting, title, text, author, chair }, { id }) => {
    if (document.status !== 'none') return []
    const about = { service: 'activities', kind: 'meeting', id: meeting }
    return [
      { type: 'documents.document-drafted.v1', data: { document: id, kind: 'minutes', title, text, about, issuer, language: 'zh-CN', author } },
      ...(chair === null ? [] : [{ type: 'documents.document-approved-by.v1' as const, data: { document: id, person: chair } }]),
      { type: 'documents.document-approved.v1', data: { document: id } },
    ]
  },
})

/** The register has given the number. */
export const fileDocument = command({
  route: 'internal',
  permission: 'system',
  input: Type.Object({ year: Year, number: Ordinal, label: Line }),
  decide: (document, { year, number, label }, { id, policy }) => {
    if (document.status === 'filed') return []
    const { kind, title, issuer, about } = standing(document, 'approved')
    const retention = policy(retentionPolicy(kind))
    return [{ type: 'documents.document-filed.v1', data: { document: id, kind, title, issuer, year, number, label, about, retention } }]
  },
})

export const document = aggregate<Document, DocumentEvent>({
  name: 'document',
  path: '/documents',
  read: 'documents:read',
  events: documentEvents,
  initial,
  evolve,
  commands: { draftDocument, reviseDocument, submitDocument, approveDocument, returnDocument, takeMinutes, fileDocument },
})
