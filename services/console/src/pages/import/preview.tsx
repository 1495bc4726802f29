import { useTranslation } from 'react-i18next'
import type { Commands } from '../../api/generated/schema.ts'
import type { Label } from '../../api/organization.ts'
import { Act } from '../../parts/act.tsx'
import { useFormats } from '../../parts/format.ts'
import { PostName, useUnit } from '../../parts/names.tsx'
import { Section } from '../../parts/page.tsx'
import { useSection } from './sections.ts'

type Told = Commands['importFile']['answer']
type Row = NonNullable<Told['rows']>[number]
type Props = { readonly name: string; readonly told: Told; readonly onWrite: () => void }

/** What a sound file would make, row by row and section by section; nothing is written before it is confirmed. */
export const Preview = ({ name, told, onWrite }: Props) => {
  const { t } = useTranslation()
  const { number } = useFormats()
  const section = useSection()
  const rows = Map.groupBy(told.rows ?? [], (row) => row.section)
  const counts = Object.entries(told.counts ?? {}).filter(([, count]) => count > 0)
  const elsewhere = Object.entries(told.checkedOnly ?? {}).filter(([, count]) => count > 0)
  const news = (told.rows ?? []).filter(({ isNew }) => isNew === true).length
  return (
    <Section title={t('import.preview.title', { name })}>
      <p className="kept" role="status">
        {t('import.preview.sound')}
      </p>
      {counts.map(([each, count]) => (
        <details key={each} className="import-section" open={counts.length < 3}>
          <summary>
            {section(each)} <span className="number">{number(count)}</span>
          </summary>
          <ul className="import-rows">
            {(rows.get(each) ?? []).map((row) => (
              <li key={`${row.id} ${row.unit}`}>
                <RowText row={row} />
              </li>
            ))}
          </ul>
          {count > (rows.get(each)?.length ?? 0) && <p className="quiet">{t('import.preview.rest', { count: count - (rows.get(each)?.length ?? 0) })}</p>}
        </details>
      ))}
      {elsewhere.length > 0 && (
        <p className="quiet">
          {t('import.preview.elsewhere')} {elsewhere.map(([each, count]) => `${section(each)} (${number(count)})`).join(t('act.and'))}
        </p>
      )}
      {(told.warnings ?? []).length > 0 && <Warnings warnings={told.warnings ?? []} />}
      <div className="buttons">
        <Act permission="federation:import" unit={null} className="primary" onPress={onWrite}>
          {t('import.preview.write')}
        </Act>
        {news === 0 && <span className="quiet">{t('import.preview.nothingNew')}</span>}
      </div>
    </Section>
  )
}

const RowText = ({ row }: { row: Row }) => {
  const { t } = useTranslation()
  const { label } = useFormats()
  const within = useUnit(row.unit ?? '')
  const text = typeof row.text === 'object' && row.text !== null ? label(row.text as Label) : String(row.text ?? '')
  const where = row.unit === null ? null : within ? label(within.name) : row.unit
  return (
    <>
      <span className={row.isNew === false ? 'chip' : 'chip good'}>
        {t(row.isNew === null ? 'import.preview.set' : row.isNew ? 'import.preview.new' : 'import.preview.there')}
      </span>
      <span>{row.section === 'offices' ? <PostName kind={text} /> : text}</span>
      <code>{row.id}</code>
      {where !== null && <span className="quiet">{where}</span>}
    </>
  )
}

const Warnings = ({ warnings }: { warnings: readonly { readonly [key: string]: unknown }[] }) => {
  const { t } = useTranslation()
  const { label } = useFormats()
  return (
    <details className="import-section">
      <summary>{t('import.preview.warnings', { count: warnings.length })}</summary>
      <ul className="import-rows">
        {warnings.map((warning) => (
          <li key={String(warning.pointer)}>
            {warning.line !== null && <strong>{t('import.faults.line', { line: warning.line })}</strong>} {label(warning.message as Label)}
          </li>
        ))}
      </ul>
    </details>
  )
}
