import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../parts/format.ts'
import { Facts } from './facts.tsx'
import type { Criterion, Input, Missing } from './told.ts'

type Props = { readonly id: string; readonly inputs: readonly Input[]; readonly missing: readonly Missing[]; readonly criteria: readonly Criterion[] }

/** Each criterion with what it brought; opened, the facts it was measured from. */
export const Inputs = ({ id, inputs, missing, criteria }: Props) => {
  const { t } = useTranslation()
  const { label, number } = useFormats()
  const nameOf = (criterion: string): string => {
    const found = criteria.find((each) => each.id === criterion)
    return found ? label(found.name) : criterion
  }
  return (
    <ul className="criteria">
      {inputs.map((input) => (
        <li key={input.criterion}>
          <InputRow id={id} input={input} name={nameOf(input.criterion)} scale={criteria.find((each) => each.id === input.criterion)?.scale} />
        </li>
      ))}
      {missing.map(({ criterion, why, weight }) => (
        <li key={criterion}>
          <h3>{nameOf(criterion)}</h3>
          <p className="quiet">
            {t(`assessments.missing.${why}`)} {t('assessments.sharedOut', { weight: number(weight) })}
          </p>
        </li>
      ))}
    </ul>
  )
}

const InputRow = ({ id, input, name, scale }: { id: string; input: Input; name: string; scale: Criterion['scale'] | undefined }) => {
  const { t } = useTranslation()
  const { number, share } = useFormats()
  const [isOpen, setOpen] = useState(false)
  const { source, value, normalized, weight, points, facts } = input
  const shown = (each: number): string => (source === 'hours' ? number(each) : share(each))
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <h3>{name}</h3>
        <meter min={0} max={1} value={normalized} aria-label={t('fields.normalized')} />
        <strong className="number">{t('assessments.points', { points: number(points), weight: number(weight) })}</strong>
      </summary>
      <dl className="rows">
        <div>
          <dt>{t('fields.source')}</dt>
          <dd>{t(`words.${source}`)}</dd>
        </div>
        <div>
          <dt>{t('fields.value')}</dt>
          <dd>
            {shown(value)} {scale && <span className="quiet">{t('assessments.scale', { from: shown(scale.from), to: shown(scale.to) })}</span>}
          </dd>
        </div>
        <div>
          <dt>{t('fields.normalized')}</dt>
          <dd>{share(normalized)}</dd>
        </div>
        <div>
          <dt>{t('fields.points')}</dt>
          <dd>{t('assessments.sum', { share: share(normalized), weight: number(weight), points: number(points) })}</dd>
        </div>
      </dl>
      <h4>{t('assessments.facts', { count: facts })}</h4>
      {isOpen && <Facts id={id} criterion={input.criterion} />}
    </details>
  )
}
