import type { Week } from '../../api/dashboards.ts'
import { plusDays } from '../../parts/days.ts'
import type { Measure } from './figures.ts'

/** A week's end and the running figure then; null while there is nothing to say. */
export type Point = { readonly until: string; readonly value: number | null }

/** The API leaves weeks out in which nothing changed; on a chart each has its place, with the figure of the week before. */
export const pointsOf = (weeks: readonly Week[], measure: Measure): Point[] => {
  const points: Point[] = []
  for (const week of weeks) {
    for (let last = points.at(-1); last && plusDays(last.until, 7) < week.until; last = points.at(-1)) points.push({ ...last, until: plusDays(last.until, 7) })
    points.push({ until: week.until, value: measure.of(week.figures) })
  }
  return points
}
