import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Row } from '../../api/read.ts'
import { Act, CommandButton } from '../../parts/act.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { useFormats } from '../../parts/format.ts'
import { UnitName, useUnit } from '../../parts/names.tsx'
import { isOn, Seat } from '../../parts/seat.tsx'
import { useWord } from '../../parts/word.ts'
import { Roster } from './roster.tsx'

/** A shift: when, where, how many are still needed; sign-up for everybody, the roster and the end of it for its host. */
export const ShiftCard = ({ shift, signUp }: { shift: Row<'/shifts'>; signUp: Row<'/sign-ups'> | undefined }) => {
  const { t } = useTranslation()
  const word = useWord()
  const { label, span } = useFormats()
  const [isOpen, setOpen] = useState(false)
  const timeZone = useUnit(shift.unit)?.timezone ?? 'UTC'
  const isIn = isOn(signUp)
  const free = Math.max(0, shift.seats - shift.taken)
  return (
    <article className="tile" data-shift={shift.id}>
      <div className="tile-head">
        <h3>{label(shift.title)}</h3>
        {isIn && <Seat signUp={signUp} />}
      </div>
      <p>
        <time dateTime={shift.from}>{span(shift.from, shift.to, timeZone)}</time>
      </p>
      <p className="quiet">
        {shift.place} · <UnitName id={shift.unit} /> · {word(shift.category)}
      </p>
      <p className="quiet">
        {t('volunteers.seats', { count: free, seats: shift.seats })}
        {shift.waiting > 0 && ` · ${t('volunteers.waiting', { count: shift.waiting })}`}
      </p>
      {shift.activity !== null && (
        <p className="quiet">
          <Link to="/activities/$activity" params={{ activity: shift.activity }}>
            {t('volunteers.ofActivity')}
          </Link>
        </p>
      )}
      <div className="tile-foot">
        {shift.status === 'open' && (
          <CommandButton command={isIn ? 'withdrawSignUp' : 'signUp'} unit={null} given={{ body: { shift: shift.id } }} className={isIn ? '' : 'primary'}>
            {t(isIn ? 'volunteers.withdraw' : free > 0 ? 'volunteers.signUp' : 'volunteers.wait')}
          </CommandButton>
        )}
        <Act permission="registrations:read" unit={shift.unit} onPress={() => setOpen(true)}>
          {t('volunteers.roster')}
        </Act>
        {shift.status === 'open' && (
          <CommandButton command="closeShift" unit={shift.unit} given={{ path: { id: shift.id }, body: {} }}>
            {t('volunteers.close')}
          </CommandButton>
        )}
      </div>
      {isOpen && (
        <Dialog title={label(shift.title)} onClose={() => setOpen(false)}>
          <Roster shift={shift} timeZone={timeZone} />
        </Dialog>
      )}
    </article>
  )
}
