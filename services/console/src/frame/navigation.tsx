import { useQuery } from '@tanstack/react-query'
import { Link, useRouter } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { mayAnywhere } from '../api/permissions.ts'
import { me } from '../api/session.ts'
import { type Entry, groups } from './feature.ts'
import type { Around } from './inside.tsx'

/** The entries that are for this person; those that need a permission, once it is known. */
export const useEntries = (): readonly Entry[] => {
  const { entries } = useRouter().options.context as Around
  const { data: known } = useQuery(me)
  return entries.filter(({ permission }) => permission === undefined || (known !== undefined && mayAnywhere(known, permission)))
}

export const EntryIcon = ({ icon }: { icon: string }) => (
  <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
    <path d={icon} />
  </svg>
)

/** Where one may go, in groups. */
export const Navigation = ({ onGone }: { onGone?: () => void }) => {
  const { t } = useTranslation()
  const shown = useEntries().filter((entry) => !entry.hidden)
  const byGroup = Map.groupBy(shown, ({ group }) => group)
  return (
    <nav aria-label={t('frame.pages')} className="navigation">
      {groups.map((group) => {
        const entries = byGroup.get(group)
        if (entries === undefined) return null
        return (
          <ul key={group} className="plain" aria-label={t(`frame.groups.${group}`)}>
            {entries.map(({ name, to, icon }) => (
              <li key={name}>
                <Link to={to} className="nav" activeOptions={{ exact: to === '/' }} onClick={onGone}>
                  <EntryIcon icon={icon} />
                  {t(`entries.${name}`)}
                </Link>
              </li>
            ))}
          </ul>
        )
      })}
    </nav>
  )
}
