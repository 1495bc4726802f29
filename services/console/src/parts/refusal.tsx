import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { postKinds } from '../api/organization.ts'
import type { Problem } from '../api/problem.ts'
import { useFormats } from './format.ts'
import { UnitName } from './names.tsx'

/** A 403 for people: what is missing, where, and who can. */
export const Refusal = ({ problem }: { problem: Problem }) => {
  const { t } = useTranslation()
  const { label } = useFormats()
  const { data: kinds = [] } = useQuery(postKinds)
  const { permission, unit, posts } = problem.params
  const who = String(posts ?? '')
    .split(', ')
    .map((id) => kinds.find((kind) => kind.id === id))
    .flatMap((kind) => (kind ? [label(kind.name)] : []))
  return (
    <>
      <p>
        {t('act.needs')}
        {typeof unit === 'string' && (
          <>
            {t('act.at')}
            <UnitName id={unit} />
          </>
        )}
        {t('act.end')}
        {t(who.length === 0 ? 'act.nobody' : 'act.who', { who: who.join(t('act.and')) })}
      </p>
      <p className="quiet">
        <code>{String(permission)}</code>
      </p>
    </>
  )
}
