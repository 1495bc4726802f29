import { useTranslation } from 'react-i18next'
import { type Activity, reached, stagesOf } from './stages.ts'

/** Where the activity is now, from proposal to summary. What ended it on the way stands where it ended. */
export const StageLine = ({ activity }: { activity: Activity }) => {
  const { t } = useTranslation()
  const stages = stagesOf(activity)
  const index = stages.indexOf(reached(activity))
  const ended = activity.status === 'rejected' || activity.status === 'cancelled' ? activity.status : null
  return (
    <ol className="way" aria-label={t('activities.way.label')}>
      {stages.map((stage, place) => {
        const isHere = place === index
        const state = place > index ? 'ahead' : isHere && ended !== null ? 'ended' : isHere && stage !== 'summary' ? 'now' : 'done'
        return (
          <li key={stage} data-state={state} aria-current={isHere ? 'step' : undefined}>
            {isHere && ended !== null ? t(`words.${ended}`) : t(`activities.way.${stage}`)}
          </li>
        )
      })}
    </ol>
  )
}
