import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { listing, type Row } from '../../api/read.ts'
import { CommandButton } from '../../parts/act.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { useFormats } from '../../parts/format.ts'
import { List } from '../../parts/list.tsx'
import { Section } from '../../parts/page.tsx'
import { Empty } from '../../parts/states.tsx'
import { ActivityCard } from './activity-card.tsx'
import { AtTheDoor } from './at-the-door.tsx'

type Own = Row<'/registrations'>

/** Where I have a place, wait for one, or was. */
export const OwnRegistrations = ({ person }: { person: string | null }) => {
  const { t } = useTranslation()
  const pages = useInfiniteQuery(listing('/registrations', { query: { limit: 12 } }))
  return (
    <Section title={t('home.own.title')}>
      <List
        pages={pages}
        keyOf={({ id }) => id}
        label={t('home.own.title')}
        empty={
          <Empty title={t('home.own.none')}>
            <p>{t('home.own.noneWhy')}</p>
          </Empty>
        }
      >
        {(own) => <OwnCard own={own} person={person} />}
      </List>
    </Section>
  )
}

const OwnCard = ({ own, person }: { own: Own; person: string | null }) => {
  const { t } = useTranslation()
  const { label } = useFormats()
  const [asks, setAsks] = useState<'door' | 'cancel' | null>(null)
  const close = (): void => setAsks(null)
  const isOpen = own.status === 'registering' || own.status === 'announced' || own.status === 'held'
  return (
    <ActivityCard activity={own} mark={<Mark own={own} />}>
      {own.registration === 'registered' && own.checkedInAt === null && isOpen && (
        <button type="button" className="button primary" onClick={() => setAsks('door')}>
          {t('home.own.atTheDoor')}
        </button>
      )}
      {own.registration !== null && own.checkedInAt === null && own.status === 'registering' && (
        <button type="button" className="button" onClick={() => setAsks('cancel')}>
          {t(own.registration === 'waiting' ? 'home.own.leaveLine' : 'home.own.cancel')}
        </button>
      )}
      {asks === 'door' && <AtTheDoor activity={own} person={person} onClose={close} />}
      {asks === 'cancel' && (
        <Dialog title={label(own.title)} onClose={close}>
          <p>{t(own.registration === 'waiting' ? 'home.own.leaveLineWhy' : 'home.own.cancelWhy')}</p>
          <div className="buttons">
            <CommandButton command="cancelRegistration" unit={null} given={{ body: { activity: own.id } }} className="primary" onDone={close}>
              {t(own.registration === 'waiting' ? 'home.own.leaveLine' : 'home.own.cancel')}
            </CommandButton>
            <button type="button" className="button" onClick={close}>
              {t('home.own.keep')}
            </button>
          </div>
        </Dialog>
      )}
    </ActivityCard>
  )
}

const Mark = ({ own }: { own: Own }) => {
  const { t } = useTranslation()
  if (own.checkedInAt !== null) return <span className="chip good">{t('home.mine.present')}</span>
  if (own.line !== null) return <span className="chip wait">{t('seat.line', { place: own.line })}</span>
  if (own.status === 'cancelled') return <span className="chip">{t('words.cancelled')}</span>
  return <span className="chip good">{t('home.mine.registered')}</span>
}
