import type { Kept, Source } from '../log.ts'

/**
 * Facts as CloudEvents 1.0. Binary mode (Kafka): attributes are headers and the value is the canonical record itself, byte for byte, so
 * that hashes survive. Structured mode (files, HTTP feeds): one JSON document with the record under `data`.
 */
export type CloudEvent = Readonly<Record<string, unknown>> & { readonly data: unknown }

export type KafkaMessage = { readonly key: string; readonly value: string; readonly partition: number; readonly headers: Record<string, string> }

/** The topic of a service's facts; one partition a shard. */
export const topicOf = (service: string): string => `collegium.${service}.v1`

const contentType = 'application/json'
/** Wide enough for any position; sorts as text. */
const sequenceDigits = 16

type Envelope = {
  id: string
  service: string
  shard: number
  position: number
  stream: string
  version: number
  type: string
  unit: string
  occurred: string
  recorded: string
  correlation: string
  causation: string
}

/** The attributes of a record by their CloudEvents names; all are text. */
export const attributesOf = (record: Envelope): Record<string, string> => ({
  specversion: '1.0',
  id: record.id,
  source: `/svc/${record.service}/${record.shard}`,
  type: record.type,
  subject: record.stream,
  time: record.occurred,
  dataschema: `urn:collegium:event:${record.type}`,
  sequence: String(record.position).padStart(sequenceDigits, '0'),
  partitionkey: record.stream,
  correlationid: record.correlation,
  causationid: record.causation,
  recordedtime: record.recorded,
  streamversion: String(record.version),
  unit: record.unit,
})

/** A record's bytes as one structured CloudEvent (JSON text on one line). */
export const structuredEvent = (bytes: string): string => {
  const attributes = attributesOf(JSON.parse(bytes) as Envelope)
  return `${JSON.stringify({ ...attributes, datacontenttype: contentType }).slice(0, -1)},"data":${bytes}}`
}

/** A record as a Kafka message in binary mode; `traceparent` as the header of that name. */
export const toMessage = (source: Source, { bytes }: Kept, traceparent: string | null = null): KafkaMessage => {
  const headers: Record<string, string> = { 'content-type': contentType, ...(traceparent === null ? {} : { traceparent }) }
  const attributes = attributesOf(JSON.parse(bytes) as Envelope)
  for (const name in attributes) headers[`ce_${name}`] = attributes[name] as string
  return { key: attributes.subject as string, value: bytes, partition: source.shard, headers }
}

type Incoming = { readonly value: Buffer | null; readonly headers?: Readonly<Record<string, unknown>> | undefined }

/** The record's bytes of a message in either mode; null for what is no event (a tombstone). */
export const bytesOf = ({ value, headers }: Incoming): string | null => {
  if (value === null || value.length === 0) return null
  const text = value.toString('utf8')
  if (!String(headers?.['content-type'] ?? '').startsWith('application/cloudevents')) return text
  return JSON.stringify((JSON.parse(text) as CloudEvent).data)
}
