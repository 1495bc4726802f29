import { useTranslation } from 'react-i18next'
import { CommandButton } from '../../parts/act.tsx'
import { CommandDialog } from '../../parts/command-dialog.tsx'
import { useFormats } from '../../parts/format.ts'
import type { Meeting } from './meeting.tsx'

/** What I may do now: as one who is invited, and as one who chairs. */
export const Steps = ({ meeting, own }: { meeting: Meeting; own: string | null }) => {
  const { t } = useTranslation()
  const { label } = useFormats()
  const { id, unit, status } = meeting
  const given = { path: { id }, body: {} }
  const mine = meeting.attendees.find(({ person }) => person === own)?.state ?? null
  if (status !== 'called' && status !== 'open') return null
  return (
    <div className="buttons item-actions">
      {mine !== null && mine !== 'present' && (
        <CommandButton command="signIn" given={given} unit={null} className="primary">
          {t('meetings.signIn')}
        </CommandButton>
      )}
      {mine === 'present' && (
        <span className="chip good" role="status">
          {t('meetings.mine.present')}
        </span>
      )}
      {mine === 'invited' && <CommandDialog command="askLeave" path={{ id }} unit={null} label={t('meetings.askLeave')} title={label(meeting.title)} />}
      {status === 'called' && (
        <CommandButton command="openMeeting" given={given} unit={unit}>
          {t('meetings.open')}
        </CommandButton>
      )}
      {status === 'open' && (
        <CommandButton command="closeMeeting" given={given} unit={unit}>
          {t('meetings.close')}
        </CommandButton>
      )}
    </div>
  )
}
