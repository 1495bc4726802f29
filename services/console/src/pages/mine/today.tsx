import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { listing, type Row, rowsOf } from '../../api/read.ts'
import { CommandButton } from '../../parts/act.tsx'
import { useHomeZone } from '../../parts/as-of.tsx'
import { CommandDialog } from '../../parts/command-dialog.tsx'
import { dayIn, plusDays, startOf } from '../../parts/days.ts'
import { useFormats } from '../../parts/format.ts'
import { ItemCard } from '../../parts/item-card.tsx'
import { PersonName, useUnit } from '../../parts/names.tsx'
import { Section } from '../../parts/page.tsx'
import { Empty, Failure, Loading } from '../../parts/states.tsx'

/** Where I am expected today, who chairs, and what falls due. */
export const Today = () => {
  const { t } = useTranslation()
  const { weekday } = useFormats()
  const zone = useHomeZone()
  const today = dayIn(zone)
  const [from, to] = [startOf(today, zone), startOf(plusDays(today, 1), zone)]
  const meetings = useInfiniteQuery(listing('/meetings', { query: { from, to, limit: 50 } }))
  const duties = rowsOf(useInfiniteQuery(listing('/duties', { query: { owner: 'me', state: 'unfulfilled', limit: 100 } })))
  const dueToday = duties.filter(({ due }) => due >= from && due < to)
  const rows = rowsOf(meetings).filter(({ mine }) => mine !== null)
  return (
    <Section title={t('mine.today.title')} aside={<span className="quiet">{weekday(today)}</span>}>
      {meetings.isPending && <Loading />}
      {meetings.isError && <Failure error={meetings.error} onRetry={() => meetings.refetch()} />}
      {meetings.isSuccess && rows.length === 0 && <Empty title={t('mine.today.none')} />}
      <ul className="items" aria-label={t('mine.today.title')}>
        {rows.toReversed().map((row) => (
          <li key={row.id}>
            <MeetingToday row={row} />
          </li>
        ))}
      </ul>
      {dueToday.length > 0 && <p className="quiet today-duties">{t('mine.today.duties', { count: dueToday.length })}</p>}
    </Section>
  )
}

const MeetingToday = ({ row }: { row: Row<'/meetings'> }) => {
  const { t } = useTranslation()
  const { label, span } = useFormats()
  const zone = useUnit(row.unit)?.timezone ?? 'UTC'
  const path = { id: row.id }
  const isOpen = row.status === 'called' || row.status === 'open'
  const isIn = row.mine === 'present'
  const has = row.mine !== null && row.mine !== 'invited' && row.mine !== 'absent'
  return (
    <ItemCard
      mark={has && <span className={isIn ? 'chip good' : 'chip wait'}>{t(`words.${row.mine}`)}</span>}
      title={
        <Link to="/meetings/$meeting" params={{ meeting: row.id }}>
          {label(row.title)}
        </Link>
      }
      unit={row.unit}
      meta={
        <>
          <time dateTime={row.at}>{span(row.at, row.at, zone)}</time>
          {row.chair !== null && (
            <span>
              {t('values.of', { name: t('fields.chair') })}
              <PersonName id={row.chair} />
            </span>
          )}
          <span>{t('mine.today.there', { there: row.present, all: row.invited })}</span>
        </>
      }
      actions={
        isOpen &&
        !isIn && (
          <>
            <CommandButton command="signIn" given={{ path, body: {} }} unit={null} className="primary">
              {t('mine.today.signIn')}
            </CommandButton>
            {row.mine === 'invited' && <CommandDialog command="askLeave" path={path} unit={null} label={t('mine.today.askLeave')} title={label(row.title)} />}
          </>
        )
      }
    />
  )
}
