import { useId, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../parts/format.ts'
import { useUnit } from '../../parts/names.tsx'
import { Section } from '../../parts/page.tsx'
import type { Document } from './document.tsx'
import { type Piece, textDifference } from './text-difference.ts'

type Revisions = Document['revisions']
const wholeOf = ({ title, text }: Revisions[number]): string => `${title}\n\n${text}`

/** Two revisions side by side: what went and what came is marked, and told to those who listen. */
export const Versions = ({ revisions, issuer, language }: { revisions: Revisions; issuer: string; language: string }) => {
  const { t } = useTranslation()
  const [pair, setPair] = useState({ before: revisions.length - 2, after: revisions.length - 1 })
  const [before, after] = [revisions[pair.before] ?? revisions[0], revisions[pair.after] ?? revisions.at(-1)]
  const rows = useMemo(() => (before && after ? textDifference(wholeOf(before), wholeOf(after)) : []), [before, after])
  const isSame = rows.every((row) => row.before === row.after)
  return (
    <Section title={t('documents.versions')}>
      <div className="filter-fields">
        <Chosen label={t('changes.before')} revisions={revisions} at={pair.before} issuer={issuer} onChoose={(at) => setPair({ ...pair, before: at })} />
        <Chosen label={t('changes.after')} revisions={revisions} at={pair.after} issuer={issuer} onChoose={(at) => setPair({ ...pair, after: at })} />
      </div>
      {isSame && <p className="quiet">{t('documents.same')}</p>}
      <div className="versions" lang={language}>
        {rows.map((row, place) => (
          <div key={place} className="version-row" data-same={row.before === row.after || undefined}>
            <Side pieces={row.before} />
            <Side pieces={row.after} />
          </div>
        ))}
      </div>
    </Section>
  )
}

const Side = ({ pieces }: { pieces: readonly Piece[] | null }) => (
  <p data-none={pieces === null || undefined}>
    {pieces?.map((piece, place) =>
      piece.in === 'both' ? (
        <span key={place}>{piece.text}</span>
      ) : piece.in === 'before' ? (
        <del key={place}>{piece.text}</del>
      ) : (
        <ins key={place}>{piece.text}</ins>
      ),
    )}
  </p>
)

type ChosenProps = {
  readonly label: string
  readonly revisions: Revisions
  readonly at: number
  readonly issuer: string
  readonly onChoose: (at: number) => void
}
const Chosen = ({ label, revisions, at, issuer, onChoose }: ChosenProps) => {
  const { t } = useTranslation()
  const { moment } = useFormats()
  const id = useId()
  const zone = useUnit(issuer)?.timezone ?? 'UTC'
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select id={id} className="select" value={at} onChange={(event) => onChoose(Number(event.target.value))}>
        {revisions.map((each, place) => (
          <option key={each.revision} value={place}>
            {t('documents.revision', { revision: each.revision, moment: moment(each.at, zone) })}
          </option>
        ))}
      </select>
    </div>
  )
}
