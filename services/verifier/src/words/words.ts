import { en } from './en.ts'
import type { Words } from './shape.ts'
import { zh } from './zh.ts'

export type Language = 'en' | 'zh'

export const wordsIn = (language: Language): Words => ({ en, zh })[language]

/** The language that is asked for, or that of the surroundings: zh-CN where they are Chinese, else English. Null for one that there is not. */
export const languageOf = (asked: string | undefined, env: Readonly<Record<string, string | undefined>>): Language | null => {
  const text = (asked ?? env.LC_ALL ?? env.LC_MESSAGES ?? env.LANG ?? '').toLowerCase()
  if (text.startsWith('zh')) return 'zh'
  return asked === undefined || text.startsWith('en') ? 'en' : null
}

/** Puts values in the places `{name}` of a text. */
export const filled = (text: string, values: Readonly<Record<string, string | number>>): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in values ? `${values[name]}` : whole))
