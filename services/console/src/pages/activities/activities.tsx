import { getRouteApi } from '@tanstack/react-router'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { Act } from '../../parts/act.tsx'
import { PageTitle } from '../../parts/page.tsx'
import { UnitFilter } from '../../parts/unit-filter.tsx'
import { opening } from '../../parts/word.ts'
import { Board } from './board.tsx'
import { Calendar } from './calendar.tsx'
import { ActivityList } from './list.tsx'
import { looks, type Search } from './search.ts'
import { columns } from './stages.ts'
import './activities.css'

const route = getRouteApi('/inside/activities')

/** Every activity that I may see: as a list, on a board by where it stands, or on a calendar. */
export const ActivitiesPage = () => {
  const { t } = useTranslation()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const look = search.look ?? 'list'
  const onSearch = (next: Search): void => void navigate({ search: next })
  return (
    <>
      <PageTitle title={t('activities.title')}>
        <p className="quiet">{t('activities.lead')}</p>
      </PageTitle>
      <div className="bar">
        <div className="buttons">
          {looks.map((each) => (
            <button key={each} type="button" className="button" aria-pressed={look === each} onClick={() => onSearch({ ...search, look: each })}>
              {t(`activities.look.${each}`)}
            </button>
          ))}
        </div>
        <Filters search={search} onSearch={onSearch} withStatus={look === 'list'} />
        <Act permission="activities:propose" unit={null} className="primary" onPress={() => void navigate({ to: '/activities/new' })}>
          {t('activities.propose')}
        </Act>
      </div>
      {look === 'list' && <ActivityList search={search} />}
      {look === 'board' && <Board search={search} />}
      {look === 'calendar' && <Calendar search={search} onSearch={onSearch} />}
    </>
  )
}

type FilterProps = { readonly search: Search; readonly onSearch: (next: Search) => void; readonly withStatus: boolean }

const Filters = ({ search, onSearch, withStatus }: FilterProps) => {
  const { t } = useTranslation()
  const id = useId()
  const choose = (name: 'unit' | 'status', value: string): void => {
    const { [name]: _before, ...others } = search
    onSearch(value === '' ? others : { ...others, [name]: value })
  }
  return (
    <>
      <UnitFilter unit={search.unit} onUnit={(unit) => choose('unit', unit)} />
      {withStatus && (
        <div className="field">
          <label htmlFor={`${id}-status`}>{t('fields.status')}</label>
          <select id={`${id}-status`} className="select" value={search.status ?? ''} onChange={(event) => choose('status', event.target.value)}>
            <option value="">{t('activities.anyStatus')}</option>
            {columns.map((each) => (
              <option key={each} value={each}>
                {opening(t(`words.${each}`))}
              </option>
            ))}
          </select>
        </div>
      )}
    </>
  )
}
