import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { listing, type Row } from '../../api/read.ts'
import { Act, CommandButton } from '../../parts/act.tsx'
import { CommandForm } from '../../parts/command-form/command-form.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { useFormats } from '../../parts/format.ts'
import { List } from '../../parts/list.tsx'
import { useMay } from '../../parts/may.ts'
import { PersonName, useUnit } from '../../parts/names.tsx'
import { Section } from '../../parts/page.tsx'
import { Empty } from '../../parts/states.tsx'
import { ForPosts } from './for-posts.tsx'
import type { Activity } from './stages.ts'

const states = ['registered', 'waiting', 'attended'] as const
type State = (typeof states)[number]
type Attendee = Row<'/activities/{id}/attendees'>

/** Who registered, waits, and came: for those who run it. Others see how many. */
export const Registrations = ({ activity }: { activity: Activity }) => {
  const { t } = useTranslation()
  const { may } = useMay('registrations:read', activity.unit)
  const [state, setState] = useState<State>('registered')
  const [isAdding, setAdding] = useState(false)
  const { id, unit, status, registered, waiting, attended, capacity } = activity
  const timeZone = useUnit(unit)?.timezone ?? 'UTC'
  const counts = { registered, waiting, attended }
  return (
    <Section
      title={t('activities.people.title')}
      aside={<span className="quiet">{t('activities.people.places', { count: Math.max(0, capacity - registered), capacity })}</span>}
    >
      <div className="buttons">
        {states.map((each) => (
          <button key={each} type="button" className="button" aria-pressed={state === each} onClick={() => setState(each)}>
            {t(`activities.people.${each}`, { count: counts[each] })}
          </button>
        ))}
        {(status === 'registering' || status === 'announced') && (
          <ForPosts>
            <Act
              permission="activities:register-others"
              unit={unit}
              not={status === 'registering' ? null : t('activities.not.registering')}
              onPress={() => setAdding(true)}
            >
              {t('activities.do.registerAtDesk')}
            </Act>
          </ForPosts>
        )}
      </div>
      {may ? <Attendees activity={activity} state={state} timeZone={timeZone} /> : <p className="quiet">{t('activities.people.hidden')}</p>}
      {isAdding && (
        <Dialog title={t('activities.do.registerAtDesk')} onClose={() => setAdding(false)}>
          <CommandForm
            command="registerAtDesk"
            given={{ activity: id }}
            timeZone={timeZone}
            submit={t('activities.do.registerAtDesk')}
            onDone={() => setAdding(false)}
            onCancel={() => setAdding(false)}
          />
        </Dialog>
      )}
    </Section>
  )
}

const Attendees = ({ activity, state, timeZone }: { activity: Activity; state: State; timeZone: string }) => {
  const { t } = useTranslation()
  const pages = useInfiniteQuery(listing('/activities/{id}/attendees', { path: { id: activity.id }, query: { state, limit: 50 } }))
  return (
    <List
      pages={pages}
      keyOf={({ person }) => person}
      className="people-rows"
      label={t(`words.${state}`)}
      empty={
        <Empty title={t(`activities.people.none.${state}`)}>
          <p>{t(`activities.people.noneWhy.${state}`)}</p>
        </Empty>
      }
    >
      {(attendee) => <AttendeeRow activity={activity} attendee={attendee} timeZone={timeZone} />}
    </List>
  )
}

const AttendeeRow = ({ activity, attendee, timeZone }: { activity: Activity; attendee: Attendee; timeZone: string }) => {
  const { t } = useTranslation()
  const { moment } = useFormats()
  const { person, registration, registeredAt, grade, checkedInAt } = attendee
  return (
    <>
      <span>
        <PersonName id={person} />
      </span>
      <span className="quiet">
        {grade !== null && checkedInAt !== null
          ? `${t(`words.${grade}`)} · ${moment(checkedInAt, timeZone)}`
          : registeredAt !== null && moment(registeredAt, timeZone)}
      </span>
      {registration !== null && grade === null && activity.status === 'registering' && (
        <CommandButton command="cancelAtDesk" unit={activity.unit} given={{ body: { activity: activity.id, person } }}>
          {t(registration === 'waiting' ? 'activities.do.takeOffLine' : 'activities.do.cancelAtDesk')}
        </CommandButton>
      )}
    </>
  )
}
