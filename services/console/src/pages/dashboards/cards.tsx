import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Figures, Subject } from '../../api/dashboards.ts'
import { mayAnywhere } from '../../api/permissions.ts'
import { me } from '../../api/session.ts'
import { useFormats } from '../../parts/format.ts'
import { countedAt } from './counted.ts'
import type { Card, Line } from './figures.ts'

type Props = { readonly cards: readonly Card[]; readonly figures: Figures; readonly subject: Subject; readonly on: string | null }

/** The figures as cards; one that changes lights up for a moment, and each leads to what it counts. */
export const Cards = ({ cards, figures, subject, on }: Props) => {
  const { t } = useTranslation()
  return (
    <ul className="cards" aria-label={t('dashboards.figures')}>
      {cards.map((card) => (
        <li key={card.id} className="card">
          <h3>{t(`figures.${card.id}.title`)}</h3>
          <Headline id={card.id} line={card.headline} figures={figures} subject={subject} on={on} />
          {card.lines.length > 0 && (
            <dl>
              {card.lines.map((line) => (
                <Row key={line.key} id={card.id} line={line} figures={figures} subject={subject} on={on} />
              ))}
            </dl>
          )}
        </li>
      ))}
    </ul>
  )
}

type Shown = { id: string; line: Line; figures: Figures; subject: Subject; on: string | null }

const Headline = ({ id, line, figures, subject, on }: Shown) => {
  const { t } = useTranslation()
  const shown = line.show(figures, useFormats())
  return (
    <p className="headline">
      <Leading id={id} line={line.key} shown={shown} subject={subject} on={on}>
        <Changing name={`${id}.${line.key}`} text={shown ?? '—'} />
      </Leading>
      <span className="quiet">{t(`figures.${id}.${shown === null ? 'none' : line.key}`)}</span>
    </p>
  )
}

const Row = ({ id, line, figures, subject, on }: Shown) => {
  const { t } = useTranslation()
  const shown = line.show(figures, useFormats())
  return (
    <div>
      <dt>{t(`figures.${id}.${line.key}`)}</dt>
      <dd>
        <Leading id={id} line={line.key} shown={shown} subject={subject} on={on}>
          <Changing name={`${id}.${line.key}`} text={shown ?? t('figures.nothing')} />
        </Leading>
      </dd>
    </div>
  )
}

type LeadingProps = {
  readonly id: string
  readonly line: string
  readonly shown: string | null
  readonly subject: Subject
  readonly on: string | null
  readonly children: ReactNode
}

/** The way from a figure to what it counts, for those who may read that. */
const Leading = ({ id, line, shown, subject, on, children }: LeadingProps) => {
  const { t } = useTranslation()
  const known = useQuery(me).data
  const place = shown === null ? null : countedAt(subject, id, line, on)
  if (place === null || known === undefined || !mayAnywhere(known, place.permission)) return children
  const name = `${shown} – ${t(`figures.${id}.title`)}, ${t(`figures.${id}.${line}`)}`
  return (
    // The table of places knows addresses as texts; the routes check them when they are opened.
    <Link to={place.to as '/activities'} search={place.search as never} className="counted" aria-label={name}>
      {children}
    </Link>
  )
}

/** A text that lights up when it becomes another one; made anew each time, so that the light begins anew. */
const Changing = ({ name, text }: { name: string; text: string }) => {
  const first = useRef(text)
  return (
    <span key={text} className={first.current === text ? 'value' : 'value changed'} data-figure={name}>
      {text}
    </span>
  )
}
