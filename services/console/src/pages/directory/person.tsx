import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { officer, personCard } from '../../api/organization.ts'
import { mayAnywhere } from '../../api/permissions.ts'
import { Problem } from '../../api/problem.ts'
import { type Answer, listing } from '../../api/read.ts'
import { me } from '../../api/session.ts'
import { useHomeZone } from '../../parts/as-of.tsx'
import { dayIn } from '../../parts/days.ts'
import { useFormats } from '../../parts/format.ts'
import { List } from '../../parts/list.tsx'
import { PostName, UnitName, usePersonName } from '../../parts/names.tsx'
import { PageTitle, Section } from '../../parts/page.tsx'
import { StageLine } from '../../parts/stage-line.tsx'
import { Empty, Failure, Loading } from '../../parts/states.tsx'
import { PersonDuties, PersonHours } from './person-work.tsx'
import './directory.css'

const route = getRouteApi('/inside/people/$person')

/** One person as far as the reader may see: posts now and before, appointments, duties, hours. */
export const PersonPage = () => {
  const { t } = useTranslation()
  const { person } = route.useParams()
  const card = useQuery(personCard(person))
  const name = usePersonName(person)
  const known = useQuery(me)
  // Of whom the reader may not read, the directory tells the posts.
  const isRefused = card.error instanceof Problem && card.error.status === 403
  const isOwn = known.data?.person?.id === person
  const may = (permission: string): boolean => isOwn || (known.data !== undefined && mayAnywhere(known.data, permission))
  return (
    <>
      <PageTitle title={name}>
        {card.data && (
          <p className="quiet">
            {card.data.number} · <UnitName id={card.data.campus} />
            {card.data.college !== null && (
              <>
                {' · '}
                <UnitName id={card.data.college} />
              </>
            )}
          </p>
        )}
      </PageTitle>
      {card.isPending && <Loading />}
      {card.isError && !isRefused && <Failure error={card.error} onRetry={() => card.refetch()} />}
      {card.data ? <Posts posts={card.data.posts} /> : <PublicPosts person={person} />}
      {may('appointments:read') && <Appointments person={person} />}
      {known.data && <PersonDuties person={person} />}
      {may('registrations:read') && <PersonHours person={person} />}
      <p className="buttons">
        {may('dashboards:read') && (
          <Link to="/dashboards/officers/$person" params={{ person }} className="button">
            {t('person.dashboard')}
          </Link>
        )}
        {may('people:read-file') && (
          <Link to="/people/$person/file" params={{ person }} className="button">
            {t('person.file')}
          </Link>
        )}
      </p>
    </>
  )
}

type Post = Answer<'/people/{id}'>['posts'][number]

const Posts = ({ posts }: { posts: readonly Post[] }) => {
  const { t } = useTranslation()
  const now = new Date().toISOString()
  const isNow = ({ from, until }: Post): boolean => from <= now && (until === null || until > now)
  const [present, others] = [posts.filter(isNow), posts.filter((post) => !isNow(post))]
  return (
    <Section title={t('person.posts')}>
      {present.length === 0 ? <p className="quiet">{t('person.noPost')}</p> : <PostList posts={present} label={t('person.posts')} />}
      {others.length > 0 && (
        <>
          <h3 className="dir-before">{t('person.before')}</h3>
          <PostList posts={others} label={t('person.before')} />
        </>
      )}
    </Section>
  )
}

/** What the directory tells everybody of whom the reader may not read. */
const PublicPosts = ({ person }: { person: string }) => {
  const { t } = useTranslation()
  const held = useQuery(officer(person, null))
  if (!held.data) return null
  return (
    <Section title={t('person.posts')}>
      {held.data.length === 0 ? <p className="quiet">{t('person.noPost')}</p> : <PostList posts={held.data} label={t('person.posts')} />}
    </Section>
  )
}

const PostList = ({ posts, label }: { posts: readonly Post[]; label: string }) => {
  const { t } = useTranslation()
  const { day } = useFormats()
  const zone = useHomeZone()
  const dayOf = (at: string): string => day(dayIn(zone, new Date(at)))
  return (
    <ul className="dir-rows" aria-label={label}>
      {posts.map(({ holding, kind, unit, from, until, citation }) => (
        <li key={holding}>
          <Link to="/appointments/$id" params={{ id: holding }} className="dir-name">
            <PostName kind={kind} />
          </Link>
          <UnitName id={unit} />
          <span className="quiet">
            {until === null ? t('directory.since', { from: dayOf(from) }) : t('directory.fromTo', { from: dayOf(from), to: dayOf(until) })}
          </span>
          <span className="quiet">{citation ?? t('directory.noDocument')}</span>
        </li>
      ))}
    </ul>
  )
}

const Appointments = ({ person }: { person: string }) => {
  const { t } = useTranslation()
  const pages = useInfiniteQuery(listing('/appointments', { query: { person, limit: 20 } }))
  return (
    <Section title={t('person.appointments')}>
      <List
        pages={pages}
        className="dir-rows"
        keyOf={({ id }) => id}
        empty={
          <Empty title={t('person.noAppointments')}>
            <p>{t('person.noAppointmentsWhy')}</p>
          </Empty>
        }
      >
        {({ id, kind, unit, status, entered }) => (
          <>
            <Link to="/appointments/$id" params={{ id }} className="dir-name">
              <PostName kind={kind} />
            </Link>
            <UnitName id={unit} />
            <span className="dir-stages">
              <StageLine status={status} entered={entered} />
            </span>
          </>
        )}
      </List>
    </Section>
  )
}
