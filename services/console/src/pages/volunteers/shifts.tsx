import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { listing, rowsOf } from '../../api/read.ts'
import { session } from '../../api/session.ts'
import { Act } from '../../parts/act.tsx'
import { CommandForm } from '../../parts/command-form/command-form.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { FirstStep } from '../../parts/first-step.tsx'
import { useFormats } from '../../parts/format.ts'
import { List } from '../../parts/list.tsx'
import { useUnit } from '../../parts/names.tsx'
import { PageTitle, Section } from '../../parts/page.tsx'
import { Empty } from '../../parts/states.tsx'
import { UnitFilter } from '../../parts/unit-filter.tsx'
import { ShiftCard } from './shift-card.tsx'
import './volunteers.css'

const route = getRouteApi('/inside/shifts')
const states = ['open', 'closed'] as const

/** Shifts that need hands, and those that are over; hosts offer new ones and see who serves. */
export const ShiftsPage = () => {
  const { t } = useTranslation()
  const { unit } = route.useSearch()
  const navigate = route.useNavigate()
  const [status, setStatus] = useState<(typeof states)[number]>('open')
  const [isOffering, setOffering] = useState(false)
  const pages = useInfiniteQuery(listing('/shifts', { query: { unit: unit ?? null, status, limit: 30 } }))
  const own = rowsOf(useInfiniteQuery(listing('/sign-ups', { query: { limit: 100 } })))
  const signUps = new Map(own.map((each) => [each.id, each]))
  const offer = (
    <Act permission="volunteers:offer" unit={null} className="primary" onPress={() => setOffering(true)}>
      {t('volunteers.offer')}
    </Act>
  )
  return (
    <>
      <PageTitle title={t('volunteers.shifts')}>
        <p className="quiet">{t('volunteers.shiftsLead')}</p>
      </PageTitle>
      <div className="filter-fields">
        <UnitFilter unit={unit} onUnit={(chosen) => void navigate({ search: chosen === '' ? {} : { unit: chosen }, replace: true })} />
      </div>
      <Section title={t(`volunteers.${status}`)} aside={offer}>
        <div className="buttons">
          {states.map((each) => (
            <button key={each} type="button" className="button" aria-pressed={status === each} onClick={() => setStatus(each)}>
              {t(`volunteers.${each}`)}
            </button>
          ))}
        </div>
        <List
          pages={pages}
          keyOf={({ id }) => id}
          className="tiles volunteer-list"
          label={t('volunteers.shifts')}
          empty={
            <Empty title={t('volunteers.noShifts')}>
              <p>{t('volunteers.noShiftsWhy')}</p>
              {status === 'open' && <FirstStep permission="volunteers:offer">{offer}</FirstStep>}
            </Empty>
          }
        >
          {(shift) => <ShiftCard shift={shift} signUp={signUps.get(shift.id)} />}
        </List>
      </Section>
      {isOffering && <Offer onClose={() => setOffering(false)} />}
    </>
  )
}

/** Nothing of these lies ahead. */
const over = ['rejected', 'cancelled', 'closed']

const Offer = ({ onClose }: { onClose: () => void }) => {
  const { t } = useTranslation()
  const unit = useQuery(session).data?.posts[0]?.unit
  const timeZone = useUnit(unit ?? '')?.timezone ?? 'UTC'
  const { label } = useFormats()
  const ahead = rowsOf(useInfiniteQuery(listing('/activities', { query: { limit: 200 } }))).filter(({ status }) => !over.includes(status))
  const choices = { activity: ahead.map(({ id, title }) => ({ value: id, label: label(title) })) }
  return (
    <Dialog title={t('volunteers.offer')} onClose={onClose}>
      <CommandForm
        command="openShift"
        initial={unit === undefined ? {} : { unit }}
        choices={choices}
        timeZone={timeZone}
        submit={t('volunteers.offer')}
        onDone={onClose}
        onCancel={onClose}
      />
    </Dialog>
  )
}
