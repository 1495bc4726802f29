import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Figures } from '../../api/dashboards.ts'
import { useFormats } from '../../parts/format.ts'
import type { Card, Line } from './figures.ts'

/** The figures as cards; one that changes lights up for a moment. */
export const Cards = ({ cards, figures }: { cards: readonly Card[]; figures: Figures }) => {
  const { t } = useTranslation()
  return (
    <ul className="cards" aria-label={t('dashboards.figures')}>
      {cards.map((card) => (
        <li key={card.id} className="card">
          <h3>{t(`figures.${card.id}.title`)}</h3>
          <Headline id={card.id} line={card.headline} figures={figures} />
          {card.lines.length > 0 && (
            <dl>
              {card.lines.map((line) => (
                <Row key={line.key} id={card.id} line={line} figures={figures} />
              ))}
            </dl>
          )}
        </li>
      ))}
    </ul>
  )
}

type Shown = { id: string; line: Line; figures: Figures }

const Headline = ({ id, line, figures }: Shown) => {
  const { t } = useTranslation()
  const shown = line.show(figures, useFormats())
  return (
    <p className="headline">
      <Changing name={`${id}.${line.key}`} text={shown ?? '—'} />
      <span className="quiet">{t(`figures.${id}.${shown === null ? 'none' : line.key}`)}</span>
    </p>
  )
}

const Row = ({ id, line, figures }: Shown) => {
  const { t } = useTranslation()
  const shown = line.show(figures, useFormats())
  return (
    <div>
      <dt>{t(`figures.${id}.${line.key}`)}</dt>
      <dd>
        <Changing name={`${id}.${line.key}`} text={shown ?? t('figures.nothing')} />
      </dd>
    </div>
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
