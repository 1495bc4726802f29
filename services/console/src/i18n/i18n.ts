import { createInstance } from 'i18next'
import { initReactI18next } from 'react-i18next'
import { endings, kept, type Language, languages, preferred, shells } from './shells.ts'

const features = import.meta.glob<object>('../pages/*/words.*.json', { import: 'default' })

/** The words of the pages: those of the frame at once, those of a feature with its pages, all under one tree of keys. */
const i18n = createInstance()
const open = new Set<string>()
let reading: Language = 'zh-CN'

/** Words are given to i18next once it has begun. */
const begun = Promise.withResolvers<void>()

const arriving = new Map<string, Promise<void>>()
/** Loads something once; what did not arrive is asked for again next time. */
const once = (name: string, load: () => Promise<void>): Promise<void> => {
  const coming = arriving.get(name) ?? load()
  arriving.set(name, coming)
  coming.catch(() => arriving.delete(name))
  return coming
}

const readShell = (language: Language): Promise<void> =>
  once(language, async () => {
    for (const words of (await shells[language]()).shell) i18n.addResourceBundle(language, 'words', words, true)
  })

const readFeature = (feature: string, language: Language): Promise<void> =>
  once(`${language} ${feature}`, async () => {
    const words = features[`../pages/${feature}/words.${endings[language]}.json`]
    if (words === undefined) return
    const [given] = await Promise.all([words(), begun.promise])
    i18n.addResourceBundle(language, 'words', given, true)
  })

/** Loads the words of the folder `pages/<feature>`, before its pages are shown. */
export const readWords = async (feature: string): Promise<void> => {
  open.add(feature)
  await Promise.all([...new Set([reading, (i18n.language as Language | undefined) ?? reading])].map((language) => readFeature(feature, language)))
}

/** Begins in the reader's language: the one chosen here before, else the browser's, else Chinese. */
export const startI18n = async (): Promise<void> => {
  reading = preferred()
  i18n.on('languageChanged', (language) => {
    document.documentElement.lang = language
  })
  await i18n.use(initReactI18next).init({
    lng: reading,
    fallbackLng: false,
    supportedLngs: languages,
    ns: 'words',
    defaultNS: 'words',
    nsSeparator: false,
    resources: {},
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  })
  begun.resolve()
  document.documentElement.lang = reading
  await readShell(reading)
}

export const readIn = async (language: Language): Promise<void> => {
  reading = language
  localStorage.setItem(kept, language)
  await Promise.all([readShell(language), ...[...open].map((feature) => readFeature(feature, language))])
  if (reading === language) await i18n.changeLanguage(language)
}
