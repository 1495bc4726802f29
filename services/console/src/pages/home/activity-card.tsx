import type { ReactNode } from 'react'
import type { Row } from '../../api/read.ts'
import { useFormats } from '../../parts/format.ts'
import { UnitName, useUnit } from '../../parts/names.tsx'

type Shown = Pick<Row<'/activities/open'>, 'title' | 'unit' | 'venue' | 'startsAt' | 'endsAt'>

/** An activity as somebody who may come wants to know it: what, when, where, by whom. */
export const ActivityCard = ({ activity, mark, note, children }: { activity: Shown; mark?: ReactNode; note?: string; children?: ReactNode }) => {
  const { label, span } = useFormats()
  const timeZone = useUnit(activity.unit)?.timezone ?? 'UTC'
  return (
    <article className="tile">
      <div className="tile-head">
        <h3>{label(activity.title)}</h3>
        {mark}
      </div>
      <p>
        <time dateTime={activity.startsAt}>{span(activity.startsAt, activity.endsAt, timeZone)}</time>
      </p>
      <p className="quiet">
        {activity.venue} · <UnitName id={activity.unit} />
      </p>
      {note !== undefined && <p className="quiet">{note}</p>}
      <div className="tile-foot">{children}</div>
    </article>
  )
}
