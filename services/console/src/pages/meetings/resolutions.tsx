import { useTranslation } from 'react-i18next'
import { CommandDialog } from '../../parts/command-dialog.tsx'
import { Due } from '../../parts/due.tsx'
import { PersonName } from '../../parts/names.tsx'
import { Section } from '../../parts/page.tsx'
import { Empty } from '../../parts/states.tsx'
import type { Meeting } from './meeting.tsx'

/** What was resolved, and who owes what of it by when. */
export const Resolutions = ({ meeting }: { meeting: Meeting }) => {
  const { t } = useTranslation()
  const { id, unit, status, resolutions } = meeting
  return (
    <Section
      title={t('fields.resolutions')}
      aside={
        status === 'open' && (
          <CommandDialog command="adoptResolution" path={{ id }} unit={unit} label={t('meetings.resolve')}>
            <p>{t('meetings.resolveMeans')}</p>
          </CommandDialog>
        )
      }
    >
      {resolutions.length === 0 && (
        <Empty title={t('meetings.noResolution')}>
          <p>{t('meetings.noResolutionWhy')}</p>
        </Empty>
      )}
      <ol className="items">
        {resolutions.map(({ resolution, text, duties }) => (
          <li key={resolution} className="resolution">
            <p className="text">{text}</p>
            <ul className="owed" aria-label={t('fields.duties')}>
              {duties.map(({ duty, title, owner, due, state, unit: at }) => (
                <li key={duty}>
                  <span>
                    {title} · <PersonName id={owner} />
                  </span>
                  <span className="quiet">
                    <Due at={due} unit={at ?? unit} isDone={state === 'fulfilled'} />
                  </span>
                  <span className={state === 'fulfilled' ? 'chip good' : state === 'overdue' ? 'chip wait' : 'chip'}>{t(`meetings.duty.${state}`)}</span>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ol>
    </Section>
  )
}
