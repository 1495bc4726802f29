import { useTranslation } from 'react-i18next'

/**
 * A word of the domain (`rotating-code`) in the reader's language; what somebody wrote freely stays as it was written. Where one word means two
 * things, as the `notice` that a document is and the `notice` under which an appointment stands, the field that holds it decides.
 */
export const useWord = (): ((text: string, field?: string) => string) => {
  const { t, i18n } = useTranslation()
  return (text, field) => (/^[a-z-]+$/.test(text) && i18n.exists(`words.${text}`) ? t(`words.${text}`, field === undefined ? {} : { context: field }) : text)
}

/** As it stands at the head of a line: `not done` is `Not done`. */
export const opening = (text: string): string => text.charAt(0).toLocaleUpperCase() + text.slice(1)
