import { useTranslation } from 'react-i18next'

/** A policy's name (`public-notice.days`) in words; one that nobody has put into words stays what it is. */
export const usePolicyWords = (): ((name: string) => string) => {
  const { t } = useTranslation()
  return (name) => t(`policyNames.${name.replaceAll('.', '-')}`, { defaultValue: name })
}
