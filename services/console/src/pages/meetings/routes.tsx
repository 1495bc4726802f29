import { createRoute } from '@tanstack/react-router'
import { type Entry, pageOf } from '../../frame/feature.ts'
import { inside } from '../../frame/inside.tsx'

export const shapes = ['list', 'calendar'] as const
export type MeetingSearch = { readonly as?: (typeof shapes)[number]; readonly month?: string; readonly unit?: string }

const list = createRoute({
  getParentRoute: () => inside,
  path: '/meetings',
  validateSearch: ({ as, month, unit }: Record<string, unknown>): MeetingSearch => ({
    ...(as === 'calendar' ? { as } : {}),
    ...(typeof month === 'string' && /^\d{4}-(0[1-9]|1[0-2])$/.test(month) ? { month } : {}),
    ...(typeof unit === 'string' && unit !== '' ? { unit } : {}),
  }),
  component: pageOf('meetings', () => import('./meetings.tsx'), 'MeetingsPage'),
})
const call = createRoute({
  getParentRoute: () => inside,
  path: '/meetings/call',
  component: pageOf('meetings', () => import('./call.tsx'), 'CallPage'),
})
const one = createRoute({
  getParentRoute: () => inside,
  path: '/meetings/$meeting',
  component: pageOf('meetings', () => import('./meeting.tsx'), 'MeetingPage'),
})

const entries: readonly Entry[] = [
  {
    name: 'meetings',
    to: '/meetings',
    icon: 'M4 18v-2a4 4 0 0 1 8 0v2M8 10a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM14 18v-1a4 4 0 0 1 6 0v1M16 11a2 2 0 1 0 0-4',
    group: 'work',
    permission: 'meetings:attend',
  },
  { name: 'call-meeting', to: '/meetings/call', icon: 'M12 5v14M5 12h14', group: 'work', permission: 'meetings:call', hidden: true },
]

export const meetings = { routes: [list, call, one], entries } as const
