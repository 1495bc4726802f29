import { useTranslation } from 'react-i18next'
import { useFormats } from '../../parts/format.ts'
import type { Criterion } from './told.ts'

/** The criteria of a revision: what each weighs, where it comes from and what earns all. */
export const Criteria = ({ criteria }: { criteria: readonly Criterion[] }) => {
  const { t } = useTranslation()
  const { label, number, share } = useFormats()
  return (
    <ul className="criteria">
      {criteria.map(({ id, name, source, weight, scale }) => {
        const shown = (each: number): string => (source === 'hours' ? number(each) : share(each))
        return (
          <li key={id} className="criterion">
            <h3>{label(name)}</h3>
            <meter min={0} max={100} value={weight} aria-label={t('fields.weight')} />
            <strong className="number">{share(weight / 100)}</strong>
            <p className="quiet">
              {t('values.of', { name: t('fields.source') })}
              {t(`words.${source}`)} · {t('assessments.scale', { from: shown(scale.from), to: shown(scale.to) })}
            </p>
          </li>
        )
      })}
    </ul>
  )
}
