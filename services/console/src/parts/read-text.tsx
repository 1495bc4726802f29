import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { reading } from '../api/read.ts'
import { Failure, Loading } from './states.tsx'

/** A document's text, unfolded where it is asked about. */
export const ReadDocument = ({ id }: { id: string }) => {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('work.read')}</summary>
      {isOpen && <DocumentText id={id} />}
    </details>
  )
}

const DocumentText = ({ id }: { id: string }) => {
  const found = useQuery(reading('/documents/{id}/overview', { path: { id } }))
  if (found.isPending) return <Loading />
  if (found.isError) return <Failure error={found.error} onRetry={() => found.refetch()} />
  return <p className="letter">{found.data.revisions.at(-1)?.text}</p>
}

/** The minutes of a meeting, unfolded the same way. */
export const ReadMinutes = ({ meeting }: { meeting: string }) => {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('work.read')}</summary>
      {isOpen && <MinutesText meeting={meeting} />}
    </details>
  )
}

const MinutesText = ({ meeting }: { meeting: string }) => {
  const found = useQuery(reading('/meetings/{id}/overview', { path: { id: meeting } }))
  if (found.isPending) return <Loading />
  if (found.isError) return <Failure error={found.error} onRetry={() => found.refetch()} />
  return <p className="letter">{found.data.minutes?.text}</p>
}
