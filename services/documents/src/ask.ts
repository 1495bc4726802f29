import type { Label } from '@collegium/shared/schema.ts'
import type { Kernel } from '@collegium/shared/service.ts'
import { document } from './document.ts'
import type { DraftedDocument } from './document-state.ts'

/** What decisions and reactions of this service may ask, bound to this process. */
export const ask = (kernel: Kernel) => ({
  /** The issuer's name; its id where the directory does not know it. */
  issuer: async (unit: string): Promise<Label> => kernel.directory().unit(unit)?.name ?? { en: unit, zh: unit },

  document: async (id: string): Promise<DraftedDocument> => {
    const { state } = await kernel.load(document, id)
    if (state.status === 'none') throw new Error(`No document ${id}`)
    return state
  },

  /** The calendar year of a moment where the issuer is. */
  yearAt: (unit: string, at: string): number => {
    const timeZone = kernel.directory().unit(unit)?.timezone ?? 'UTC'
    return Number(new Intl.DateTimeFormat('en', { timeZone, year: 'numeric' }).format(new Date(at)))
  },
})

export type Ask = ReturnType<typeof ask>
