import { createRoute } from '@tanstack/react-router'
import { type Entry, pageOf } from '../../frame/feature.ts'
import { inside } from '../../frame/inside.tsx'

export const whose = ['mine', 'up', 'assigned', 'unit'] as const
export const states = ['unfulfilled', 'overdue', 'fulfilled'] as const
export type DutySearch = { readonly whose?: (typeof whose)[number]; readonly state?: (typeof states)[number]; readonly unit?: string }

const oneOf = <Each extends string>(all: readonly Each[], given: unknown): Each | undefined => all.find((each) => each === given)

const list = createRoute({
  getParentRoute: () => inside,
  path: '/duties',
  validateSearch: ({ whose: asked, state, unit }: Record<string, unknown>): DutySearch => {
    const [by, how] = [oneOf(whose, asked), oneOf(states, state)]
    return { ...(by ? { whose: by } : {}), ...(how ? { state: how } : {}), ...(typeof unit === 'string' && unit !== '' ? { unit } : {}) }
  },
  component: pageOf('duties', () => import('./duties.tsx'), 'DutiesPage'),
})

const entry: Entry = {
  name: 'duties',
  to: '/duties',
  icon: 'M5 4h14v17H5zM8 9l1.5 1.5L12 8M8 15l1.5 1.5L12 14M14 10h3M14 16h3',
  group: 'work',
  permission: 'duties:work',
}

export const duties = { routes: [list], entries: [entry] } as const
