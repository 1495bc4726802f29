import { useTranslation } from 'react-i18next'
import type { Difference } from './difference.ts'
import { nameIn, useFieldWords, Value } from './value.tsx'

/** What differs between two moments, place by place. */
export const Changes = ({ changes, timeZone }: { changes: readonly Difference[]; timeZone: string }) => {
  const { t } = useTranslation()
  const fieldWords = useFieldWords()
  if (changes.length === 0) return <p className="quiet">{t('changes.same')}</p>
  return (
    <ul className="changes" aria-label={t('changes.changes')}>
      {changes.map(({ path, before, after }) => (
        <li key={path.join('/')}>
          <p className="change-path">{path.map(fieldWords).join(' › ')}</p>
          <div className="change-before">
            <span className="change-word">{t('changes.before')}</span>
            <Value value={before} name={nameIn(path)} timeZone={timeZone} />
          </div>
          <div className="change-after">
            <span className="change-word">{t('changes.after')}</span>
            <Value value={after} name={nameIn(path)} timeZone={timeZone} />
          </div>
        </li>
      ))}
    </ul>
  )
}
