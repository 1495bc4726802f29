import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Label } from '../../api/organization.ts'
import { useFormats } from '../../parts/format.ts'
import { Section } from '../../parts/page.tsx'
import { useSection } from './sections.ts'

/** One thing that is wrong, and where. */
export type FileFault = { readonly row: number | null; readonly line: number | null; readonly pointer: string; readonly code: string; readonly message: Label }

const atOnce = 100

/** Every fault by its row, in the order of the file: nothing was written. */
export const Faults = ({ name, faults }: { name: string; faults: readonly FileFault[] }) => {
  const { t } = useTranslation()
  const { label } = useFormats()
  const section = useSection()
  const [shown, setShown] = useState(atOnce)
  return (
    <Section title={t('import.faults.title', { count: faults.length, name })}>
      <p className="late" role="alert">
        {t('import.faults.why')}
      </p>
      <ol className="import-faults" aria-label={t('import.faults.list')}>
        {faults.slice(0, shown).map(({ row, line, pointer, code, message }) => (
          <li key={`${pointer} ${code}`}>
            <p className="import-where">
              {line !== null && <strong>{t('import.faults.line', { line })}</strong>}
              <span className="chip">{section(pointer.split('/')[1] ?? '')}</span>
              {row !== null && <span className="quiet">{t('import.faults.row', { row })}</span>}
            </p>
            <p>{label(message)}</p>
            <p className="quiet">
              <code>{pointer === '' ? '/' : pointer}</code>
            </p>
          </li>
        ))}
      </ol>
      {faults.length > shown && (
        <button type="button" className="button" onClick={() => setShown(shown + atOnce)}>
          {t('values.more', { count: faults.length - shown })}
        </button>
      )}
    </Section>
  )
}
