import { createInstance } from 'i18next'
import { initReactI18next } from 'react-i18next'

export const languages = ['zh-CN', 'en'] as const
export type Language = (typeof languages)[number]

const files = { 'zh-CN': () => import('./zh.json'), en: () => import('./en.json') }
const kept = 'collegium.language'

const preferred = (): Language => {
  const wanted = [localStorage.getItem(kept), ...navigator.languages].filter((each) => each !== null)
  const first = wanted.find((each) => /^(zh|en)\b/i.test(each))
  return first === undefined || /^zh/i.test(first) ? 'zh-CN' : 'en'
}

/** The words of the pages: one file a language, loaded when somebody reads it. */
const i18n = createInstance()

/** Begins in the reader's language: the one chosen here before, else the browser's, else Chinese. */
export const startI18n = async (): Promise<void> => {
  const first = preferred()
  document.documentElement.lang = first
  i18n.on('languageChanged', (language) => {
    document.documentElement.lang = language
  })
  await i18n
    .use(initReactI18next)
    .use({
      type: 'backend',
      init: () => {},
      read: (language: string, _namespace: string, done: (error: unknown, words: boolean | object) => void) => {
        files[language as Language]().then(
          (module) => done(null, module.default),
          (error: unknown) => done(error, false),
        )
      },
    })
    .init({
      lng: first,
      fallbackLng: false,
      supportedLngs: languages,
      ns: 'words',
      defaultNS: 'words',
      nsSeparator: false,
      interpolation: { escapeValue: false },
      react: { useSuspense: false },
    })
}

export const readIn = async (language: Language): Promise<void> => {
  localStorage.setItem(kept, language)
  await i18n.changeLanguage(language)
}
