import { createRoute } from '@tanstack/react-router'
import { type Entry, type Finder, pageOf } from '../../frame/feature.ts'
import { inside } from '../../frame/inside.tsx'
import { documentKinds } from '../../parts/document-kinds.ts'

export const statuses = ['draft', 'submitted', 'returned', 'approved', 'filed'] as const
export type DocumentSearch = {
  readonly q?: string
  readonly kind?: (typeof documentKinds)[number]
  readonly status?: (typeof statuses)[number]
  readonly issuer?: string
  readonly author?: 'me'
}
type DraftSearch = { readonly unit?: string; readonly kind?: (typeof documentKinds)[number]; readonly activity?: string }

const text = (given: unknown): string | undefined => (typeof given === 'string' && given !== '' ? given : undefined)
const set = <Search extends object>(search: { [Name in keyof Search]: Search[Name] | undefined }): Search =>
  Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined)) as Search

const list = createRoute({
  getParentRoute: () => inside,
  path: '/documents',
  validateSearch: ({ q, kind, status, issuer, author }: Record<string, unknown>): DocumentSearch =>
    set<DocumentSearch>({
      q: text(q),
      kind: documentKinds.find((each) => each === kind),
      status: statuses.find((each) => each === status),
      issuer: text(issuer),
      author: author === 'me' ? 'me' : undefined,
    }),
  component: pageOf('documents', () => import('./documents.tsx'), 'DocumentsPage'),
})
const draft = createRoute({
  getParentRoute: () => inside,
  path: '/documents/draft',
  validateSearch: ({ unit, kind, activity }: Record<string, unknown>): DraftSearch =>
    set<DraftSearch>({ unit: text(unit), kind: documentKinds.find((each) => each === kind), activity: text(activity) }),
  component: pageOf('documents', () => import('./draft.tsx'), 'DraftPage'),
})
const one = createRoute({
  getParentRoute: () => inside,
  path: '/documents/$document',
  component: pageOf('documents', () => import('./document.tsx'), 'DocumentPage'),
})

const entries: readonly Entry[] = [
  { name: 'documents', to: '/documents', icon: 'M6 3h9l4 4v14H6zM15 3v4h4M9 12h7M9 16h7', group: 'work', permission: 'documents:read' },
  { name: 'document-draft', to: '/documents/draft', icon: 'M12 5v14M5 12h14', group: 'work', permission: 'documents:draft', hidden: true },
]

const finder: Finder = {
  permission: 'documents:read',
  find: async (client, asked) => {
    const { reading } = await import('../../api/read.ts')
    const { items } = await client.fetchQuery(reading('/documents', { query: { q: asked, limit: 5 } }))
    return items.map((row) => ({ id: `document.${row.id}`, label: row.title, note: row.label ?? '', to: `/documents/${encodeURIComponent(row.id)}` }))
  },
}

export const documents = { routes: [list, draft, one], entries, finders: [finder] } as const
