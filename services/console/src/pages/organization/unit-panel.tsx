import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { unitHistory } from '../../api/history.ts'
import { holders, pathTo, type Unit } from '../../api/organization.ts'
import { useFormats } from '../../parts/format.ts'
import { List } from '../../parts/list.tsx'
import { ActorName, PersonName, PostName } from '../../parts/names.tsx'
import { Empty, Failure } from '../../parts/states.tsx'
import { isGone } from './tree.ts'
import { UnitCommands } from './unit-commands.tsx'

type Props = {
  readonly unit: Unit
  readonly all: readonly Unit[]
  readonly on: string | null
  readonly onChoose: (unit: string | null) => void
}

/** One unit: where it stands, what its charter says, who holds its posts, what happened to it, and what may be done with it. */
export const UnitPanel = ({ unit, all, on, onChoose }: Props) => {
  const { t } = useTranslation()
  const { label, moment } = useFormats()
  const above = pathTo(all, unit.id).slice(0, -1)
  return (
    <section className="section org-panel" aria-labelledby="unit-name">
      <div className="section-head">
        <h2 id="unit-name">{label(unit.name)}</h2>
        <button type="button" className="button round" aria-label={t('organization.backToTree')} onClick={() => onChoose(null)}>
          ×
        </button>
      </div>
      <p className="org-facts">
        <span className="chip">{t(`unitKinds.${unit.kind}`)}</span>
        {unit.level !== null && <span className="chip">{t(`words.${unit.level}`)}</span>}
        {unit.unionKind !== null && <span className="chip">{t(`words.${unit.unionKind}`)}</span>}
        {isGone(unit, on) && <span className="chip wait">{t(unit.mergedInto === null ? 'words.dissolved' : 'words.merged')}</span>}
      </p>
      {above.length > 0 && <p className="quiet">{above.map(({ name }) => label(name)).join(' › ')}</p>}
      <p className="quiet">
        {t('organization.since', { moment: moment(unit.since, unit.timezone) })}
        {unit.until !== null && isGone(unit, on) && ` · ${t('organization.until', { moment: moment(unit.until, unit.timezone) })}`}
      </p>
      {unit.mergedInto !== null && isGone(unit, on) && (
        <p>
          {t('organization.mergedInto')}{' '}
          <button type="button" className="bare link" onClick={() => onChoose(unit.mergedInto)}>
            {label(all.find(({ id }) => id === unit.mergedInto)?.name ?? { en: unit.mergedInto, zh: unit.mergedInto })}
          </button>
        </p>
      )}
      <UnitCommands unit={unit} all={all} on={on} onChoose={onChoose} />
      <h3>{t('organization.charter')}</h3>
      {unit.duties.length === 0 ? (
        <p className="quiet">{t('organization.noCharter')}</p>
      ) : (
        <ul className="org-duties">
          {unit.duties.map((duty) => (
            <li key={duty}>{duty}</li>
          ))}
        </ul>
      )}
      <Posts unit={unit.id} on={on} />
      {on === null && <Happened unit={unit} />}
    </section>
  )
}

const Posts = ({ unit, on }: { unit: string; on: string | null }) => {
  const { t } = useTranslation()
  const pages = useInfiniteQuery(holders(unit, on))
  return (
    <>
      <div className="org-head">
        <h3>{t('organization.posts')}</h3>
        <Link to="/directory" search={{ unit, ...(on === null ? {} : { on }) }}>
          {t('organization.inDirectory')}
        </Link>
      </div>
      <List
        pages={pages}
        className="org-posts"
        keyOf={({ holding }) => holding}
        empty={
          <Empty title={t('organization.noPosts')}>
            <p>{t('organization.noPostsWhy')}</p>
          </Empty>
        }
      >
        {({ person, name, kind }) => (
          <>
            <span className="quiet">
              <PostName kind={kind} />
            </span>
            <Link to="/people/$person" params={{ person }}>
              {name ?? <PersonName id={person} />}
            </Link>
          </>
        )}
      </List>
    </>
  )
}

const Happened = ({ unit }: { unit: Unit }) => {
  const { t } = useTranslation()
  const { moment } = useFormats()
  const told = useQuery(unitHistory(unit.id))
  return (
    <details>
      <summary>{t('organization.history')}</summary>
      {told.isError && <Failure error={told.error} onRetry={() => told.refetch()} />}
      <ol className="org-history">
        {told.data?.map(({ id, type, occurred, actor, reason }) => (
          <li key={id}>
            <strong>{t(`events.${type}`)}</strong>
            <span className="quiet">
              {moment(occurred, unit.timezone)} · <ActorName actor={actor} />
              {reason !== null && ` · ${reason}`}
            </span>
          </li>
        ))}
      </ol>
    </details>
  )
}
