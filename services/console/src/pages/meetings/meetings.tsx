import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { listing } from '../../api/read.ts'
import { useHomeZone } from '../../parts/as-of.tsx'
import { dayIn } from '../../parts/days.ts'
import { FirstStep } from '../../parts/first-step.tsx'
import { List } from '../../parts/list.tsx'
import { useMay } from '../../parts/may.ts'
import { PageTitle } from '../../parts/page.tsx'
import { Empty } from '../../parts/states.tsx'
import { UnitFilter } from '../../parts/unit-filter.tsx'
import { MeetingCalendar } from './calendar.tsx'
import { MeetingCard } from './meeting-card.tsx'
import { type MeetingSearch, shapes } from './routes.tsx'
import './meetings.css'

const route = getRouteApi('/inside/meetings')

/** Meetings that I am invited to or may read, as a list or by the month. */
export const MeetingsPage = () => {
  const { t } = useTranslation()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const zone = useHomeZone()
  const { as = 'list', unit, month = dayIn(zone).slice(0, 7) } = search
  const { may } = useMay('meetings:call', null)
  const show = (next: { readonly [Name in keyof MeetingSearch]: MeetingSearch[Name] | undefined }): void =>
    void navigate({ search: Object.fromEntries(Object.entries({ ...search, ...next }).filter(([, value]) => value)) as MeetingSearch, replace: true })
  return (
    <>
      <div className="title-row">
        <PageTitle title={t('meetings.title')}>
          <p className="quiet">{t('meetings.lead')}</p>
        </PageTitle>
        {may && (
          <Link to="/meetings/call" className="button primary">
            {t('meetings.call')}
          </Link>
        )}
      </div>
      <div className="filter-fields">
        <fieldset className="filters plain-filters" aria-label={t('meetings.shape')}>
          {shapes.map((each) => (
            <button key={each} type="button" className="button" aria-pressed={as === each} onClick={() => show({ as: each })}>
              {t(`meetings.shapes.${each}`)}
            </button>
          ))}
        </fieldset>
        <UnitFilter unit={unit} onUnit={(chosen) => show({ unit: chosen })} />
      </div>
      {as === 'calendar' ? (
        <MeetingCalendar month={month} unit={unit ?? null} zone={zone} onMonth={(next) => show({ month: next })} />
      ) : (
        <MeetingList unit={unit ?? null} />
      )}
    </>
  )
}

const MeetingList = ({ unit }: { unit: string | null }) => {
  const { t } = useTranslation()
  const pages = useInfiniteQuery({ ...listing('/meetings', { query: { unit, limit: 30 } }), placeholderData: (before) => before })
  return (
    <>
      <h2 className="unseen">{t('meetings.shapes.list')}</h2>
      <List
        pages={pages}
        className="items"
        label={t('meetings.title')}
        keyOf={(row) => row.id}
        empty={
          <Empty title={t('meetings.none')}>
            <p>{t('meetings.noneWhy')}</p>
            <FirstStep permission="meetings:call">
              <Link to="/meetings/call" className="button primary">
                {t('meetings.call')}
              </Link>
            </FirstStep>
          </Empty>
        }
      >
        {(row) => <MeetingCard row={row} />}
      </List>
    </>
  )
}
