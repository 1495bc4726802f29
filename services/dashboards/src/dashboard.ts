import type { Directory } from '@collegium/shared/directory.ts'
import type { Label } from '@collegium/shared/schema.ts'
import type { Kernel } from '@collegium/shared/service.ts'
import { type Figures, figuresOf, type Sums } from './figures.ts'
import { metrics } from './metrics.ts'

/** As it took effect until the end of `on`, as far as it was known at the end of `known`; null = until now. Days in the unit's time zone. */
export type Span = { readonly on: string | null; readonly known: string | null }

export type Dashboard = {
  readonly subject: string
  readonly kind: string
  readonly name: Label | null
  readonly on: string | null
  readonly known: string | null
  readonly timezone: string
  readonly figures: Figures
  /** The units one step below, each with its own whole subtree: where to drill down. */
  readonly children: readonly { readonly unit: string; readonly kind: string; readonly name: Label; readonly figures: Figures }[]
  /** Running totals at the end of each week of the span, oldest first, for the charts. */
  readonly weeks: readonly { readonly until: string; readonly figures: Figures }[]
}

const fallbackZone = 'UTC'
/** A semester has about twenty weeks; a chart of more is read badly. */
const weeksShown = 20

/** The dashboard of a unit: its own figures and those of everything below it. */
export const unitDashboard = async (kernel: Kernel, unit: string, span: Span): Promise<Dashboard> => {
  const directory = kernel.directory()
  const found = directory.unit(unit)
  const timezone = found?.timezone ?? fallbackZone
  const below = directory.snapshot.units.filter((each) => each.parent === unit)
  const [parts, weeks] = await Promise.all([
    sums(kernel, [[unit], ...below.map((each) => directory.subtree(each.id))], span, timezone),
    weekly(kernel, directory.subtree(unit), span, timezone),
  ])
  return {
    subject: unit,
    kind: found?.kind ?? 'unit',
    name: found?.name ?? null,
    ...span,
    timezone,
    figures: figuresOf(together(parts)),
    children: below.map((each, index) => ({ unit: each.id, kind: each.kind, name: each.name, figures: figuresOf(parts[index + 1] ?? {}) })),
    weeks,
  }
}

/** An officer's own dashboard. Names live with membership and are not repeated here. */
export const officerDashboard = async (kernel: Kernel, person: string, span: Span): Promise<Dashboard> => {
  const timezone = zoneOfPerson(kernel.directory(), person, kernel.now())
  const subjects = [`person:${person}`]
  return {
    subject: `person:${person}`,
    kind: 'officer',
    name: null,
    ...span,
    timezone,
    figures: figuresOf(together(await sums(kernel, [subjects], span, timezone))),
    children: [],
    weeks: await weekly(kernel, subjects, span, timezone),
  }
}

const zoneOfPerson = (directory: Directory, person: string, now: string): string => {
  const unit = directory.holdings(person, now)[0]?.unit ?? directory.root()
  return (unit === null ? undefined : directory.unit(unit)?.timezone) ?? fallbackZone
}

/** The sums of each part, a list of subjects that no other part has. */
const sums = async (kernel: Kernel, parts: readonly (readonly string[])[], span: Span, timezone: string): Promise<Sums[]> => {
  const rows = await kernel.query<{ part: number; name: string; amount: string }>(
    metrics,
    `select p.part, name, sum(amount) as amount from unnest($1::text[], $2::int[]) p(subject, part) join {metric} using (subject)
      where occurred <= $3 and known <= $4 group by 1, 2`,
    [parts.flat(), parts.flatMap((part, index) => part.map(() => index)), endOf(span.on, timezone), endOf(span.known, timezone)],
  )
  const summed: Record<string, number>[] = parts.map(() => ({}))
  for (const { part, name, amount } of rows) (summed[part] as Record<string, number>)[name] = Number(amount)
  return summed
}

const together = (parts: readonly Sums[]): Sums => {
  const whole: Record<string, number> = {}
  for (const [name, amount] of parts.flatMap((part) => Object.entries(part))) whole[name] = (whole[name] ?? 0) + amount
  return whole
}

const weekly = async (kernel: Kernel, subjects: readonly string[], span: Span, timezone: string): Promise<Dashboard['weeks']> => {
  const rows = await kernel.query<{ until: string; name: string; amount: string }>(
    metrics,
    `select to_char(date_trunc('week', (occurred || ':00Z')::timestamptz at time zone $4) + interval '6 days', 'YYYY-MM-DD') as until, name, sum(amount) as amount
       from {metric} where subject = any($1) and occurred <= $2 and known <= $3 group by 1, 2 order by 1`,
    [subjects, endOf(span.on, timezone), endOf(span.known, timezone), timezone],
  )
  const running: Record<string, number> = {}
  const weeks: { until: string; figures: Figures }[] = []
  for (const [until, changes] of Map.groupBy(rows, (row) => row.until)) {
    for (const change of changes) running[change.name] = (running[change.name] ?? 0) + Number(change.amount)
    weeks.push({ until, figures: figuresOf(running) })
  }
  return weeks.slice(-weeksShown)
}

/** The last hour (UTC, as the metrics write it) of a day in a time zone; for no day, an hour after all hours. */
export const endOf = (day: string | null, timezone: string): string => {
  if (day === null) return '9999'
  const noon = new Date(`${day}T12:00:00Z`)
  const local = new Date(noon.toLocaleString('en-US', { timeZone: timezone }))
  const utc = new Date(noon.toLocaleString('en-US', { timeZone: 'UTC' }))
  const end = Date.parse(`${day}T23:59:59Z`) - (local.getTime() - utc.getTime())
  return new Date(end).toISOString().slice(0, 13)
}
