import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Label } from '../../api/organization.ts'
import { reading } from '../../api/read.ts'
import { useFormats } from '../../parts/format.ts'
import { PersonName } from '../../parts/names.tsx'
import type { Subject } from './told.ts'

/** Whom or what an assessment is about, by name where the reader may know it. */
export const SubjectName = ({ subject: { kind, id } }: { subject: Subject }) => (kind === 'person' ? <PersonName id={id} /> : <ActivityTitle id={id} />)

const ActivityTitle = ({ id }: { id: string }) => {
  const { t } = useTranslation()
  const { label } = useFormats()
  const { data, isPending } = useQuery({ ...reading('/activities/{id}', { path: { id } }), retry: false, staleTime: 60_000 })
  const title = (data?.state.proposal as { readonly title?: Label } | undefined)?.title
  if (isPending) return t('states.loading')
  return title ? label(title) : <code>{id}</code>
}
