import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { meetingHistory } from '../../api/history.ts'
import { CommandButton } from '../../parts/act.tsx'
import { useMay } from '../../parts/may.ts'
import { PersonName } from '../../parts/names.tsx'
import { Section } from '../../parts/page.tsx'
import type { Meeting } from './meeting.tsx'

type Attendee = Meeting['attendees'][number]
const order = ['present', 'leave-requested', 'leave-granted', 'invited'] as const
const marks = { present: 'chip good', 'leave-requested': 'chip wait', 'leave-granted': 'chip', invited: 'chip' } as const

/** Who is here, live; who asked for leave and why, for those who may know; who is expected. */
export const Attendance = ({ meeting, own }: { meeting: Meeting; own: string | null }) => {
  const { t } = useTranslation()
  const isRunning = meeting.status === 'called' || meeting.status === 'open'
  const { may: mayRead } = useMay('meetings:read', meeting.unit)
  const asks = meeting.attendees.some(({ state }) => state === 'leave-requested')
  const { data: facts = [] } = useQuery({ ...meetingHistory(meeting.id), enabled: mayRead && asks && isRunning, retry: false })
  const reasons = new Map(
    facts.flatMap(({ type, data }) => (type === 'activities.leave-requested.v1' ? [[String(data.person), String(data.reason)] as const] : [])),
  )
  const there = meeting.attendees.filter(({ state }) => state === 'present').length
  const inOrder = meeting.attendees.toSorted((a, b) => order.indexOf(a.state) - order.indexOf(b.state))
  return (
    <Section
      title={t('meetings.attendance')}
      aside={
        <output className="there" aria-live="polite">
          {t('meetings.there', { there, all: meeting.attendees.length })}
        </output>
      }
    >
      <progress className="presence" value={there} max={meeting.attendees.length} aria-label={t('meetings.attendance')} />
      <ul className="attendees" aria-label={t('meetings.attendance')}>
        {inOrder.map((attendee) => (
          <li key={attendee.person} data-state={attendee.state}>
            <PersonName id={attendee.person} />
            <span className={marks[attendee.state]}>{t(`meetings.mine.${attendee.state}`)}</span>
            {reasons.has(attendee.person) && <span className="quiet attendee-why">{reasons.get(attendee.person)}</span>}
            {isRunning && <Keeper meeting={meeting} attendee={attendee} own={own} />}
          </li>
        ))}
      </ul>
    </Section>
  )
}

/** Whoever keeps the list enters who came without a device, and grants leave. */
const Keeper = ({ meeting, attendee, own }: { meeting: Meeting; attendee: Attendee; own: string | null }) => {
  const { t } = useTranslation()
  const { may } = useMay('meetings:chair', meeting.unit)
  if (!may || attendee.state === 'present') return null
  const path = { id: meeting.id }
  return (
    <span className="buttons item-actions attendee-steps">
      {attendee.state === 'leave-requested' && (
        <CommandButton
          command="grantLeave"
          given={{ path, body: { person: attendee.person } }}
          unit={meeting.unit}
          not={attendee.person === own ? t('meetings.ownLeave') : null}
        >
          {t('meetings.grant')}
        </CommandButton>
      )}
      {attendee.person !== own && (
        <CommandButton command="enterSignIns" given={{ path, body: { persons: [attendee.person] } }} unit={meeting.unit}>
          {t('meetings.enter')}
        </CommandButton>
      )}
    </span>
  )
}
