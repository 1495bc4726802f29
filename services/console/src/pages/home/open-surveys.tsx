import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { listing, type Row, rowsOf } from '../../api/read.ts'
import { useByPolicy } from '../../parts/by-policy.ts'
import { useFormats } from '../../parts/format.ts'
import { useUnit } from '../../parts/names.tsx'
import { Section } from '../../parts/page.tsx'

/** Surveys that wait for my answer; nothing at all where none does. */
export const OpenSurveys = () => {
  const { t } = useTranslation()
  const surveys = rowsOf(useInfiniteQuery(listing('/surveys', { query: { mine: true, limit: 12 } })))
  if (surveys.length === 0) return null
  return (
    <Section title={t('home.surveys.title')}>
      <ul className="tiles" aria-label={t('home.surveys.title')}>
        {surveys.map((survey) => (
          <li key={survey.id}>
            <SurveyCard survey={survey} />
          </li>
        ))}
      </ul>
    </Section>
  )
}

const SurveyCard = ({ survey }: { survey: Row<'/surveys'> }) => {
  const { t } = useTranslation()
  const { label, moment } = useFormats()
  const { days } = useByPolicy()
  const timeZone = useUnit(survey.unit)?.timezone ?? 'UTC'
  return (
    <article className="tile">
      <h3>{label(survey.title)}</h3>
      <p className="quiet">
        {t('home.surveys.questions', { count: survey.questions.length })} · {t('home.surveys.until', { moment: moment(survey.closesAt, timeZone) })} (
        {days(survey.openedAt, survey.closesAt)})
      </p>
      <div className="tile-foot">
        <Link className="button primary" to="/surveys/$survey/answer" params={{ survey: survey.id }}>
          {t('home.surveys.answer')}
        </Link>
      </div>
    </article>
  )
}
