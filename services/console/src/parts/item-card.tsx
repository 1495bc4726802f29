import type { ReactNode } from 'react'
import { Due } from './due.tsx'
import { UnitName } from './names.tsx'
import './item-card.css'

type Props = {
  /** What is to be done with it, or where it stands. */
  readonly mark?: ReactNode
  readonly title: ReactNode
  readonly unit?: string | null
  /** By when; null where nobody said. */
  readonly due?: string | null
  /** Why then: the policy's reason, where one sets it. */
  readonly why?: string | null
  readonly isDone?: boolean
  readonly meta?: ReactNode
  /** What may be done with it, in place. */
  readonly actions?: ReactNode
  readonly children?: ReactNode
}

/** A piece of work in a list: what, where, by when, and what may be done with it. */
export const ItemCard = ({ mark, title, unit = null, due = null, why = null, isDone = false, meta, actions, children }: Props) => (
  <article className="item" data-late={(due !== null && !isDone && due < new Date().toISOString()) || undefined}>
    <div className="item-head">
      <h3>{title}</h3>
      {mark}
    </div>
    <p className="item-meta quiet">
      {due !== null && <Due at={due} unit={unit} isDone={isDone} why={why} />}
      {unit !== null && (
        <span>
          <UnitName id={unit} />
        </span>
      )}
      {meta}
    </p>
    {children}
    {actions && <div className="buttons item-actions">{actions}</div>}
  </article>
)
