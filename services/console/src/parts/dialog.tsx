import { type ReactNode, useEffect, useId, useRef } from 'react'
import { useTranslation } from 'react-i18next'

type Props = {
  readonly title: string
  /** Called by Escape and by the button in the corner; without it the dialog can only be done. */
  readonly onClose?: (() => void) | undefined
  readonly children: ReactNode
  readonly className?: string
}

/** Asks for something before anything else goes on: the browser's own modal dialog, which keeps the focus and gives it back. */
export const Dialog = ({ title, onClose, children, className = '' }: Props) => {
  const { t } = useTranslation()
  const element = useRef<HTMLDialogElement>(null)
  const heading = useId()
  useEffect(() => {
    const dialog = element.current
    const before = document.activeElement
    dialog?.showModal()
    return () => {
      dialog?.close()
      if (before instanceof HTMLElement) before.focus()
    }
  }, [])
  return (
    <dialog
      ref={element}
      className={`dialog ${className}`}
      aria-labelledby={heading}
      onCancel={(event) => {
        event.preventDefault()
        onClose?.()
      }}
    >
      <div className="dialog-head">
        <h2 id={heading}>{title}</h2>
        {onClose && (
          <button type="button" className="button round" aria-label={t('states.close')} onClick={onClose}>
            ×
          </button>
        )}
      </div>
      {children}
    </dialog>
  )
}
