import { createRoute } from '@tanstack/react-router'
import { type Entry, type Finder, pageOf } from '../../frame/feature.ts'
import { inside } from '../../frame/inside.tsx'
import { isDay } from '../../parts/days.ts'

const texts = ['q', 'unit', 'kind'] as const
const days = ['on', 'known'] as const
export type DirectorySearch = { readonly [Name in (typeof texts)[number] | (typeof days)[number]]?: string }

const searchOf = (given: Record<string, unknown>): DirectorySearch =>
  Object.fromEntries([
    ...texts.flatMap((name) => (typeof given[name] === 'string' && given[name] !== '' ? [[name, given[name]]] : [])),
    ...days.flatMap((name) => (isDay(given[name]) ? [[name, given[name]]] : [])),
  ])

const list = createRoute({
  getParentRoute: () => inside,
  path: '/directory',
  validateSearch: searchOf,
  component: pageOf('directory', () => import('./directory.tsx'), 'DirectoryPage'),
})
const person = createRoute({
  getParentRoute: () => inside,
  path: '/people/$person',
  component: pageOf('directory', () => import('./person.tsx'), 'PersonPage'),
})

const entry: Entry = {
  name: 'directory',
  to: '/directory',
  icon: 'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2 20a7 7 0 0 1 14 0M17 8h5M18 12h4M19 16h3',
  group: 'union',
  permission: 'directory:read',
}

const people: Finder = {
  permission: 'directory:read',
  find: async (client, asked) => {
    const { findPeople } = await import('../../api/find-people.ts')
    return (await findPeople(client, asked)).map(({ id, name, number }) => ({
      id: `person.${id}`,
      label: name,
      note: number ?? '',
      to: `/people/${encodeURIComponent(id)}`,
    }))
  },
}

export const directory = { routes: [list, person], entries: [entry], finders: [people] } as const
