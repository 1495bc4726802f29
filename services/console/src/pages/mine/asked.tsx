import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { listing, rowsOf } from '../../api/read.ts'
import { useHomeZone } from '../../parts/as-of.tsx'
import { useFormats } from '../../parts/format.ts'
import { More } from '../../parts/more.tsx'
import { PersonName, PostName } from '../../parts/names.tsx'
import { Section } from '../../parts/page.tsx'
import { Empty } from '../../parts/states.tsx'
import { useRights } from './rows.ts'

type Asked = {
  readonly key: string
  readonly at: string
  readonly kind: string
  readonly title: ReactNode
  readonly state: string
  readonly isGood: boolean
  readonly more: ReactNode
}
/** As many more each time. */
const step = 12

/** What I asked of others, and what became of it: the latest first. */
export const AskedByMe = () => {
  const { t } = useTranslation()
  const { label, moment, dutyTitle } = useFormats()
  const zone = useHomeZone()
  const { anywhere, person } = useRights()
  const [shown, setShown] = useState(step)
  const documents = useInfiniteQuery({ ...listing('/documents', { query: { author: 'me', limit: 50 } }), enabled: anywhere('documents:draft') })
  const activities = useInfiniteQuery({ ...listing('/activities', { query: { limit: 50 } }), enabled: anywhere('activities:propose') })
  const meetings = useInfiniteQuery(listing('/meetings', { query: { limit: 50 } }))
  const duties = useInfiniteQuery({ ...listing('/duties', { query: { assigner: 'me', limit: 100 } }), enabled: anywhere('duties:assign') })
  const cases = useInfiniteQuery(listing('/appointments', { query: { mine: true, limit: 50 } }))
  const sources = [documents, activities, meetings, duties, cases]
  const asked: Asked[] = [
    ...rowsOf(documents)
      .filter(({ status }) => status !== 'draft')
      .map(
        (row): Asked => ({
          key: `document ${row.id}`,
          at: row.changed,
          kind: t(`words.${row.kind}`),
          title: (
            <Link to="/documents/$document" params={{ document: row.id }}>
              {row.title}
            </Link>
          ),
          state: t(`words.${row.status}`),
          isGood: row.status === 'filed' || row.status === 'approved',
          more: row.label ?? (row.status === 'submitted' ? t('mine.approvedSoFar', { done: row.approvedBy.length, all: row.approvers?.length ?? 0 }) : null),
        }),
      ),
    ...rowsOf(activities)
      .filter(
        ({ organizers, status }) => person !== null && organizers.includes(person) && ['proposed', 'pre-reviewed', 'approved', 'rejected'].includes(status),
      )
      .map(
        (row): Asked => ({
          key: `activity ${row.id}`,
          at: row.startsAt,
          kind: t('words.activity'),
          title: (
            <Link to="/activities/$activity" params={{ activity: row.id }}>
              {label(row.title)}
            </Link>
          ),
          state: t(`words.${row.status}`),
          isGood: row.status === 'approved',
          more: null,
        }),
      ),
    ...rowsOf(meetings)
      .filter(({ mine }) => mine === 'leave-requested' || mine === 'leave-granted')
      .map(
        (row): Asked => ({
          key: `leave ${row.id}`,
          at: row.at,
          kind: t('words.meeting'),
          title: (
            <Link to="/meetings/$meeting" params={{ meeting: row.id }}>
              {label(row.title)}
            </Link>
          ),
          state: t(`words.${row.mine}`),
          isGood: row.mine === 'leave-granted',
          more: null,
        }),
      ),
    ...rowsOf(cases).map(
      (row): Asked => ({
        key: `appointment ${row.id}`,
        at: row.changed,
        kind: t(row.asked === 'objected' ? 'fields.objection' : 'fields.appointment'),
        title: (
          <Link to="/appointments/$id" params={{ id: row.id }}>
            {row.name ?? <PersonName id={row.person} />} · <PostName kind={row.kind} />
          </Link>
        ),
        state: t(`stages.${row.status}`),
        isGood: row.status === 'held',
        more: row.openObjections > 0 ? t('mine.objections', { count: row.openObjections }) : null,
      }),
    ),
    ...rowsOf(duties)
      .filter(({ owner }) => owner !== person)
      .map(
        (row): Asked => ({
          key: `duty ${row.id}`,
          at: row.fulfilledAt ?? row.since,
          kind: t('fields.duty'),
          title: dutyTitle(row),
          state: t(`duties.state.${row.state}`),
          isGood: row.state === 'fulfilled',
          more: <PersonName id={row.owner} />,
        }),
      ),
  ]
  return (
    <Section title={t('mine.asked.title')}>
      {asked.length === 0 && (
        <Empty title={t('mine.asked.none')}>
          <p>{t('mine.asked.noneWhy')}</p>
          <div className="buttons">
            {anywhere('documents:draft') && (
              <Link to="/documents/draft" className="button">
                {t('entries.document-draft')}
              </Link>
            )}
            {anywhere('activities:propose') && (
              <Link to="/activities/new" className="button">
                {t('entries.activity-proposal')}
              </Link>
            )}
          </div>
        </Empty>
      )}
      <ul className="asked" aria-label={t('mine.asked.title')}>
        {asked
          .toSorted((a, b) => b.at.localeCompare(a.at))
          .slice(0, shown)
          .map(({ key, at, kind, title, state, isGood, more }) => (
            <li key={key}>
              <span className={isGood ? 'chip good' : 'chip'}>{state}</span>
              <span>
                {title} <span className="quiet">{kind}</span>
              </span>
              <span className="quiet">{more}</span>
              <time className="quiet" dateTime={at}>
                {moment(at, zone)}
              </time>
            </li>
          ))}
      </ul>
      <More
        pages={{
          hasNextPage: asked.length > shown || sources.some((each) => each.hasNextPage),
          isFetchingNextPage: sources.some((each) => each.isFetchingNextPage),
          fetchNextPage: () => {
            setShown(shown + step)
            if (asked.length < shown + step) for (const each of sources) if (each.hasNextPage) void each.fetchNextPage()
          },
        }}
      />
    </Section>
  )
}
