import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { listing, type Row, reading, rowsOf } from '../../api/read.ts'
import { session } from '../../api/session.ts'
import { CommandButton } from '../../parts/act.tsx'
import { useFormats } from '../../parts/format.ts'
import { UnitName, useUnit } from '../../parts/names.tsx'
import { PageTitle, Section } from '../../parts/page.tsx'
import { isOn, Seat } from '../../parts/seat.tsx'
import { Empty, Failure, Loading } from '../../parts/states.tsx'
import './volunteers.css'

/** My service: where I am expected, and what of it counts. */
export const OwnHoursPage = () => {
  const { t } = useTranslation()
  const person = useQuery(session).data?.person ?? null
  return (
    <>
      <PageTitle title={t('volunteers.own')}>
        <p className="quiet">{t('volunteers.ownLead')}</p>
      </PageTitle>
      {person === null ? <Empty title={t('volunteers.noPerson')} /> : <Own person={person} />}
    </>
  )
}

const Own = ({ person }: { person: string }) => {
  const { t } = useTranslation()
  const { hours } = useFormats()
  const served = useQuery(reading('/volunteers/{person}/hours', { path: { person } }))
  const signUps = rowsOf(useInfiniteQuery(listing('/sign-ups', { query: { limit: 100 } })))
  if (served.isPending) return <Loading />
  if (served.isError) return <Failure error={served.error} onRetry={() => served.refetch()} />
  const { items, minutes } = served.data
  const services = new Map(items.map(({ shift, status }) => [shift, status]))
  const ahead = signUps.filter((each) => each.status === 'open' && isOn(each))
  const titles = new Map(signUps.map((each) => [each.id, each.title]))
  return (
    <>
      <Section title={t('volunteers.ahead')}>
        {ahead.length === 0 && (
          <Empty title={t('volunteers.noneAhead')}>
            <p>
              <Link to="/shifts">{t('volunteers.findOne')}</Link>
            </p>
          </Empty>
        )}
        <ul className="tiles">
          {ahead.map((each) => (
            <li key={each.id}>
              <Ahead signUp={each} service={services.get(each.id) ?? null} />
            </li>
          ))}
        </ul>
      </Section>
      <Section title={t('volunteers.counted')} aside={<strong>{hours(minutes)}</strong>}>
        {items.length === 0 && <p className="quiet">{t('volunteers.noneServed')}</p>}
        <ul className="volunteer-rows" aria-label={t('volunteers.counted')}>
          {items.map((item) => (
            <li key={item.shift}>
              <Served item={item} title={titles.get(item.shift) ?? null} />
            </li>
          ))}
        </ul>
      </Section>
    </>
  )
}

/** A shift that I am on: checked in and out where I stand. */
const Ahead = ({ signUp, service }: { signUp: Row<'/sign-ups'>; service: string | null }) => {
  const { t } = useTranslation()
  const { label, span } = useFormats()
  const timeZone = useUnit(signUp.unit)?.timezone ?? 'UTC'
  const given = { body: { shift: signUp.id } }
  return (
    <article className="tile">
      <div className="tile-head">
        <h3>{label(signUp.title)}</h3>
        <Seat signUp={signUp} />
      </div>
      <p>
        <time dateTime={signUp.from}>{span(signUp.from, signUp.to, timeZone)}</time>
      </p>
      <p className="quiet">
        {signUp.place} · <UnitName id={signUp.unit} />
      </p>
      <div className="tile-foot">
        {signUp.seat === 'seated' && service === null && (
          <CommandButton command="checkIn" unit={null} given={given} className="primary">
            {t('volunteers.checkIn')}
          </CommandButton>
        )}
        {service === 'in' && (
          <CommandButton command="checkOut" unit={null} given={given} className="primary">
            {t('volunteers.checkOut')}
          </CommandButton>
        )}
        {service === null && (
          <CommandButton command="withdrawSignUp" unit={null} given={given}>
            {t('volunteers.withdraw')}
          </CommandButton>
        )}
      </div>
    </article>
  )
}

type Item = Row<'/volunteers/{person}/hours'>

/** One service and what is said of it; how a refusal is disputed. */
const Served = ({ item, title }: { item: Item; title: { readonly en: string; readonly zh: string } | null }) => {
  const { t } = useTranslation()
  const { label, span, hours } = useFormats()
  const [isAsking, setAsking] = useState(false)
  const timeZone = useUnit(item.unit)?.timezone ?? 'UTC'
  const { from, to, minutes, status, ground, unit } = item
  return (
    <>
      <span>{title === null ? <UnitName id={unit} /> : label(title)}</span>
      <span className="quiet">{from !== null && to !== null && span(from, to, timeZone)}</span>
      <span className={status === 'confirmed' ? 'chip good' : 'chip wait'}>
        {t(`volunteers.service.${status}`)}
        {minutes !== null && ` · ${hours(minutes)}`}
      </span>
      {ground !== null && status === 'refused' && (
        <>
          <span className="quiet">{t('volunteers.because', { ground })}</span>
          <button type="button" className="bare link" aria-expanded={isAsking} onClick={() => setAsking(!isAsking)}>
            {t('volunteers.dispute')}
          </button>
          {isAsking && <p className="quiet">{t('volunteers.disputeHow')}</p>}
        </>
      )}
    </>
  )
}
