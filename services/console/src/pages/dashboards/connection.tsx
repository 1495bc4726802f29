import { useTranslation } from 'react-i18next'
import { useFormats } from '../../parts/format.ts'
import type { Connection } from '../../parts/stream.ts'

/** Whether what is shown is now, or which day; and whether changes still arrive. */
export const ConnectionState = ({ connection, on }: { connection: Connection; on: string | null }) => {
  const { t } = useTranslation()
  const { day } = useFormats()
  const state = on === null ? connection : 'past'
  return (
    <p className="connection" data-state={state} role="status">
      <span className="dot" aria-hidden="true" />
      {on === null ? t(`connection.${connection}`) : t('connection.past', { day: day(on) })}
    </p>
  )
}
