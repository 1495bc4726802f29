import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { listing, type Row, reading, rowsOf } from '../../api/read.ts'
import { CommandButton } from '../../parts/act.tsx'
import { useFormats } from '../../parts/format.ts'
import { List } from '../../parts/list.tsx'
import { UnitName, useUnit } from '../../parts/names.tsx'
import { Section } from '../../parts/page.tsx'
import { isOn, Seat } from '../../parts/seat.tsx'
import { Empty } from '../../parts/states.tsx'

type Shift = Row<'/shifts'>

/** Shifts that need hands, mine among them, and the hours that were confirmed. */
export const Volunteering = ({ person }: { person: string }) => {
  const { t } = useTranslation()
  const { hours } = useFormats()
  // From the moment the page was opened: a query's name must not change with every second.
  const [now] = useState(() => new Date().toISOString())
  const shifts = useInfiniteQuery(listing('/shifts', { query: { status: 'open', from: now, limit: 12 } }))
  const own = rowsOf(useInfiniteQuery(listing('/sign-ups', { query: { limit: 100 } })))
  const served = useQuery(reading('/volunteers/{person}/hours', { path: { person } }))
  const signUps = new Map(own.map((each) => [each.id, each]))
  return (
    <Section title={t('home.shifts.title')} aside={served.data && <p className="hours">{t('home.shifts.hours', { hours: hours(served.data.minutes) })}</p>}>
      <List
        pages={shifts}
        keyOf={({ id }) => id}
        label={t('home.shifts.title')}
        empty={
          <Empty title={t('home.shifts.none')}>
            <p>{t('home.shifts.noneWhy')}</p>
          </Empty>
        }
      >
        {(shift) => <ShiftCard shift={shift} signUp={signUps.get(shift.id)} />}
      </List>
    </Section>
  )
}

const ShiftCard = ({ shift, signUp }: { shift: Shift; signUp: Row<'/sign-ups'> | undefined }) => {
  const { t } = useTranslation()
  const { label, span } = useFormats()
  const timeZone = useUnit(shift.unit)?.timezone ?? 'UTC'
  const isIn = isOn(signUp)
  const free = Math.max(0, shift.seats - shift.taken)
  return (
    <article className="tile">
      <div className="tile-head">
        <h3>{label(shift.title)}</h3>
        {isIn && <Seat signUp={signUp} />}
      </div>
      <p>
        <time dateTime={shift.from}>{span(shift.from, shift.to, timeZone)}</time>
      </p>
      <p className="quiet">
        {shift.place} · <UnitName id={shift.unit} />
      </p>
      <div className="tile-foot">
        <CommandButton command={isIn ? 'withdrawSignUp' : 'signUp'} unit={null} given={{ body: { shift: shift.id } }} className={isIn ? '' : 'primary'}>
          {t(isIn ? 'home.shifts.withdraw' : free > 0 ? 'home.shifts.signUp' : 'home.shifts.wait')}
        </CommandButton>
        <span className="quiet">{t('home.shifts.free', { count: free })}</span>
      </div>
    </article>
  )
}
