import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { CommandButton } from '../../parts/act.tsx'
import { Failure, Loading } from '../../parts/states.tsx'
import { Criteria } from './criteria.tsx'
import { type Scheme, scheme } from './told.ts'
import './assessments.css'

/** A draft before whoever may adopt it: what it says, and adopting exactly that. */
export const AdoptScheme = ({ id, unit }: { id: string; unit: string }) => {
  const { t } = useTranslation()
  const told = useQuery(scheme(id))
  if (told.isPending) return <Loading />
  if (told.isError) return <Failure error={told.error} onRetry={() => told.refetch()} />
  const { latest, revisions } = told.data.state as Scheme
  return (
    <>
      <Criteria criteria={revisions[latest] ?? []} />
      <div className="buttons">
        <CommandButton command="adoptScheme" className="primary" unit={unit} given={{ path: { id }, body: { revision: latest }, version: told.data.version }}>
          {t('schemes.adopt')}
        </CommandButton>
      </div>
    </>
  )
}
