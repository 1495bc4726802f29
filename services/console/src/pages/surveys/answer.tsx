import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { commands } from '../../api/generated/commands.ts'
import { listing, type Row, rowsOf } from '../../api/read.ts'
import { useCommand } from '../../api/use-command.ts'
import { Act } from '../../parts/act.tsx'
import { isGroup, textOf } from '../../parts/command-form/draft.ts'
import { useKeptDraft } from '../../parts/command-form/kept-draft.ts'
import { useFormats } from '../../parts/format.ts'
import { PageTitle } from '../../parts/page.tsx'
import { Empty, Failure, Loading } from '../../parts/states.tsx'
import './surveys.css'

const route = getRouteApi('/inside/surveys/$survey/answer')

/** A survey that waits for my answer. */
export const AnswerPage = () => {
  const { t } = useTranslation()
  const { survey } = route.useParams()
  const [isSent, setSent] = useState(false)
  const pages = useInfiniteQuery(listing('/surveys', { query: { mine: true, limit: 100 } }))
  const found = rowsOf(pages).find(({ id }) => id === survey)
  if (isSent)
    return (
      <>
        <PageTitle title={t('survey.thanks')} />
        <p>{t('survey.thanksWhy')}</p>
        <Home />
      </>
    )
  if (pages.isPending) return <Loading />
  if (pages.isError) return <Failure error={pages.error} onRetry={() => pages.refetch()} />
  if (!found)
    return (
      <>
        <PageTitle title={t('survey.gone')} />
        <Empty title={t('survey.goneWhy')}>
          <Home />
        </Empty>
      </>
    )
  return <Questions survey={found} onSent={() => setSent(true)} />
}

const Home = () => {
  const { t } = useTranslation()
  return (
    <Link to="/" className="button start">
      {t('survey.home')}
    </Link>
  )
}

const marks = [1, 2, 3, 4, 5] as const

const Questions = ({ survey, onSent }: { survey: Row<'/surveys'>; onSent: () => void }) => {
  const { t } = useTranslation()
  const { label } = useFormats()
  const { draft, change, forget } = useKeptDraft(`answer.${survey.id}`, {})
  const given = isGroup(draft) ? draft : {}
  const [isTried, setTried] = useState(false)
  const { run, isBusy, error } = useCommand('answerSurvey', {
    onDone: () => {
      forget()
      onSent()
    },
  })
  const left = survey.questions.filter(({ id }) => textOf(given[`q.${id}`]) === '')
  const send = (event: FormEvent): void => {
    event.preventDefault()
    setTried(true)
    if (left.length > 0) {
      document.getElementsByName(`q.${left[0]?.id}`)[0]?.focus()
      return
    }
    const comment = textOf(given.comment).trim()
    void run({
      path: { id: survey.id },
      body: { scores: Object.fromEntries(survey.questions.map(({ id }) => [id, Number(given[`q.${id}`])])), ...(comment === '' ? {} : { comment }) },
    })
  }
  return (
    <>
      <PageTitle title={label(survey.title)}>
        <p className="quiet">{t('survey.lead')}</p>
      </PageTitle>
      <form className="form questions" onSubmit={send} noValidate>
        {survey.questions.map(({ id, text }) => (
          <fieldset key={id} className="fieldset question">
            <legend>{label(text)}</legend>
            <div className="survey-marks">
              <span className="quiet">{t('survey.least')}</span>
              {marks.map((mark) => (
                <label key={mark} className="mark">
                  <input
                    type="radio"
                    name={`q.${id}`}
                    value={mark}
                    checked={given[`q.${id}`] === String(mark)}
                    onChange={() => change({ ...given, [`q.${id}`]: String(mark) })}
                  />
                  <span>{mark}</span>
                </label>
              ))}
              <span className="quiet">{t('survey.most')}</span>
            </div>
            {isTried && textOf(given[`q.${id}`]) === '' && <span className="fault">{t('survey.missing')}</span>}
          </fieldset>
        ))}
        <label className="field">
          <span>{t('form.optional', { name: t('survey.comment') })}</span>
          <textarea
            className="input paragraphs"
            rows={4}
            maxLength={2_000}
            value={textOf(given.comment)}
            onChange={(event) => change({ ...given, comment: event.target.value })}
          />
        </label>
        {error && <Failure error={error} />}
        <p className="buttons">
          <Act permission={commands.answerSurvey.permission} unit={null} isBusy={isBusy} onPress={null} className="primary">
            {t(isBusy ? 'form.busy' : 'survey.send')}
          </Act>
        </p>
      </form>
    </>
  )
}
