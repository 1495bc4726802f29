import { useTranslation } from 'react-i18next'
import { usePolicyWords } from './policy-name.ts'

const dayMs = 86_400_000

/** Why a date is what it is: `days` of a time that a policy gave, `named` where only the policy is known, not its number then. */
export const useByPolicy = () => {
  const { t } = useTranslation()
  const words = usePolicyWords()
  return {
    days: (since: string, until: string): string => t('byPolicy.days', { count: Math.round((Date.parse(until) - Date.parse(since)) / dayMs) }),
    count: (days: number): string => t('byPolicy.days', { count: days }),
    named: (policy: string): string => t('byPolicy.named', { policy: words(policy) }),
  }
}
