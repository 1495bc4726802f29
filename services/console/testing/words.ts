import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInstance, type TFunction } from 'i18next'

const source = join(import.meta.dirname, '../src')
const endings = { 'zh-CN': 'zh', en: 'en' } as const

export type Words = TFunction

/** All words of the console in one language, put together as the pages do it: for whoever looks for them on a page. */
export const wordsOf = async (language: keyof typeof endings): Promise<Words> => {
  const i18n = createInstance()
  await i18n.init({
    lng: language,
    fallbackLng: false,
    ns: 'words',
    defaultNS: 'words',
    nsSeparator: false,
    interpolation: { escapeValue: false },
    resources: {},
  })
  for (const name of globSync(`{frame,domain,pages/*}/*.${endings[language]}.json`, { cwd: source }))
    i18n.addResourceBundle(language, 'words', JSON.parse(readFileSync(join(source, name), 'utf8')), true)
  return i18n.t
}
