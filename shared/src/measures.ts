/**
 * Every metric of ours, declared once: what a process may show at `/metrics`, what alert rules and boards may use, what the documents list.
 * Names follow OpenTelemetry's semantic conventions, as Prometheus writes them, wherever there is one; the rest begins with `collegium_`.
 */
export type Measure = {
  readonly kind: 'counter' | 'gauge' | 'histogram'
  /** As UCUM writes it: s, By, 1, {request}. */
  readonly unit: string
  readonly help: string
  readonly labels: readonly string[]
  readonly buckets?: readonly number[]
}

/** Seconds; from what a cache answers to what a request may take. */
const durations = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10]

export const measures = {
  http_server_request_duration_seconds: {
    kind: 'histogram',
    unit: 's',
    help: 'How long an answer took, by the pattern of its route; the gateway names the service it asked.',
    labels: ['service', 'http_request_method', 'http_route', 'upstream', 'http_response_status_code'],
    buckets: durations,
  },
  http_server_active_requests: {
    kind: 'gauge',
    unit: '{request}',
    help: 'Requests under way, by class of work and the service behind the door.',
    labels: ['service', 'work', 'upstream'],
  },
  collegium_http_waiting_requests: {
    kind: 'gauge',
    unit: '{request}',
    help: 'Requests that wait for their turn, by class of work and the service behind the door.',
    labels: ['service', 'work', 'upstream'],
  },
  collegium_http_shed_requests_total: {
    kind: 'counter',
    unit: '{request}',
    help: 'Requests that were told to come again, by class of work; reason = pressure, full or late.',
    labels: ['service', 'work', 'reason'],
  },
  collegium_event_loop_delay_seconds: {
    kind: 'gauge',
    unit: 's',
    help: 'Mean delay of the event loop in the last quarter of a second.',
    labels: ['service'],
  },
  collegium_event_loop_utilisation_ratio: {
    kind: 'gauge',
    unit: '1',
    help: 'Share of the last quarter of a second in which the event loop was busy.',
    labels: ['service'],
  },
  collegium_consumer_lag_events: { kind: 'gauge', unit: '{event}', help: 'Facts that are known and not yet handled.', labels: ['service', 'consumer'] },
  collegium_consumer_standing_seconds: {
    kind: 'gauge',
    unit: 's',
    help: 'How long the position of a consumer in a source has not moved although there are facts it has not handled: the longest of its sources.',
    labels: ['service', 'consumer'],
  },
  collegium_consumer_holes: {
    kind: 'gauge',
    unit: '{hole}',
    help: 'Holes found in the log since the start, each filled from the owner.',
    labels: ['service', 'consumer'],
  },
  collegium_consumer_parked_streams: {
    kind: 'gauge',
    unit: '{stream}',
    help: 'Streams that wait because an event of theirs could not be handled.',
    labels: ['service', 'consumer'],
  },
  collegium_relay_unsent_events: { kind: 'gauge', unit: '{event}', help: 'Facts that Kafka has not confirmed.', labels: ['service', 'shard'] },
  collegium_relay_oldest_unsent_seconds: {
    kind: 'gauge',
    unit: 's',
    help: 'Age of the oldest fact that Kafka has not confirmed.',
    labels: ['service', 'shard'],
  },
  collegium_erasures_pending: { kind: 'gauge', unit: '{erasure}', help: 'People whose data this service has still to erase.', labels: ['service'] },
  collegium_history_changes: {
    kind: 'gauge',
    unit: '{change}',
    help: 'Times that facts of a service were changed or taken away within a week, other than by an erasure.',
    labels: ['service'],
  },
  collegium_log_entries: { kind: 'gauge', unit: '{entry}', help: 'Entries that a log has signed.', labels: ['log'] },
  collegium_log_cosigned_entries: { kind: 'gauge', unit: '{entry}', help: 'Entries of a log that enough witnesses have cosigned.', labels: ['log'] },
  collegium_log_unsequenced_seconds: { kind: 'gauge', unit: 's', help: 'Age of the oldest fact that waits for its entry in a log.', labels: ['log'] },
  collegium_log_refused: {
    kind: 'gauge',
    unit: '{log}',
    help: '1 while a log does not go on because its parts do not belong together: an alarm.',
    labels: ['log'],
  },
  collegium_log_stopped_sources: {
    kind: 'gauge',
    unit: '{source}',
    help: 'Sources that stand still because a fact does not continue its stream: an alarm.',
    labels: ['log'],
  },
  collegium_log_witness_refusals: {
    kind: 'gauge',
    unit: '{refusal}',
    help: 'How often a witness did not cosign since the start; status 422 or 409 is an alarm, 0 means not reached.',
    labels: ['log', 'witness', 'status'],
  },
  messaging_process_duration_seconds: {
    kind: 'histogram',
    unit: 's',
    help: 'How long a consumer took for a batch of facts, its transaction included.',
    labels: ['service', 'messaging_consumer_group_name'],
    buckets: durations,
  },
  messaging_client_operation_duration_seconds: {
    kind: 'histogram',
    unit: 's',
    help: 'How long Kafka took to confirm a batch of facts.',
    labels: ['service', 'messaging_destination_name'],
    buckets: durations,
  },
  db_client_operation_duration_seconds: {
    kind: 'histogram',
    unit: 's',
    help: 'How long Postgres took for a query, waiting for a connection not included.',
    labels: ['service'],
    buckets: durations,
  },
  db_client_connection_count: {
    kind: 'gauge',
    unit: '{connection}',
    help: 'Connections to Postgres, by state: idle or used.',
    labels: ['service', 'db_client_connection_state'],
  },
  db_client_connection_pending_requests: { kind: 'gauge', unit: '{request}', help: 'Queries that wait for a connection to Postgres.', labels: ['service'] },
} as const satisfies Readonly<Record<string, Measure>>

export type MeasureName = keyof typeof measures
export type NamesOf<K extends Measure['kind']> = { [N in MeasureName]: (typeof measures)[N]['kind'] extends K ? N : never }[MeasureName]
export type LabelOf<N extends MeasureName> = (typeof measures)[N]['labels'][number]
