import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Figures, Part } from '../../api/dashboards.ts'
import { type Formats, useFormats } from '../../parts/format.ts'
import { Section } from '../../parts/page.tsx'

const orNull = (value: number | null, show: (value: number) => string): string | null => (value === null ? null : show(value))

const columns: readonly { readonly key: string; readonly show: (figures: Figures, formats: Formats) => string | null }[] = [
  { key: 'activities', show: ({ activities }, { number }) => number(activities.held) },
  { key: 'attendance', show: ({ attendance }, { share }) => orNull(attendance.share, share) },
  { key: 'open', show: ({ duties }, { number }) => number(duties.open) },
  { key: 'onTime', show: ({ duties }, { share }) => orNull(duties.onTimeShare, share) },
  { key: 'hours', show: ({ volunteering }, { hours }) => hours(volunteering.minutes) },
  { key: 'satisfaction', show: ({ satisfaction }, { mean }) => orNull(satisfaction.mean, mean) },
  { key: 'spent', show: ({ money }, formats) => formats.money(money.spent) },
]

/** The units one step below, each with its own whole subtree: where to look closer. */
export const PartsTable = ({ parts, on }: { parts: readonly Part[]; on: string | null }) => {
  const { t } = useTranslation()
  const formats = useFormats()
  if (parts.length === 0) return null
  return (
    <Section title={t('parts.title')}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className="scrolls" aria-label={t('parts.title')} tabIndex={0}>
        <table className="parts">
          <thead>
            <tr>
              <th scope="col">{t('parts.unit')}</th>
              {columns.map((column) => (
                <th key={column.key} scope="col" className="number">
                  {t(`parts.${column.key}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {parts.map((part) => (
              <tr key={part.unit}>
                <th scope="row">
                  <Link to="/dashboards/$unit" params={{ unit: part.unit }} search={on === null ? {} : { on }}>
                    {formats.label(part.name)}
                  </Link>
                  <span className="quiet">{t(`unitKinds.${part.kind}`, { defaultValue: part.kind })}</span>
                </th>
                {columns.map((column) => (
                  <td key={column.key} className="number">
                    {column.show(part.figures, formats) ?? <span title={t('figures.nothing')}>—</span>}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Section>
  )
}
