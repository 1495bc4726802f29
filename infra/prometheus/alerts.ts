import type { MeasureName } from '../../shared/src/measures.ts'

/** When somebody should look. Each has a section in docs/runbook.md under its name; `expr` may use our own metrics and those in `foreign`. */
export type Alert = {
  readonly name: string
  readonly severity: 'page' | 'ticket'
  /** How long it must be so. */
  readonly for: string
  readonly expr: string
  readonly summary: string
}

/** Metrics that Prometheus and Node itself give. */
export const foreign = ['up', 'process_resident_memory_bytes', 'process_cpu_seconds_total', 'nodejs_eventloop_lag_p99_seconds'] as const

const name = <N extends MeasureName>(of: N): N => of
const p99 = (of: MeasureName, by: string): string => `histogram_quantile(0.99, sum by (le, ${by}) (rate(${of}_bucket[5m])))`

export const alerts: readonly Alert[] = [
  { name: 'ProcessDown', severity: 'page', for: '1m', expr: 'up{job="collegium"} == 0', summary: 'The process {{ $labels.instance }} does not answer.' },
  {
    name: 'AnswersFail',
    severity: 'page',
    for: '5m',
    expr: `sum by (service) (rate(${name('http_server_request_duration_seconds')}_count{http_response_status_code=~"500|502|504"}[5m])) / sum by (service) (rate(http_server_request_duration_seconds_count[5m])) > 0.01`,
    summary: 'More than one in a hundred answers of {{ $labels.service }} is an error of ours.',
  },
  {
    name: 'AnswersSlow',
    severity: 'ticket',
    for: '10m',
    expr: `${p99('http_server_request_duration_seconds', 'service')} > 1`,
    summary: 'One in a hundred answers of {{ $labels.service }} takes longer than a second.',
  },
  {
    name: 'FirstClassTurnedAway',
    severity: 'page',
    for: '0m',
    expr: `sum by (service) (increase(${name('collegium_http_shed_requests_total')}{work="first"}[5m])) > 0`,
    summary: '{{ $labels.service }} turned away sign-ins, ballots or health checks.',
  },
  {
    name: 'RequestsTurnedAway',
    severity: 'ticket',
    for: '5m',
    expr: `sum by (service, work) (rate(${name('collegium_http_shed_requests_total')}{work!="bulk"}[5m])) > 1`,
    summary: '{{ $labels.service }} turns away requests of the class {{ $labels.work }}.',
  },
  {
    name: 'EventLoopBehind',
    severity: 'ticket',
    for: '5m',
    expr: `${name('collegium_event_loop_delay_seconds')} > 0.1`,
    summary: 'The event loop of {{ $labels.service }} is a tenth of a second behind.',
  },
  {
    name: 'PostgresSlow',
    severity: 'ticket',
    for: '5m',
    expr: `${p99('db_client_operation_duration_seconds', 'service')} > 0.25`,
    summary: 'One in a hundred queries of {{ $labels.service }} takes longer than a quarter of a second.',
  },
  {
    name: 'PostgresConnectionsUsedUp',
    severity: 'ticket',
    for: '2m',
    expr: `${name('db_client_connection_pending_requests')} > 0`,
    summary: 'Queries of {{ $labels.service }} wait for a connection.',
  },
  {
    name: 'KafkaSlow',
    severity: 'ticket',
    for: '5m',
    expr: `${p99('messaging_client_operation_duration_seconds', 'service')} > 1`,
    summary: 'Kafka takes longer than a second to confirm facts of {{ $labels.service }}.',
  },
  {
    name: 'RelayBehind',
    severity: 'page',
    for: '1m',
    expr: `max by (service) (${name('collegium_relay_oldest_unsent_seconds')}) > 30`,
    summary: 'Facts of {{ $labels.service }} have waited half a minute and more to go out to Kafka.',
  },
  {
    name: 'StreamParked',
    severity: 'page',
    for: '1m',
    expr: `sum by (service, consumer) (${name('collegium_consumer_parked_streams')}) > 0`,
    summary: '{{ $labels.consumer }} of {{ $labels.service }} could not handle a fact; its stream waits.',
  },
  {
    name: 'LogHole',
    severity: 'ticket',
    for: '0m',
    expr: `delta(${name('collegium_consumer_holes')}[10m]) > 0`,
    summary: '{{ $labels.consumer }} of {{ $labels.service }} missed facts and asked their owner.',
  },
  {
    name: 'ConsumerBehind',
    severity: 'ticket',
    for: '5m',
    expr: `sum by (service, consumer) (${name('collegium_consumer_lag_events')}) > 10000`,
    summary: '{{ $labels.consumer }} of {{ $labels.service }} is more than ten thousand facts behind.',
  },
  {
    name: 'ConsumerStands',
    severity: 'ticket',
    for: '1m',
    expr: `max by (service, consumer) (${name('collegium_consumer_standing_seconds')}) > 180`,
    summary: '{{ $labels.consumer }} of {{ $labels.service }} has not gone on for minutes, although there are facts it has not handled.',
  },
  {
    name: 'ConsumerSlow',
    severity: 'ticket',
    for: '10m',
    expr: `${p99('messaging_process_duration_seconds', 'service, messaging_consumer_group_name')} > 2.5`,
    summary: '{{ $labels.messaging_consumer_group_name }} of {{ $labels.service }} takes seconds for a batch.',
  },
  {
    name: 'ErasureLate',
    severity: 'page',
    for: '12h',
    expr: `${name('collegium_erasures_pending')} > 0`,
    summary: '{{ $labels.service }} has not finished an erasure for half a day.',
  },
  {
    name: 'HistoryChanged',
    severity: 'page',
    for: '0m',
    expr: `max by (service) (${name('collegium_history_changes')}) > 0`,
    summary: 'Somebody changed or took away facts of {{ $labels.service }} within a week.',
  },
  {
    name: 'LogStopped',
    severity: 'page',
    for: '0m',
    expr: `max by (log) (${name('collegium_log_refused')}) > 0 or sum by (log) (${name('collegium_log_stopped_sources')}) > 0`,
    summary: 'The log {{ $labels.log }} does not go on: what it should take in does not fit what it holds.',
  },
  {
    name: 'LogBehind',
    severity: 'ticket',
    for: '2m',
    expr: `max by (log) (${name('collegium_log_unsequenced_seconds')}) > 60`,
    summary: 'Facts have waited a minute and more for their entry in the log {{ $labels.log }}.',
  },
  {
    name: 'WitnessRefuses',
    severity: 'page',
    for: '0m',
    expr: `max by (log, witness) (${name('collegium_log_witness_refusals')}{status=~"409|422"}) > 0`,
    summary: 'The witness {{ $labels.witness }} says that the log {{ $labels.log }} does not continue what it saw before.',
  },
]

export const runbookPage = 'docs/runbook.md'

/** Where GitHub-like renderers put the section of an alert. */
export const anchorOf = (alert: string): string => alert.toLowerCase()
