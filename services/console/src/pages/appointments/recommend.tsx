import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Row } from '../../api/read.ts'
import { me } from '../../api/session.ts'
import { CommandButton } from '../../parts/act.tsx'

/** The guidance committee's word, given in a list. */
export const Recommend = ({ row }: { row: Row<'/appointments'> }) => {
  const { t } = useTranslation()
  const isOwn = useQuery(me).data?.person?.id === row.person
  return (
    <CommandButton
      command="recommendAppointment"
      given={{ path: { id: row.id }, body: {} }}
      unit={row.unit}
      not={isOwn ? t('appointments.bars.own') : null}
      className="primary"
    >
      {t('appointments.steps.recommend')}
    </CommandButton>
  )
}
