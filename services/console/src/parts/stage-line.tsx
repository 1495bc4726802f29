import { useTranslation } from 'react-i18next'
import './stage-line.css'

/** The way of an appointment. What ended it on the way stands in the place where it ended. */
const way = ['proposed', 'recommended', 'eligible', 'notice', 'held'] as const
type Stage = (typeof way)[number]

/** How far each state has come, and whether it went wrong there. */
const reached: Record<string, { readonly stage: Stage; readonly ended?: 'ineligible' | 'withdrawn' | 'left' }> = {
  proposed: { stage: 'proposed' },
  recommended: { stage: 'recommended' },
  ineligible: { stage: 'eligible', ended: 'ineligible' },
  notice: { stage: 'notice' },
  withdrawn: { stage: 'notice', ended: 'withdrawn' },
  held: { stage: 'held' },
  left: { stage: 'held', ended: 'left' },
}

type Props = {
  readonly status: string
  /** A file recorded it as it was: nobody proposed or recommended it here. */
  readonly entered?: boolean
}

/** Where an appointment is now, from proposal to effect. */
export const StageLine = ({ status, entered = false }: Props) => {
  const { t } = useTranslation()
  if (entered)
    return (
      <ol className="stages" aria-label={t('stages.label')}>
        <li data-state="done">{t('stages.entered')}</li>
        <li data-state={status === 'left' ? 'left' : 'done'} aria-current="step">
          {t(`stages.${status}`)}
        </li>
      </ol>
    )
  const at = reached[status] ?? { stage: 'proposed' as const }
  const index = way.indexOf(at.stage)
  return (
    <ol className="stages" aria-label={t('stages.label')}>
      {way.map((stage, place) => {
        const isHere = place === index
        const state =
          place < index ? 'done' : !isHere ? 'ahead' : at.ended === undefined ? (stage === 'held' ? 'done' : 'now') : at.ended === 'left' ? 'left' : 'ended'
        return (
          <li key={stage} data-state={state} aria-current={isHere ? 'step' : undefined}>
            {t(`stages.${isHere && at.ended !== undefined ? at.ended : stage}`)}
          </li>
        )
      })}
    </ol>
  )
}
