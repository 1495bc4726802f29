import { createRoute } from '@tanstack/react-router'
import { type Entry, type Finder, pageOf } from '../../frame/feature.ts'
import { inside } from '../../frame/inside.tsx'
import { searchOf } from './search.ts'

const all = createRoute({
  getParentRoute: () => inside,
  path: '/activities',
  validateSearch: searchOf,
  component: pageOf('activities', () => import('./activities.tsx'), 'ActivitiesPage'),
})
const proposal = createRoute({
  getParentRoute: () => inside,
  path: '/activities/new',
  component: pageOf('activities', () => import('./proposal.tsx'), 'ProposalPage'),
})
const one = createRoute({
  getParentRoute: () => inside,
  path: '/activities/$activity',
  component: pageOf('activities', () => import('./activity.tsx'), 'ActivityPage'),
})

const entries: readonly Entry[] = [
  { name: 'activities', to: '/activities', icon: 'M4 6h16v14H4zM4 10h16M9 3v5M15 3v5', group: 'work', permission: 'activities:read' },
  { name: 'activity-proposal', to: '/activities/new', icon: 'M12 5v14M5 12h14', group: 'work', permission: 'activities:propose', hidden: true },
]

const finder: Finder = {
  permission: 'activities:read',
  find: async (client, asked, language) => {
    const [{ reading }, { units }] = await Promise.all([import('../../api/read.ts'), import('../../api/organization.ts')])
    const [{ items }, tree] = await Promise.all([client.fetchQuery(reading('/activities', { query: { q: asked, limit: 5 } })), client.fetchQuery(units())])
    const zones = new Map(tree.items.map(({ id, timezone }) => [id, timezone]))
    return items.map(({ id, unit, title, startsAt }) => ({
      id: `activity.${id}`,
      label: language.startsWith('zh') ? title.zh : title.en,
      note: new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: zones.get(unit) ?? 'UTC' }).format(new Date(startsAt)),
      to: `/activities/${encodeURIComponent(id)}`,
    }))
  },
}

export const activities = { routes: [all, proposal, one], entries, finders: [finder] } as const
