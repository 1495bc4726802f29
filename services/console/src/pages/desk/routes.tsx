import { createRoute } from '@tanstack/react-router'
import { type Entry, pageOf } from '../../frame/feature.ts'
import { inside } from '../../frame/inside.tsx'
import { readWords } from '../../i18n/i18n.ts'

type DeskSearch = { readonly issuer?: string }

const desk = createRoute({
  getParentRoute: () => inside,
  path: '/desk',
  validateSearch: ({ issuer }: Record<string, unknown>): DeskSearch => (typeof issuer === 'string' && issuer !== '' ? { issuer } : {}),
  // Its cards are those of documents, meetings and duties, and so are their words.
  loader: async () => {
    await Promise.all([readWords('documents'), readWords('meetings'), readWords('duties')])
  },
  component: pageOf('desk', () => import('./desk.tsx'), 'DeskPage'),
})

const entry: Entry = { name: 'desk', to: '/desk', icon: 'M3 8h18v4H3zM5 12v8M19 12v8M9 12v4h6v-4M8 8V4h8v4', group: 'work', permission: 'documents:void' }

export const secretary = { routes: [desk], entries: [entry] } as const
