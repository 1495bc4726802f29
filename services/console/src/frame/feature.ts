import type { QueryClient } from '@tanstack/react-query'
import { lazyRouteComponent } from '@tanstack/react-router'
import { readWords } from '../i18n/i18n.ts'

/** The parts of the navigation, in their order. */
export const groups = ['mine', 'work', 'union', 'oversight', 'system'] as const

/** Where a feature begins: found in the navigation and by the command palette. */
export type Entry = {
  /** Its name is the word `entries.<name>` in the feature's entry.*.json. */
  readonly name: string
  readonly to: string
  /** One path on a field of 24 × 24, drawn as a line. */
  readonly icon: string
  readonly group: (typeof groups)[number]
  /** Shown only to those who have it somewhere; without one, to everybody. */
  readonly permission?: string
  /** Found by the palette only. */
  readonly hidden?: true
}

/** Something that the command palette found: `to` is its address. */
export type Found = { readonly id: string; readonly label: string; readonly note?: string; readonly to: string }

/** How a feature is searched from anywhere, by those who have the permission. */
export type Finder = { readonly permission: string; readonly find: (client: QueryClient, text: string, language: string) => Promise<readonly Found[]> }

/** Whose things a page shows, from its address. */
export type OfUnit = { readonly unit?: string }
export const ofUnit = ({ unit }: Record<string, unknown>): OfUnit => (typeof unit === 'string' && unit !== '' ? { unit } : {})

/** A page of the folder `pages/<feature>`: its code and its words arrive together, when somebody goes there. */
export const pageOf = <Module extends Record<string, unknown>>(feature: string, load: () => Promise<Module>, name: keyof Module & string) =>
  lazyRouteComponent(async () => {
    const [module] = await Promise.all([load(), readWords(feature)])
    return module as Record<string, () => React.ReactNode>
  }, name)
