import { createRoute } from '@tanstack/react-router'
import { type Entry, pageOf } from '../../frame/feature.ts'
import { inside } from '../../frame/inside.tsx'
import { readWords } from '../../i18n/i18n.ts'

const desk = createRoute({
  getParentRoute: () => inside,
  path: '/guidance',
  // Its parts are those of the appointments and the policies, and so are their words.
  loader: async () => {
    await Promise.all([readWords('appointments'), readWords('policies')])
  },
  component: pageOf('guidance', () => import('./guidance.tsx'), 'GuidancePage'),
})

const entry: Entry = {
  name: 'guidance',
  to: '/guidance',
  icon: 'M4 21h9M7 5l6 6M5 11l6-6M9 3l6 6M3 9l6 6M13 11l7 7',
  group: 'oversight',
  permission: 'appointments:recommend',
}

export const guidance = { routes: [desk], entries: [entry] } as const
