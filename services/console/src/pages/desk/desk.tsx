import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { listing } from '../../api/read.ts'
import { List } from '../../parts/list.tsx'
import { PageTitle, Section } from '../../parts/page.tsx'
import { Empty } from '../../parts/states.tsx'
import { UnitFilter } from '../../parts/unit-filter.tsx'
import { DocumentCard } from '../documents/document-card.tsx'
import { DutiesByUnit } from '../duties/by-unit.tsx'
import { MeetingCard } from '../meetings/meeting-card.tsx'
import { HandedIn } from './handed-in.tsx'
import { Registers } from './registers.tsx'
import './desk.css'

const route = getRouteApi('/inside/desk')

/** The secretary's desk: drafts on their way, minutes to approve, duties with their age, who has not handed in, and the registers without holes. */
export const DeskPage = () => {
  const { t } = useTranslation()
  const { issuer } = route.useSearch()
  const navigate = route.useNavigate()
  const unit = issuer ?? null
  return (
    <>
      <div className="title-row">
        <PageTitle title={t('desk.title')}>
          <p className="quiet">{t('desk.lead')}</p>
        </PageTitle>
        <UnitFilter unit={issuer} onUnit={(chosen) => void navigate({ search: chosen === '' ? {} : { issuer: chosen }, replace: true })} />
      </div>
      <div className="desk">
        <Section title={t('desk.onTheWay')}>
          <OnTheWay unit={unit} status="submitted" />
        </Section>
        <Section title={t('desk.back')}>
          <OnTheWay unit={unit} status="returned" />
        </Section>
        <Section title={t('desk.minutes')}>
          <MinutesToApprove unit={unit} />
        </Section>
        <Section title={t('desk.duties')}>
          <DutiesByUnit unit={unit} />
        </Section>
        <HandedIn unit={unit} />
        <Section title={t('desk.registers')}>
          <Registers issuer={unit} />
        </Section>
      </div>
    </>
  )
}

const OnTheWay = ({ unit, status }: { unit: string | null; status: 'submitted' | 'returned' }) => {
  const { t } = useTranslation()
  const pages = useInfiniteQuery(listing('/documents', { query: { issuer: unit, status, limit: 10 } }))
  return (
    <List pages={pages} className="items" keyOf={(row) => row.id} label={t(`desk.label.${status}`)} empty={<Empty title={t(`desk.none.${status}`)} />}>
      {(row) => <DocumentCard row={row} />}
    </List>
  )
}

const MinutesToApprove = ({ unit }: { unit: string | null }) => {
  const { t } = useTranslation()
  const drafted = useInfiniteQuery(listing('/meetings', { query: { unit, status: 'minuted', limit: 10 } }))
  const unwritten = useInfiniteQuery(listing('/meetings', { query: { unit, status: 'closed', limit: 10 } }))
  return (
    <>
      <List pages={drafted} className="items" keyOf={(row) => row.id} label={t('desk.label.minuted')} empty={<Empty title={t('desk.none.minuted')} />}>
        {(row) => <MeetingCard row={row} />}
      </List>
      <h3 className="desk-part">{t('desk.unwritten')}</h3>
      <List pages={unwritten} className="items" keyOf={(row) => row.id} label={t('desk.unwritten')} empty={<Empty title={t('desk.none.closed')} />}>
        {(row) => <MeetingCard row={row} />}
      </List>
    </>
  )
}
