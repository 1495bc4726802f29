import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { readIn } from '../i18n/i18n.ts'
import { type Language, languages } from '../i18n/shells.ts'
import { chooseTheme, type Theme, themes, useTheme } from '../parts/theme.ts'

/** Language and theme: kept on this device. */
export const Preferences = () => {
  const { t, i18n } = useTranslation()
  const theme = useTheme()
  const client = useQueryClient()
  const choose = async (language: Language): Promise<void> => {
    await readIn(language)
    // Why something could not be read was told in the language before.
    await client.refetchQueries({ predicate: ({ state }) => state.status === 'error' })
  }
  return (
    <div className="preferences">
      <select className="select" aria-label={t('preferences.language')} value={i18n.language} onChange={(event) => void choose(event.target.value as Language)}>
        {languages.map((language) => (
          <option key={language} value={language} lang={language}>
            {t(`languages.${language}`)}
          </option>
        ))}
      </select>
      <select className="select" aria-label={t('preferences.theme')} value={theme} onChange={(event) => chooseTheme(event.target.value as Theme)}>
        {themes.map((each) => (
          <option key={each} value={each}>
            {t(`preferences.${each}`)}
          </option>
        ))}
      </select>
    </div>
  )
}
