import { useQuery } from '@tanstack/react-query'
import { Link, useRouter } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { mayAnywhere } from '../api/permissions.ts'
import { me } from '../api/session.ts'
import type { Entry } from './feature.ts'
import type { Around } from './inside.tsx'

/** The entries that are for this person; those that need a permission, once it is known. */
export const useEntries = (): readonly Entry[] => {
  const { entries } = useRouter().options.context as Around
  const { data: known } = useQuery(me)
  return entries.filter(({ permission }) => permission === undefined || (known !== undefined && mayAnywhere(known, permission)))
}

export const Navigation = () => {
  const { t } = useTranslation()
  return (
    <nav aria-label={t('frame.pages')}>
      {useEntries()
        .filter((entry) => !entry.hidden)
        .map(({ name, to, icon }) => (
          <Link key={name} to={to} className="nav" activeOptions={{ exact: to === '/' }}>
            <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
              <path d={icon} />
            </svg>
            {t(`entries.${name}`)}
          </Link>
        ))}
    </nav>
  )
}
