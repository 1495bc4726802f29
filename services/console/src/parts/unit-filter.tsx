import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { UnitSelect } from './unit-select.tsx'

type Props = {
  readonly unit: string | undefined
  /** Empty = of every unit. */
  readonly onUnit: (unit: string) => void
  /** Null = today's tree. */
  readonly on?: string | null
}

/** Whose things a list shows: those of one unit and what is below it, or of every unit. */
export const UnitFilter = ({ unit = '', onUnit, on = null }: Props) => {
  const { t } = useTranslation()
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{t('fields.unit')}</label>
      <UnitSelect id={id} value={unit} none={t('units.every')} on={on} onChange={onUnit} />
    </div>
  )
}
