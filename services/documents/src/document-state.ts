import type { EventOf } from '@collegium/shared/aggregate.ts'
import type { Static } from 'typebox'
import { documentApproved, documentApprovedBy, documentDrafted, documentFiled, documentReturned, documentRevised, documentSubmitted } from './events.ts'

export const documentEvents = [
  documentDrafted,
  documentRevised,
  documentSubmitted,
  documentApprovedBy,
  documentReturned,
  documentApproved,
  documentFiled,
] as const
export type DocumentEvent = EventOf<(typeof documentEvents)[number]>

export type DocumentStatus = 'draft' | 'submitted' | 'returned' | 'approved' | 'filed'
export type DraftedDocument = Omit<Static<typeof documentDrafted.schema>, 'document'> & {
  status: DocumentStatus
  revision: number
  approvers: string[]
  approvedBy: string[]
  ground: string | null
  filing: { year: number; number: number; label: string; retention: number } | null
}
export type Document = { status: 'none' } | DraftedDocument

export const initial = (): Document => ({ status: 'none' })

export const evolve = (document: Document, event: DocumentEvent): Document => {
  if (event.type === 'documents.document-drafted.v1') {
    const { document: _id, ...draft } = event.data
    return { ...draft, status: 'draft', revision: 1, approvers: [], approvedBy: [], ground: null, filing: null }
  }
  if (document.status === 'none') throw new Error(`${event.type} before the draft`)
  switch (event.type) {
    case 'documents.document-revised.v1': {
      const { title, text, revision } = event.data
      return Object.assign(document, { title, text, revision })
    }
    case 'documents.document-submitted.v1':
      return Object.assign(document, { status: 'submitted', approvers: event.data.approvers, approvedBy: [], ground: null })
    case 'documents.document-approved-by.v1':
      document.approvedBy.push(event.data.person)
      return document
    case 'documents.document-returned.v1':
      return Object.assign(document, { status: 'returned', approvedBy: [], ground: event.data.ground })
    case 'documents.document-approved.v1':
      return Object.assign(document, { status: 'approved' })
    case 'documents.document-filed.v1': {
      const { year, number, label, retention } = event.data
      return Object.assign(document, { status: 'filed', filing: { year, number, label, retention } })
    }
  }
}
