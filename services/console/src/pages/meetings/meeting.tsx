import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { type Answer, reading } from '../../api/read.ts'
import { me } from '../../api/session.ts'
import { useFormats } from '../../parts/format.ts'
import { PersonName, UnitName, useUnit } from '../../parts/names.tsx'
import { PageTitle, Section } from '../../parts/page.tsx'
import { Failure, Loading } from '../../parts/states.tsx'
import { useWord } from '../../parts/word.ts'
import { Attendance } from './attendance.tsx'
import { Minutes } from './minutes.tsx'
import { Resolutions } from './resolutions.tsx'
import { Steps } from './steps.tsx'
import '../../parts/item-card.css'
import './meetings.css'

export type Meeting = Answer<'/meetings/{id}/overview'>

const route = getRouteApi('/inside/meetings/$meeting')

/** One meeting: who is here, what is on the agenda, what was resolved and by whom it is owed, and its minutes until they are filed. */
export const MeetingPage = () => {
  const { t } = useTranslation()
  const { meeting } = route.useParams()
  const found = useQuery(reading('/meetings/{id}/overview', { path: { id: meeting } }))
  if (found.isPending) return <Loading />
  if (found.isError)
    return (
      <>
        <PageTitle title={t('meetings.one')} />
        <Failure error={found.error} onRetry={() => found.refetch()} />
      </>
    )
  return <MeetingView meeting={found.data} />
}

const MeetingView = ({ meeting }: { meeting: Meeting }) => {
  const { t } = useTranslation()
  const word = useWord()
  const { label, span } = useFormats()
  const zone = useUnit(meeting.unit)?.timezone ?? 'UTC'
  const own = useQuery(me).data?.person?.id ?? null
  return (
    <>
      <PageTitle title={label(meeting.title)}>
        <p className="item-meta quiet">
          <span className={meeting.status === 'open' ? 'chip good' : 'chip'}>{t(`meetings.status.${meeting.status}`)}</span>
          <time dateTime={meeting.at}>{span(meeting.at, meeting.at, zone)}</time>
          <span>
            <UnitName id={meeting.unit} />
          </span>
          <span>{word(meeting.kind)}</span>
          <span>
            {t('values.of', { name: t('fields.chair') })}
            <PersonName id={meeting.chair} />
          </span>
        </p>
      </PageTitle>
      <Steps meeting={meeting} own={own} />
      <div className="meeting">
        <div className="meeting-part">
          <Section title={t('fields.agenda')}>
            <ol className="agenda">
              {meeting.agenda.map((each, place) => (
                <li key={place}>{each}</li>
              ))}
            </ol>
          </Section>
          <Resolutions meeting={meeting} />
          <Minutes meeting={meeting} own={own} />
        </div>
        <Attendance meeting={meeting} own={own} />
      </div>
    </>
  )
}
