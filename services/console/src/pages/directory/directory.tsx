import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { listing, type Row } from '../../api/read.ts'
import { AsOf, useHomeZone } from '../../parts/as-of.tsx'
import { dayIn } from '../../parts/days.ts'
import { useFormats } from '../../parts/format.ts'
import { List } from '../../parts/list.tsx'
import { PersonName, PostName, UnitName } from '../../parts/names.tsx'
import { PageTitle } from '../../parts/page.tsx'
import { Empty } from '../../parts/states.tsx'
import { ExportPeople } from './export.tsx'
import { Filters } from './filters.tsx'
import type { DirectorySearch } from './routes.tsx'
import './directory.css'

const route = getRouteApi('/inside/directory')

/** Who holds which post, today or on any day; and anybody at all by a part of the name, its pinyin, or the number. */
export const DirectoryPage = () => {
  const { t } = useTranslation()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const show = (next: { readonly [Name in keyof DirectorySearch]: string | undefined }): void =>
    void navigate({ search: Object.fromEntries(Object.entries({ ...search, ...next }).filter(([, value]) => value)) as DirectorySearch, replace: true })
  return (
    <>
      <PageTitle title={t('directory.title')}>
        <p className="quiet">{t('directory.lead')}</p>
      </PageTitle>
      <Filters search={search} onSearch={show} />
      {search.q === undefined ? (
        <>
          <AsOf on={search.on ?? null} onDay={(day) => show({ on: day ?? undefined })} />
          <Posts search={search} onWider={() => show({ unit: undefined, kind: undefined })} />
        </>
      ) : (
        <Found q={search.q} unit={search.unit ?? null} onClear={() => show({ q: undefined })} />
      )}
      <ExportPeople unit={search.unit ?? null} />
    </>
  )
}

const Posts = ({ search, onWider }: { search: DirectorySearch; onWider: () => void }) => {
  const { t } = useTranslation()
  const { q: _, ...asked } = search
  const pages = useInfiniteQuery({ ...listing('/directory', { query: { ...asked, limit: 50 } }), placeholderData: (before) => before })
  const filtered = asked.unit !== undefined || asked.kind !== undefined
  return (
    <section aria-labelledby="posts">
      <h2 id="posts" className="unseen">
        {t('directory.posts')}
      </h2>
      <List
        pages={pages}
        className="dir-rows"
        keyOf={({ holding }) => holding}
        empty={
          <Empty title={t(filtered ? 'directory.nothingFits' : 'directory.nobody')}>
            <p>{t(filtered ? 'directory.nothingFitsWhy' : 'directory.nobodyWhy')}</p>
            {filtered ? (
              <button type="button" className="button" onClick={onWider}>
                {t('directory.all')}
              </button>
            ) : (
              <Link to="/appointments" className="button">
                {t('directory.toAppointments')}
              </Link>
            )}
          </Empty>
        }
      >
        {(row) => <PostRow row={row} />}
      </List>
    </section>
  )
}

const PostRow = ({ row }: { row: Row<'/directory'> }) => {
  const { t } = useTranslation()
  const { day } = useFormats()
  const zone = useHomeZone()
  const dayOf = (at: string): string => day(dayIn(zone, new Date(at)))
  const { holding, person, name, kind, unit, from, until, citation } = row
  return (
    <>
      <Link to="/people/$person" params={{ person }} className="dir-name">
        {name ?? <PersonName id={person} />}
      </Link>
      <span>
        <PostName kind={kind} />
        <span className="quiet dir-unit">
          <UnitName id={unit} />
        </span>
      </span>
      <span className="quiet">
        {until === null ? t('directory.since', { from: dayOf(from) }) : t('directory.fromTo', { from: dayOf(from), to: dayOf(until) })}
      </span>
      <Link to="/appointments/$id" params={{ id: holding }} className="dir-citation">
        {citation ?? t('directory.noDocument')}
      </Link>
    </>
  )
}

const Found = ({ q, unit, onClear }: { q: string; unit: string | null; onClear: () => void }) => {
  const { t } = useTranslation()
  const pages = useInfiniteQuery({ ...listing('/people', { query: { q, unit, limit: 50 } }), placeholderData: (before) => before })
  return (
    <section aria-labelledby="found">
      <h2 id="found" className="unseen">
        {t('directory.people')}
      </h2>
      <List
        pages={pages}
        className="dir-rows"
        keyOf={({ id }) => id}
        empty={
          <Empty title={t('directory.noPerson')}>
            <p>{t('directory.noPersonWhy')}</p>
            <button type="button" className="button" onClick={onClear}>
              {t('directory.all')}
            </button>
          </Empty>
        }
      >
        {({ id, name, number, campus, college }) => (
          <>
            <Link to="/people/$person" params={{ person: id }} className="dir-name">
              {name ?? <PersonName id={id} />}
            </Link>
            <span className="dir-number">{number}</span>
            <span className="quiet">
              <UnitName id={campus} />
              {college !== null && (
                <>
                  {' · '}
                  <UnitName id={college} />
                </>
              )}
            </span>
          </>
        )}
      </List>
    </section>
  )
}
