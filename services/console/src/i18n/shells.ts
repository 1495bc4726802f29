export const languages = ['zh-CN', 'en'] as const
export type Language = (typeof languages)[number]

export const shells = { 'zh-CN': () => import('./shell-zh.ts'), en: () => import('./shell-en.ts') }
export const endings = { 'zh-CN': 'zh', en: 'en' } as const
/** Where the device keeps the language that was chosen on it. */
export const kept = 'collegium.language'

/** The reader's language: the one chosen here before, else the browser's, else Chinese. */
export const preferred = (): Language => {
  const wanted = [localStorage.getItem(kept), ...navigator.languages].filter((each) => each !== null)
  const first = wanted.find((each) => /^(zh|en)\b/i.test(each))
  return first === undefined || /^zh/i.test(first) ? 'zh-CN' : 'en'
}
