import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormats } from './format.ts'
import { useMay } from './may.ts'

type Props = {
  /** What the step needs, and where; null = anywhere. */
  readonly permission: string
  readonly unit?: string | null
  readonly children: ReactNode
}

/** What leads out of an empty list, for those who may take it; the others are told who may. */
export const FirstStep = ({ permission, unit = null, children }: Props) => {
  const { t } = useTranslation()
  const { label } = useFormats()
  const { may, kinds } = useMay(permission, unit)
  if (may) return children
  return kinds.length > 0 && <p className="quiet">{t('states.first', { who: kinds.map((kind) => label(kind.name)).join(t('act.and')) })}</p>
}
