import Type, { type TObject, type TSchema } from 'typebox'
import type { EventDefinition } from '../../shared/src/aggregate.ts'
import { factsOf } from '../../shared/src/erasure/facts.ts'
import { closed, isPersonal } from '../../shared/src/schema.ts'
import type { Service } from '../../shared/src/service.ts'

/** The AsyncAPI 3 document of all event streams: a channel a service, a message an event. */
export const asyncapiDocument = (services: readonly Service[]): Record<string, unknown> => {
  const publishing = services.filter((service) => eventsOf(service).length > 0)
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Collegium event streams',
      version: '1.0.0',
      description:
        'Every fact of every service, in commit order per shard (a Kafka partition), without gaps. The key is the stream. Values are the canonical JSON (RFC 8785) that history holds; headers are CloudEvents 1.0 in binary mode. The same facts are served over HTTP at `/api/v1/events`, as structured CloudEvents, one a line.',
    },
    defaultContentType: 'application/json',
    channels: Object.fromEntries(
      publishing.map((service) => [
        service.name,
        {
          address: `collegium.${service.name}.v1`,
          description: `The facts of ${service.name}.`,
          messages: Object.fromEntries(eventsOf(service).map((event) => [messageName(event), { $ref: `#/components/messages/${messageName(event)}` }])),
          bindings: { kafka: { topic: `collegium.${service.name}.v1` } },
        },
      ]),
    ),
    operations: Object.fromEntries(
      publishing.map((service) => [
        `publish-${service.name}`,
        { action: 'send', channel: { $ref: `#/channels/${service.name}` }, summary: `${service.name} publishes what it decided.` },
      ]),
    ),
    components: {
      messages: Object.fromEntries(publishing.flatMap(eventsOf).map((event) => [messageName(event), message(event)])),
      schemas: { Headers: cloudEventHeaders },
    },
  }
}

/** The payload of an event as it is published: the whole record. */
export const recordSchema = (event: EventDefinition): TObject =>
  Type.Object(
    {
      actor: Type.Object({
        person: nullable(Type.String()),
        post: nullable(Type.Object({ kind: Type.String(), unit: Type.String() })),
        system: nullable(Type.String()),
      }),
      causation: Type.String(),
      command: Type.String(),
      correlation: Type.String(),
      data: sealed(event.schema),
      id: Type.String({ format: 'uuid' }),
      occurred: Type.String({ format: 'date-time', description: 'When it takes effect.' }),
      policies: Type.Record(Type.String(), Type.Object({ value: Type.Unknown(), version: Type.Integer() }), {
        description: 'The policies in force that the decision asked for.',
      }),
      position: Type.Integer({ minimum: 1, description: 'Dense per service and shard.' }),
      reason: nullable(Type.String()),
      recorded: Type.String({ format: 'date-time', description: 'When it was stored.' }),
      schema: Type.Integer({ minimum: 1 }),
      service: Type.String(),
      shard: Type.Integer({ minimum: 0 }),
      stream: Type.String(),
      type: Type.Literal(event.type),
      unit: Type.String({ description: 'The node of the organization tree that owns the aggregate.' }),
      version: Type.Integer({ minimum: 1, description: 'Dense per stream.' }),
    },
    { additionalProperties: false },
  )

const nullable = (schema: TSchema): TSchema => Type.Union([schema, Type.Null()])

/** Outside its owner a personal text is only the digest of its ciphertext. */
const sealed = (schema: TObject): TObject =>
  closed(
    Type.Object(
      Object.fromEntries(
        Object.entries(schema.properties).map(([name, property]) => {
          const published = isPersonal(property as TSchema)
            ? nullable(Type.Object({ sealed: Type.String({ description: 'SHA-256 of the ciphertext, base64url. The text itself never leaves its owner.' }) }))
            : (property as TSchema)
          return [name, (schema.required ?? []).includes(name) ? published : Type.Optional(published)]
        }),
      ),
    ),
  )

const message = (event: EventDefinition): Record<string, unknown> => ({
  name: event.type,
  title: event.type,
  contentType: 'application/json',
  headers: { $ref: '#/components/schemas/Headers' },
  payload: { schemaFormat: 'application/schema+json;version=draft-07', schema: JSON.parse(JSON.stringify(recordSchema(event))) },
  bindings: { kafka: { key: { type: 'string', description: 'the stream' } } },
})

const cloudEventHeaders = {
  type: 'object',
  required: ['ce_specversion', 'ce_id', 'ce_source', 'ce_type', 'ce_subject', 'ce_time', 'ce_sequence'],
  properties: {
    ce_specversion: { const: '1.0' },
    ce_id: { type: 'string' },
    ce_source: { type: 'string', description: '/svc/<service>/<shard>' },
    ce_type: { type: 'string' },
    ce_subject: { type: 'string', description: 'the stream' },
    ce_time: { type: 'string', format: 'date-time' },
    ce_sequence: { type: 'string', description: 'the position, zero-padded' },
    ce_correlationid: { type: 'string' },
    ce_causationid: { type: 'string' },
  },
}

const eventsOf = (service: Service): EventDefinition[] => factsOf(service)

const messageName = (event: EventDefinition): string => event.type.replaceAll('.', '-')
