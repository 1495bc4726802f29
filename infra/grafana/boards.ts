import { type Measure, type MeasureName, measures } from '../../shared/src/measures.ts'

/** Grafana boards, made from the table of metrics: every metric is on one of them, drawn as its kind wants to be. */

type Board = { readonly uid: string; readonly title: string; readonly of: (name: MeasureName) => boolean }

const boards: readonly Board[] = [
  { uid: 'collegium-doors', title: 'Collegium: doors and load', of: (name) => /^http_|^collegium_http_|^collegium_event_loop_/.test(name) },
  { uid: 'collegium-stores', title: 'Collegium: Postgres and Kafka', of: (name) => /^db_|^messaging_client_|^collegium_relay_/.test(name) },
  {
    uid: 'collegium-readers',
    title: 'Collegium: consumers',
    of: (name) => /^collegium_consumer_|^messaging_process_|^collegium_erasures_|^collegium_history_/.test(name),
  },
  { uid: 'collegium-logs', title: 'Collegium: signed logs', of: (name) => /^collegium_log_/.test(name) },
]

const units: Readonly<Record<string, string>> = { s: 's', '1': 'percentunit', By: 'bytes' }

/** The boards as JSON texts, by file name below infra/grafana. */
export const boardFiles = (): Record<string, string> =>
  Object.fromEntries(boards.map((board) => [`${board.uid}.json`, `${JSON.stringify(boardOf(board), null, 2)}\n`]))

/** Which metrics are on no board. */
export const undrawn = (): MeasureName[] => (Object.keys(measures) as MeasureName[]).filter((name) => !boards.some((board) => board.of(name)))

const boardOf = ({ uid, title, of }: Board): object => ({
  uid,
  title,
  editable: true,
  schemaVersion: 39,
  refresh: '30s',
  time: { from: 'now-3h', to: 'now' },
  templating: { list: [{ name: 'source', type: 'datasource', query: 'prometheus', label: 'Prometheus' }] },
  panels: (Object.keys(measures) as MeasureName[]).filter(of).map((name, index) => panel(name, measures[name], index)),
})

const panel = (name: MeasureName, measure: Measure, index: number): object => {
  const datasource = { type: 'prometheus', uid: '$source' }
  return {
    id: index + 1,
    type: 'timeseries',
    title: name,
    description: measure.help,
    datasource,
    gridPos: { x: (index % 2) * 12, y: Math.floor(index / 2) * 8, w: 12, h: 8 },
    fieldConfig: { defaults: { unit: measure.kind === 'counter' ? 'reqps' : (units[measure.unit] ?? 'short'), min: 0 }, overrides: [] },
    targets: queriesOf(name, measure).map(({ expr, legend }, at) => ({ refId: 'AB'[at], datasource, expr, legendFormat: legend })),
  }
}

const queriesOf = (name: MeasureName, { kind, labels }: Measure): { expr: string; legend: string }[] => {
  // Routes and shards are too many for one picture.
  const shown = labels.filter((label) => !['http_route', 'http_request_method', 'shard'].includes(label))
  const by = shown.join(', ')
  const legend = shown.map((label) => `{{${label}}}`).join(' ')
  if (kind === 'counter') return [{ expr: `sum by (${by}) (rate(${name}[5m]))`, legend }]
  if (kind === 'gauge') return [{ expr: `max by (${by}) (${name})`, legend }]
  const quantile = (share: number): string => `histogram_quantile(${share}, sum by (le, service) (rate(${name}_bucket[5m])))`
  return [
    { expr: quantile(0.5), legend: '{{service}} p50' },
    { expr: quantile(0.99), legend: '{{service}} p99' },
  ]
}
