import { useTranslation } from 'react-i18next'

/** A policy's name (`public-notice.days`) in words; one that nobody has put into words stays what it is. */
export const usePolicyWords = (): ((name: string) => string) => {
  const { t } = useTranslation()
  return (name) => t(`policyNames.${name.replaceAll('.', '-')}`, { defaultValue: name })
}

/** A policy's value as it is read. */
export const usePolicyValue = (): ((value: number | string | boolean) => string) => {
  const { t } = useTranslation()
  return (value) => (typeof value === 'boolean' ? t(value ? 'values.yes' : 'values.no') : String(value))
}
