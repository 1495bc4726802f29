import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { reading } from '../../api/read.ts'
import { useFormats } from '../../parts/format.ts'
import { useMay } from '../../parts/may.ts'
import { PersonName, UnitName, useUnit } from '../../parts/names.tsx'
import { PageTitle, Section } from '../../parts/page.tsx'
import { Failure, Loading } from '../../parts/states.tsx'
import { useWord } from '../../parts/word.ts'
import { Actions } from './actions.tsx'
import { ForPosts } from './for-posts.tsx'
import { Money } from './money.tsx'
import { Next } from './next.tsx'
import { OwnPlace } from './own-place.tsx'
import { Registrations } from './registrations.tsx'
import { Satisfaction } from './satisfaction.tsx'
import { StageLine } from './stage-line.tsx'
import type { Activity } from './stages.ts'
import './activities.css'

const route = getRouteApi('/inside/activities/$activity')

/** One activity: where it is, whose turn it is, who comes, what it costs, what they said. */
export const ActivityPage = () => {
  const { activity: id } = route.useParams()
  const found = useQuery(reading('/activities/{id}/overview', { path: { id } }))
  if (found.isPending) return <Loading />
  if (found.isError) return <Failure error={found.error} onRetry={() => found.refetch()} />
  const activity = found.data
  return (
    <>
      <Head activity={activity} />
      <OwnPlace activity={activity} />
      <div className="two-parts">
        <Plan activity={activity} />
        <div className="part">
          <Money activity={activity} />
          <Satisfaction activity={activity} />
        </div>
      </div>
      <Registrations activity={activity} />
    </>
  )
}

const Head = ({ activity }: { activity: Activity }) => {
  const { t } = useTranslation()
  const { label, span, zone } = useFormats()
  const timeZone = useUnit(activity.unit)?.timezone ?? 'UTC'
  const trail = useMay('trail:read', activity.unit)
  const door = useMay('activities:check-in', activity.unit)
  const draft = useMay('documents:draft', activity.unit)
  const owesSummary = activity.summary !== null && activity.summary.status !== 'fulfilled'
  return (
    <>
      <PageTitle title={label(activity.title)}>
        <p>
          <time dateTime={activity.startsAt}>{span(activity.startsAt, activity.endsAt, timeZone)}</time> · {activity.venue}
        </p>
        <p className="quiet">
          <UnitName id={activity.unit} /> · {zone(timeZone)}
          {activity.major && <span className="chip warn">{t('activities.major')}</span>}
        </p>
      </PageTitle>
      <section className="section" aria-label={t('activities.way.label')}>
        <StageLine activity={activity} />
        <Next activity={activity} />
        <ForPosts>
          <Actions activity={activity} />
        </ForPosts>
        <p className="links">
          {door.may && ['announced', 'registering', 'held'].includes(activity.status) && (
            <a href={`/door.html?activity=${encodeURIComponent(activity.id)}`}>{t('activities.toDoor')}</a>
          )}
          {owesSummary && draft.may && (
            <Link to="/documents/draft" search={{ unit: activity.unit, kind: 'summary', activity: activity.id }}>
              {t('activities.toSummary')}
            </Link>
          )}
          {trail.may && (
            <Link to="/trail" search={{ service: 'activities', stream: `activity-${activity.id}` }}>
              {t('activities.toTrail')}
            </Link>
          )}
        </p>
      </section>
    </>
  )
}

const Plan = ({ activity }: { activity: Activity }) => {
  const { t } = useTranslation()
  const word = useWord()
  const { kind, openTo, organizers, proposer, walkIns, theme, plan, risks } = activity
  const rows = [
    ['theme', theme],
    ['kind', word(kind)],
    ['openTo', t(`words.${openTo}`)],
    ['walkIns', t(walkIns ? 'values.yes' : 'values.no')],
    ['plan', plan],
    ['risks', risks],
  ] as const
  return (
    <Section title={t('activities.plan.title')}>
      <dl className="rows">
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{t(`fields.${name}`)}</dt>
            <dd className="text">{value}</dd>
          </div>
        ))}
        <div>
          <dt>{t('fields.organizers')}</dt>
          <dd>
            <ul className="plain">
              {organizers.map((person) => (
                <li key={person}>
                  <PersonName id={person} />
                </li>
              ))}
            </ul>
          </dd>
        </div>
        {proposer !== null && (
          <div>
            <dt>{t('fields.proposer')}</dt>
            <dd>
              <PersonName id={proposer} />
            </dd>
          </div>
        )}
      </dl>
    </Section>
  )
}
