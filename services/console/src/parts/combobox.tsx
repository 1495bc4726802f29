import { type KeyboardEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'

export type Option = { readonly id: string; readonly label: string; readonly note?: string }

type Props = {
  readonly id?: string
  /** Its name, where no label stands beside it. */
  readonly label?: string
  readonly text: string
  readonly onText: (text: string) => void
  readonly options: readonly Option[]
  readonly onPick: (id: string) => void
  readonly isBusy?: boolean
  readonly isFaulty?: boolean | undefined
  readonly placeholder?: string
  /** The list stays open, as in a palette. */
  readonly always?: boolean
}

/** A text that offers what it may mean: arrows walk, Enter takes, Escape closes. */
export const Combobox = ({ id, label, text, onText, options, onPick, isBusy = false, isFaulty, placeholder, always = false }: Props) => {
  const { t } = useTranslation()
  const list = useId()
  const [isOpen, setOpen] = useState(always)
  const [at, setAt] = useState(0)
  const shown = (isOpen || always) && text.trim() !== '' ? options : always ? options : []
  const current = shown[Math.min(at, shown.length - 1)]
  const pick = (option: Option): void => {
    setOpen(always)
    setAt(0)
    onPick(option.id)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined && shown.length > 0) {
      event.preventDefault()
      setAt((Math.min(at, shown.length - 1) + step + shown.length) % shown.length)
    } else if (event.key === 'Enter' && current) {
      event.preventDefault()
      pick(current)
    } else if (event.key === 'Escape' && !always && isOpen) {
      event.stopPropagation()
      setOpen(false)
    }
  }
  return (
    <div className="combobox">
      <input
        id={id}
        className="input"
        role="combobox"
        aria-label={label}
        aria-expanded={shown.length > 0}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={current ? `${list}-${current.id}` : undefined}
        aria-invalid={isFaulty || undefined}
        aria-describedby={isFaulty && id ? `${id}-fault` : undefined}
        autoComplete="off"
        spellCheck={false}
        placeholder={placeholder}
        value={text}
        onChange={(event) => {
          setOpen(true)
          setAt(0)
          onText(event.target.value)
        }}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(always)}
        onKeyDown={onKeyDown}
      />
      <div id={list} role="listbox" aria-label={label ?? placeholder} className="options" hidden={shown.length === 0}>
        {shown.map((option) => (
          // The keyboard walks by the text field; a press must not take the focus from it.
          // biome-ignore lint/a11y/useKeyWithClickEvents: as said
          <div
            key={option.id}
            id={`${list}-${option.id}`}
            role="option"
            aria-selected={option === current}
            tabIndex={-1}
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => pick(option)}
          >
            <span>{option.label}</span>
            {option.note && <span className="quiet">{option.note}</span>}
          </div>
        ))}
      </div>
      <span className="unseen" role="status">
        {isBusy ? t('states.loading') : text.trim() === '' || !isOpen ? '' : t('form.found', { count: shown.length })}
      </span>
    </div>
  )
}
