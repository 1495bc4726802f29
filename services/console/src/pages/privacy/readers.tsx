import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { listing, reading, rowsOf } from '../../api/read.ts'
import { useFormats } from '../../parts/format.ts'
import { More } from '../../parts/more.tsx'
import { PersonName, PostAt, useUnit } from '../../parts/names.tsx'
import { Failure, Loading } from '../../parts/states.tsx'

/** Who opened somebody's file, when, under which post and why; the latest first. */
export const Readers = ({ person, campus }: { person: string; campus: string }) => {
  const { t } = useTranslation()
  const { moment } = useFormats()
  const timeZone = useUnit(campus)?.timezone ?? 'UTC'
  const pages = useInfiniteQuery(listing('/people/{id}/file/readers', { path: { id: person } }))
  const readings = rowsOf(pages)
  if (pages.isPending) return <Loading />
  if (pages.isError) return <Failure error={pages.error} onRetry={() => pages.refetch()} />
  if (readings.length === 0) return <p className="quiet">{t('privacy.readers.nobody')}</p>
  return (
    <>
      <ul className="readings">
        {readings.map(({ at, reader, name, post, reason }) => (
          <li key={`${at} ${reader}`}>
            <p>
              {reader === person ? t('privacy.readers.self') : reader === null ? t('actors.operator') : (name ?? <PersonName id={reader} />)}
              {post && (
                <span className="quiet">
                  {' '}
                  <PostAt post={post} />
                </span>
              )}
            </p>
            <p className="quiet">
              <time dateTime={at}>{moment(at, timeZone)}</time>
            </p>
            {reason !== null && <p>{t('privacy.readers.because', { reason })}</p>}
          </li>
        ))}
      </ul>
      <More pages={pages} />
    </>
  )
}

/** Who can open the file now: posts, and who holds them. */
export const Access = ({ person }: { person: string }) => {
  const { t } = useTranslation()
  const access = useQuery(reading('/people/{id}/file/access', { path: { id: person } }))
  if (access.isPending) return <Loading />
  if (access.isError) return <Failure error={access.error} onRetry={() => access.refetch()} />
  const { posts } = access.data
  if (posts.length === 0) return <p className="quiet">{t('privacy.access.nobody')}</p>
  return (
    <ul className="readings">
      {posts.map((post) => (
        <li key={`${post.person} ${post.kind} ${post.unit}`}>
          <p>
            {post.name ?? <PersonName id={post.person} />}{' '}
            <span className="quiet">
              <PostAt post={post} />
            </span>
          </p>
        </li>
      ))}
    </ul>
  )
}
