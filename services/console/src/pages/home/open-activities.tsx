import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { openActivities, placesFree } from '../../api/open-activities.ts'
import type { Row } from '../../api/read.ts'
import { CommandButton } from '../../parts/act.tsx'
import { useFormats } from '../../parts/format.ts'
import { List } from '../../parts/list.tsx'
import { useUnit } from '../../parts/names.tsx'
import { Section } from '../../parts/page.tsx'
import { Empty } from '../../parts/states.tsx'
import { ActivityCard } from './activity-card.tsx'

type Offer = Row<'/activities/open'>

/** What is on near me and takes registrations. */
export const OpenActivities = () => {
  const { t } = useTranslation()
  const pages = useInfiniteQuery(openActivities)
  return (
    <Section title={t('home.open.title')}>
      <List
        pages={pages}
        keyOf={({ id }) => id}
        label={t('home.open.title')}
        empty={
          <Empty title={t('home.open.none')}>
            <p>{t('home.open.noneWhy')}</p>
          </Empty>
        }
      >
        {(offer) => <OfferCard offer={offer} />}
      </List>
    </Section>
  )
}

const OfferCard = ({ offer }: { offer: Offer }) => {
  const { t } = useTranslation()
  const { moment } = useFormats()
  const timeZone = useUnit(offer.unit)?.timezone ?? 'UTC'
  const free = placesFree(offer)
  const places =
    free > 0 ? t('home.open.free', { count: free }) : offer.waiting === 0 ? t('home.open.fullNobody') : t('home.open.full', { count: offer.waiting })
  const note = offer.registrationUntil === null ? places : `${places} · ${t('home.open.until', { moment: moment(offer.registrationUntil, timeZone) })}`
  return (
    <ActivityCard activity={offer} note={note} mark={offer.mine && <span className="chip good">{t(`home.mine.${offer.mine}`)}</span>}>
      {offer.mine === null && (
        <CommandButton command="registerForActivity" unit={null} given={{ body: { activity: offer.id } }} className="primary">
          {t(free > 0 ? 'home.open.register' : 'home.open.wait')}
        </CommandButton>
      )}
    </ActivityCard>
  )
}
