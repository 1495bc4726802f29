import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { placesFree } from '../../api/open-activities.ts'
import { listing, type Row, rowsOf } from '../../api/read.ts'
import { session } from '../../api/session.ts'
import { CommandButton } from '../../parts/act.tsx'
import { useFormats } from '../../parts/format.ts'
import { useUnit } from '../../parts/names.tsx'
import { Section } from '../../parts/page.tsx'
import type { Activity } from './stages.ts'

/** What the reader has here: a place, one on the waitlist, or the way to get one. */
export const OwnPlace = ({ activity }: { activity: Activity }) => {
  const { t } = useTranslation()
  const person = useQuery(session).data?.person ?? null
  const own = useInfiniteQuery(listing('/registrations', { query: { activity: activity.id, limit: 1 } }))
  const [mine] = rowsOf(own)
  if (person === null || !own.isSuccess || (!mine && activity.status !== 'registering')) return null
  return <Section title={t('activities.own.title')}>{mine ? <Place mine={mine} /> : <Register activity={activity} />}</Section>
}

const Place = ({ mine }: { mine: Row<'/registrations'> }) => {
  const { t } = useTranslation()
  const { line, checkedInAt } = mine
  return (
    <>
      <p>{checkedInAt !== null ? t('activities.own.present') : line !== null ? t('activities.own.line', { place: line }) : t('activities.own.registered')}</p>
      <p className="links">
        <Link to="/">{t('activities.own.home')}</Link>
      </p>
    </>
  )
}

const Register = ({ activity }: { activity: Activity }) => {
  const { t } = useTranslation()
  const { moment } = useFormats()
  const { id, unit, waiting, registrationUntil } = activity
  const timeZone = useUnit(unit)?.timezone ?? 'UTC'
  const free = placesFree(activity)
  const until = registrationUntil && moment(registrationUntil, timeZone)
  const isOver = registrationUntil !== null && registrationUntil < new Date().toISOString()
  return (
    <>
      <p>
        {free > 0 ? t('activities.own.free', { count: free }) : waiting === 0 ? t('activities.own.fullNobody') : t('activities.own.full', { count: waiting })}
        {until && ` · ${t('activities.own.until', { moment: until })}`}
      </p>
      <div className="buttons">
        <CommandButton
          command="registerForActivity"
          unit={null}
          given={{ body: { activity: id } }}
          className="primary"
          not={isOver ? t('activities.own.over', { moment: until }) : null}
        >
          {t(free > 0 ? 'activities.own.register' : 'activities.own.wait')}
        </CommandButton>
      </div>
    </>
  )
}
