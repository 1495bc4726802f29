import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { type Answer, reading } from '../../api/read.ts'
import { useFormats } from '../../parts/format.ts'
import { UnitName } from '../../parts/names.tsx'
import { PageTitle, Section } from '../../parts/page.tsx'
import { Empty, Failure, Loading } from '../../parts/states.tsx'
import './surveys.css'

const route = getRouteApi('/inside/surveys/$survey/results')
type Results = Answer<'/surveys/{id}/results'>

/** What was answered, question by question, once so many have that nobody is known by it. */
export const ResultsPage = () => {
  const { t } = useTranslation()
  const { label } = useFormats()
  const { survey } = route.useParams()
  const told = useQuery(reading('/surveys/{id}/results', { path: { id: survey } }))
  if (told.isPending) return <Loading />
  if (told.isError)
    return (
      <>
        <PageTitle title={t('survey.results.title')} />
        <Failure error={told.error} onRetry={() => told.refetch()} />
      </>
    )
  const { title, unit, status, answers, shown, missing, comments, questions } = told.data
  return (
    <>
      <PageTitle title={label(title)}>
        <p className="quiet">
          <UnitName id={unit} /> · {t(`words.${status}`)} · {t('survey.results.answers', { count: answers })}
        </p>
      </PageTitle>
      {!shown && (
        <Empty title={t('survey.results.hidden')}>
          <p>{t('survey.results.hiddenWhy', { count: missing })}</p>
        </Empty>
      )}
      {shown && (
        <ul className="answers" aria-label={t('survey.results.title')}>
          {questions.map((question) => (
            <li key={question.id}>
              <Question question={question} />
            </li>
          ))}
        </ul>
      )}
      {comments.length > 0 && (
        <Section title={t('survey.results.comments')}>
          <ul className="answers">
            {comments.map((comment, place) => (
              <li key={place}>{comment}</li>
            ))}
          </ul>
        </Section>
      )}
    </>
  )
}

const Question = ({ question: { text, mean: value, counts } }: { question: Results['questions'][number] }) => {
  const { t } = useTranslation()
  const { label, mean, number } = useFormats()
  const all = Math.max(
    1,
    counts.reduce((sum, count) => sum + count, 0),
  )
  return (
    <>
      <div className="answers-head">
        <h2>{label(text)}</h2>
        <strong>{value === null ? t('values.nothing') : t('survey.results.mean', { mean: mean(value) })}</strong>
      </div>
      <dl className="counts">
        {counts.map((count, place) => (
          <div key={place}>
            <dt>{number(place + 1)}</dt>
            <dd>
              <meter min={0} max={all} value={count} aria-label={t('survey.results.chose', { mark: number(place + 1) })} /> {number(count)}
            </dd>
          </div>
        ))}
      </dl>
    </>
  )
}
