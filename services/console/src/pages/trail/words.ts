import { useTranslation } from 'react-i18next'

/** A kind of fact in words: `activities.activity-held.v1` → "Activity held". A kind that the pages do not know yet shows its own name. */
export const useEventWords = (): ((type: string) => string) => {
  const { t } = useTranslation()
  return (type) => t(`events.${type}`, { defaultValue: type })
}

/** The kinds of fact that the pages have words for, by service. */
export const useEventTypes = (): ReadonlyMap<string, readonly string[]> => {
  const { i18n } = useTranslation()
  const words = (i18n.getResourceBundle(i18n.language, 'words') as { events: Record<string, string> }).events
  return Map.groupBy(Object.keys(words), (type) => type.slice(0, type.indexOf('.')))
}
