import { useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Week } from '../../api/dashboards.ts'
import { type Formats, useFormats } from '../../parts/format.ts'
import { Section } from '../../parts/page.tsx'
import { Empty } from '../../parts/states.tsx'
import { useShade } from '../../parts/theme.ts'
import type { Measure } from './figures.ts'
import { type Point, pointsOf } from './weeks.ts'

/** One figure, week by week: drawn, and as a table for whoever reads or hears it instead. */
export const WeeksChart = ({ weeks, measures }: { weeks: readonly Week[]; measures: readonly Measure[] }) => {
  const { t } = useTranslation()
  const formats = useFormats()
  const [chosen, setChosen] = useState(measures[0]?.id)
  const measure = measures.find((each) => each.id === chosen) ?? (measures[0] as Measure)
  const points = useMemo(() => pointsOf(weeks, measure), [weeks, measure])
  const choice = (
    <select className="select" aria-label={t('weeks.choose')} value={measure.id} onChange={(event) => setChosen(event.target.value)}>
      {measures.map((each) => (
        <option key={each.id} value={each.id}>
          {t(`weeks.measures.${each.id}`)}
        </option>
      ))}
    </select>
  )
  return (
    <Section title={t('weeks.title')} aside={choice}>
      {points.length === 0 ? (
        <Empty title={t('weeks.none')} />
      ) : (
        <>
          <p className="quiet">{t('weeks.lead')}</p>
          <Drawing points={points} measure={measure} formats={formats} />
          <AsTable points={points} measure={measure} formats={formats} />
        </>
      )}
    </Section>
  )
}

type Shown = { points: readonly Point[]; measure: Measure; formats: Formats }

const Drawing = ({ points, measure, formats }: Shown) => {
  const { t } = useTranslation()
  const element = useRef<HTMLDivElement>(null)
  const shade = useShade()
  // The shade is among what it depends on: another one means other colours of the same tokens.
  useEffect(() => {
    let remove = (): void => {}
    let gone = false
    void import('./plot.ts').then(({ plot }) => {
      if (gone || !element.current) return
      remove = plot(element.current, {
        names: points.map((point) => formats.shortDay(point.until)),
        values: points.map((point) => point.value),
        show: (value) => measure.show(value, formats),
        counts: measure.counts ?? false,
      })
    })
    return () => {
      gone = true
      remove()
    }
  }, [points, measure, formats, shade])
  const last = points.at(-1)
  const summary = t('weeks.summary', {
    measure: t(`weeks.measures.${measure.id}`),
    weeks: points.length,
    value: last && last.value !== null ? measure.show(last.value, formats) : '—',
  })
  return <div className="chart" role="img" aria-label={summary} ref={element} />
}

const AsTable = ({ points, measure, formats }: Shown) => {
  const { t } = useTranslation()
  return (
    <details className="as-table">
      <summary>{t('weeks.asTable')}</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('weeks.until')}</th>
            <th scope="col" className="number">
              {t(`weeks.measures.${measure.id}`)}
            </th>
          </tr>
        </thead>
        <tbody>
          {points.toReversed().map(({ until, value }) => (
            <tr key={until}>
              <th scope="row">{formats.day(until)}</th>
              <td className="number">{value === null ? t('figures.nothing') : measure.show(value, formats)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}
