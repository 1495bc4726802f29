import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { reading } from '../../api/read.ts'
import { useFormats } from '../../parts/format.ts'
import { Section } from '../../parts/page.tsx'
import { Failure, Loading } from '../../parts/states.tsx'
import type { Activity } from './stages.ts'

/** What those who were there said of it, once enough have. */
export const Satisfaction = ({ activity }: { activity: Activity }) => {
  const { t, i18n } = useTranslation()
  const { mean, number } = useFormats()
  const isOver = activity.status === 'held' || activity.status === 'closed'
  const told = useQuery({ ...reading('/satisfaction', { query: { service: 'activities', kind: 'activity', subject: activity.id } }), enabled: isOver })
  return (
    <Section title={t('activities.survey.title')}>
      {!isOver && <p className="quiet">{t('activities.survey.later')}</p>}
      {isOver && told.isPending && <Loading />}
      {told.isError && <Failure error={told.error} onRetry={() => told.refetch()} />}
      {told.data && told.data.questions.length === 0 && (
        <p className="quiet">
          {t(told.data.hidden > 0 ? 'activities.survey.few' : told.data.surveys > 0 ? 'activities.survey.nobody' : 'activities.survey.none')}
        </p>
      )}
      {told.data && told.data.questions.length > 0 && (
        <>
          <p className="quiet">{t('activities.survey.answers', { count: told.data.answers })}</p>
          <ul className="marks">
            {told.data.questions.map(({ id, mean: value, counts }) => (
              <li key={id}>
                <span>{i18n.exists(`words.${id}`) ? t(`words.${id}`) : id}</span>
                <meter
                  className="meter"
                  min={1}
                  max={5}
                  value={value ?? 1}
                  aria-label={t('activities.survey.counts', { counts: counts.map(number).join(' · ') })}
                />
                <strong className="number">{value === null ? t('values.nothing') : mean(value)}</strong>
              </li>
            ))}
          </ul>
        </>
      )}
    </Section>
  )
}
