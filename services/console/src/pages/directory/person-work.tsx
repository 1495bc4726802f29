import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Problem } from '../../api/problem.ts'
import { listing, reading } from '../../api/read.ts'
import { useHomeZone } from '../../parts/as-of.tsx'
import { useByPolicy } from '../../parts/by-policy.ts'
import { useFormats } from '../../parts/format.ts'
import { List } from '../../parts/list.tsx'
import { UnitName } from '../../parts/names.tsx'
import { Section } from '../../parts/page.tsx'
import { Empty, Failure } from '../../parts/states.tsx'

const chips = { open: 'chip', overdue: 'chip wait', fulfilled: 'chip good' } as const

/** What somebody owes and has fulfilled. The list shows what the reader may see; who may see none is not told of it. */
export const PersonDuties = ({ person }: { person: string }) => {
  const { t } = useTranslation()
  const { days } = useByPolicy()
  const { moment, dutyTitle } = useFormats()
  const zone = useHomeZone()
  const pages = useInfiniteQuery({ ...listing('/duties', { query: { owner: person, limit: 20 } }), retry: false })
  if (pages.error instanceof Problem && pages.error.status === 403) return null
  return (
    <Section title={t('person.duties')}>
      <List
        pages={pages}
        className="dir-rows"
        keyOf={({ id }) => id}
        empty={
          <Empty title={t('person.noDuties')}>
            <p>{t('person.noDutiesWhy')}</p>
          </Empty>
        }
      >
        {({ name, title, unit, since, due, state, sourceKind }) => (
          <>
            <span className="dir-name">{dutyTitle({ name, title })}</span>
            <UnitName id={unit} />
            <span className="quiet">
              {t('person.due', { moment: moment(due, zone) })}
              {sourceKind === 'activity' && ` (${days(since, due)})`}
            </span>
            <span>
              <span className={chips[state]}>{t(`person.states.${state}`)}</span>
            </span>
          </>
        )}
      </List>
    </Section>
  )
}

/** Volunteering: confirmed hours, and each service behind them. */
export const PersonHours = ({ person }: { person: string }) => {
  const { t } = useTranslation()
  const { hours, moment } = useFormats()
  const zone = useHomeZone()
  const told = useQuery({ ...reading('/volunteers/{person}/hours', { path: { person } }), retry: false })
  if (told.isError) return <Failure error={told.error} onRetry={() => told.refetch()} />
  if (!told.data) return null
  const { minutes, items } = told.data
  return (
    <Section title={t('person.hours')}>
      <p>{t('person.confirmed', { hours: hours(minutes) })}</p>
      {items.length === 0 ? (
        <p className="quiet">{t('person.noHours')}</p>
      ) : (
        <details>
          <summary>{t('person.services', { count: items.length })}</summary>
          <ul className="dir-rows">
            {items.map((item) => (
              <li key={`${item.shift} ${item.from}`}>
                <UnitName id={item.unit} />
                <span>{item.minutes === null ? '—' : hours(item.minutes)}</span>
                <span className="quiet">{item.from === null ? '—' : moment(item.from, zone)}</span>
                <span>
                  <span className={item.status === 'confirmed' ? 'chip good' : 'chip'}>{t(`person.stints.${item.status}`)}</span>
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </Section>
  )
}
