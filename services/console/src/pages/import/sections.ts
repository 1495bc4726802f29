import { useTranslation } from 'react-i18next'

/** The sections of a file in words; one that the pages do not know stays as the file calls it. */
export const useSection = (): ((name: string) => string) => {
  const { t } = useTranslation()
  return (name) => t(`import.sections.${name}`, { defaultValue: name === '' ? t('import.sections.file') : name })
}
