import { useTranslation } from 'react-i18next'

/** A word of the domain (`rotating-code`) in the reader's language; what somebody wrote freely stays as it was written. */
export const useWord = (): ((text: string) => string) => {
  const { t, i18n } = useTranslation()
  return (text) => (/^[a-z-]+$/.test(text) && i18n.exists(`words.${text}`) ? t(`words.${text}`) : text)
}
