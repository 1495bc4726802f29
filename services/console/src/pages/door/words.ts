import en from './words.en.json'
import zh from './words.zh.json'

type Words = { readonly [key: string]: string | Words }

const kept = 'collegium.language'
const wanted = [localStorage.getItem(kept), ...navigator.languages].find((each) => each !== null && /^(zh|en)\b/i.test(each)) ?? 'zh'

/** The language of this device: the one that was chosen in the console, else the browser's. */
export const language = wanted.startsWith('zh') ? 'zh-CN' : 'en'

const words: Words = language === 'en' ? en : zh
const plural = new Intl.PluralRules(language)

const found = (key: string): string | null => {
  const at = key.split('.').reduce<string | Words | undefined>((words, part) => (typeof words === 'object' ? words[part] : undefined), words)
  return typeof at === 'string' ? at : null
}

/** The words of this page; `{{name}}` is filled, `count` chooses the form. */
export const t = (key: string, given: Readonly<Record<string, string | number>> = {}): string => {
  const form = typeof given.count === 'number' ? found(`${key}_${plural.select(given.count)}`) : null
  return (form ?? found(key) ?? key).replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => String(given[name] ?? ''))
}
