import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../../parts/dialog.tsx'
import { Failure } from '../../parts/states.tsx'
import { useAct } from './act.ts'

type ForReasonProps = {
  readonly title: string
  readonly lead: string
  /** What its button says. */
  readonly does: string
  readonly onClose: () => void
  /** What is done, for the reason that was given. */
  readonly children: (reason: string) => Promise<unknown>
}

/** Asks why before an operator's act; it closes when that is done, and tells beneath the reason why it could not be. */
export const ForReason = ({ title, lead, does, onClose, children }: ForReasonProps) => {
  const { t } = useTranslation()
  const field = useId()
  const [reason, setReason] = useState('')
  const work = useAct(async () => {
    await children(reason.trim())
    onClose()
  })
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        className="form"
        onSubmit={(submitted) => {
          submitted.preventDefault()
          if (reason.trim() !== '' && !work.isPending) work.mutate()
        }}
      >
        <p>{lead}</p>
        <label className="field" htmlFor={field}>
          {t('operations.reason')}
          <input id={field} name="reason" className="input" required maxLength={200} value={reason} onChange={(change) => setReason(change.target.value)} />
        </label>
        {work.isError && <Failure error={work.error} />}
        <div className="buttons">
          <button type="submit" className="button primary" disabled={work.isPending}>
            {does}
          </button>
          <button type="button" className="button" onClick={onClose}>
            {t('operations.leave')}
          </button>
        </div>
      </form>
    </Dialog>
  )
}
