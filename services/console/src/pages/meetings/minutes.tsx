import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { CommandButton } from '../../parts/act.tsx'
import { CommandDialog } from '../../parts/command-dialog.tsx'
import { Section } from '../../parts/page.tsx'
import { Empty } from '../../parts/states.tsx'
import { draftOf } from './draft-of.ts'
import type { Meeting } from './meeting.tsx'

const way = ['draft', 'approve', 'file'] as const
const reached = { called: 0, open: 0, closed: 0, minuted: 1, approved: 2, filed: 3 } as const

/** The minutes: written after the closing, approved by the chair, filed with a number by themselves. */
export const Minutes = ({ meeting, own }: { meeting: Meeting; own: string | null }) => {
  const { t } = useTranslation()
  const { id, unit, status, minutes, chair } = meeting
  const done = reached[status as keyof typeof reached] ?? 0
  return (
    <Section title={t('meetings.minutes')} aside={minutes?.label && <strong>{minutes.label}</strong>}>
      <ol className="minutes-way" aria-label={t('meetings.minutesWay')}>
        {way.map((each, place) => (
          <li key={each} data-state={place < done ? 'done' : place === done && status !== 'called' && status !== 'open' ? 'now' : 'ahead'}>
            {t(`meetings.way.${each}`)}
          </li>
        ))}
      </ol>
      {minutes === null && <Empty title={t(status === 'closed' ? 'meetings.noMinutes' : 'meetings.noMinutesYet')} />}
      {minutes !== null && <p className="letter">{minutes.text}</p>}
      <div className="buttons item-actions">
        {(status === 'closed' || status === 'minuted') && (
          <CommandDialog
            command="draftMinutes"
            path={{ id }}
            unit={unit}
            label={t(minutes === null ? 'meetings.draft' : 'meetings.redraft')}
            initial={{ text: minutes?.text ?? draftOf(meeting, (name) => t(`meetings.heads.${name}`)) }}
            className={minutes === null ? 'primary' : ''}
          />
        )}
        {status === 'minuted' && (
          <CommandButton
            command="approveMinutes"
            given={{ path: { id }, body: {} }}
            unit={null}
            not={own === chair ? null : t('meetings.onlyChair')}
            className="primary"
          >
            {t('meetings.approve')}
          </CommandButton>
        )}
        {minutes?.document && (
          <Link to="/documents/$document" params={{ document: minutes.document }} className="button">
            {t('meetings.filed')}
          </Link>
        )}
      </div>
    </Section>
  )
}
