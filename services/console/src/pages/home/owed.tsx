import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { postKinds } from '../../api/organization.ts'
import { kindsWith } from '../../api/permissions.ts'
import type { Answer, Row } from '../../api/read.ts'
import { dayIn } from '../../parts/days.ts'
import { useFormats } from '../../parts/format.ts'
import { PersonName, PostName, UnitName, useUnit } from '../../parts/names.tsx'
import { Section } from '../../parts/page.tsx'
import { Empty, Failure, Loading } from '../../parts/states.tsx'
import { isAnswered, type Objection, useOwed } from './owed-answers.ts'

/** What I asked: who owes the answer and by when, and the answers of late. */
export const Owed = ({ person }: { person: string }) => {
  const { t } = useTranslation()
  const { objections, leaves, stints, erasure, isPending, failed } = useOwed(person)
  const isEmpty = objections.length + leaves.length + stints.length === 0 && erasure === null
  return (
    <Section title={t('home.owed.title')}>
      {failed && <Failure error={failed.error} onRetry={() => failed.refetch()} />}
      {isPending && <Loading />}
      {isEmpty && !isPending && !failed && (
        <Empty title={t('home.owed.none')}>
          <p>{t('home.owed.noneWhy')}</p>
        </Empty>
      )}
      {!isEmpty && (
        <ul className="tiles" aria-label={t('home.owed.title')}>
          {objections.map((each) => (
            <li key={`${each.appointment} ${each.objection}`}>
              <ObjectionTile objection={each} />
            </li>
          ))}
          {erasure && (
            <li>
              <ErasureTile erasure={erasure} />
            </li>
          )}
          {leaves.map((each) => (
            <li key={each.id}>
              <LeaveTile meeting={each} />
            </li>
          ))}
          {stints.map((each) => (
            <li key={each.shift}>
              <HoursTile stint={each} />
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}

type TileProps = { readonly title: ReactNode; readonly mark: string | null; readonly isGood?: boolean; readonly look: ReactNode; readonly children: ReactNode }

/** `mark` says what the answer was; null while it is waited for. */
const Tile = ({ title, mark, isGood = false, look, children }: TileProps) => {
  const { t } = useTranslation()
  return (
    <article className="tile">
      <div className="tile-head">
        <h3>{title}</h3>
        <span className={mark === null ? 'chip wait' : isGood ? 'chip good' : 'chip'}>{mark ?? t('home.owed.waits')}</span>
      </div>
      {children}
      <div className="tile-foot">{look}</div>
    </article>
  )
}

/** The kinds of post that may answer. */
const WhoOwes = ({ permission }: { permission: string }) => {
  const { t } = useTranslation()
  const { label } = useFormats()
  const { data } = useQuery(postKinds)
  if (!data) return null
  const who = kindsWith(data, permission)
    .map(({ name }) => label(name))
    .join(t('act.and'))
  return <p>{who === '' ? t('home.owed.nobody') : t('home.owed.who', { who })}</p>
}

const ObjectionTile = ({ objection }: { objection: Objection }) => {
  const { t } = useTranslation()
  const { day, moment } = useFormats()
  const { appointment, person, name, kind, unit, noticeUntil, noticeDays, filedAt, settledAt, upheld, answer } = objection
  const zone = useUnit(unit)?.timezone ?? 'UTC'
  const isOpen = !isAnswered(objection)
  return (
    <Tile
      title={
        <>
          {t('fields.objection')} · {name ?? <PersonName id={person} />}
        </>
      }
      mark={isOpen ? null : upheld === null ? t('home.owed.ended') : t(upheld ? 'home.owed.upheld' : 'home.owed.overruled')}
      isGood={upheld === true}
      look={
        <Link className="button" to="/appointments/$id" params={{ id: appointment }}>
          {t('home.owed.look')}
        </Link>
      }
    >
      <p className="quiet">
        <PostName kind={kind} /> · <UnitName id={unit} /> ·{' '}
        {settledAt === null ? t('home.owed.asked', { moment: moment(filedAt, zone) }) : t('home.owed.answered', { moment: moment(settledAt, zone) })}
      </p>
      {answer !== null && <p className="text">{t('home.owed.answer', { answer })}</p>}
      {isOpen && <WhoOwes permission="appointments:decide" />}
      {isOpen && noticeUntil !== null && noticeDays !== null && (
        <p className="quiet">{t('home.owed.objectionBy', { day: day(dayIn(zone, new Date(noticeUntil))), count: noticeDays })}</p>
      )}
    </Tile>
  )
}

const ErasureTile = ({ erasure }: { erasure: Answer<'/people/{id}/erasure'> }) => {
  const { t } = useTranslation()
  return (
    <Tile
      title={t('home.owed.erasure')}
      mark={null}
      look={
        <Link className="button" to="/my-data">
          {t('home.owed.look')}
        </Link>
      }
    >
      <WhoOwes permission="erasures:approve" />
      <p className="quiet">
        {erasure.status === 'held' ? t('home.owed.held') : `${t('home.owed.approvals', { count: erasure.approvals })} ${t('home.owed.noDay')}`}
      </p>
    </Tile>
  )
}

const LeaveTile = ({ meeting }: { meeting: Row<'/meetings'> }) => {
  const { t } = useTranslation()
  const { label, moment } = useFormats()
  const zone = useUnit(meeting.unit)?.timezone ?? 'UTC'
  const isOpen = meeting.mine === 'leave-requested'
  return (
    <Tile
      title={t('home.owed.leave', { title: label(meeting.title) })}
      mark={isOpen ? null : t('words.leave-granted')}
      isGood
      look={
        <Link className="button" to="/meetings/$meeting" params={{ meeting: meeting.id }}>
          {t('home.owed.look')}
        </Link>
      }
    >
      {isOpen && <WhoOwes permission="meetings:chair" />}
      <p className="quiet">{t('home.owed.leaveBy', { moment: moment(meeting.at, zone) })}</p>
    </Tile>
  )
}

const HoursTile = ({ stint }: { stint: Answer<'/volunteers/{person}/hours'>['items'][number] }) => {
  const { t } = useTranslation()
  const { hours, span } = useFormats()
  const { unit, status, from, to, minutes, ground } = stint
  const zone = useUnit(unit)?.timezone ?? 'UTC'
  const isOpen = status !== 'refused'
  return (
    <Tile
      title={t('home.owed.hours', { hours: hours(minutes ?? 0) })}
      mark={isOpen ? null : t('words.refused')}
      look={
        <Link className="button" to="/hours">
          {t('home.owed.look')}
        </Link>
      }
    >
      <p className="quiet">
        <UnitName id={unit} />
        {from !== null && to !== null && ` · ${span(from, to, zone)}`}
      </p>
      {ground !== null && <p className="text">{t('home.owed.answer', { answer: ground })}</p>}
      {isOpen && <WhoOwes permission={status === 'entered' ? 'volunteers:countersign' : 'volunteers:confirm'} />}
      {isOpen && <p className="quiet">{t('home.owed.noDay')}</p>}
    </Tile>
  )
}
