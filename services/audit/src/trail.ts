import * as activities from '@collegium/activities/events'
import * as assessment from '@collegium/assessment/events'
import * as dashboards from '@collegium/dashboards/events'
import * as documents from '@collegium/documents/events'
import * as feedback from '@collegium/feedback/events'
import * as membership from '@collegium/membership/events'
import * as notifications from '@collegium/notifications/events'
import type { AnyFact, EventDefinition } from '@collegium/shared/aggregate.ts'
import { put, view, when } from '@collegium/shared/view.ts'
import * as volunteers from '@collegium/volunteers/events'
import * as audit from './events.ts'

/** Every fact that any service publishes. */
export const everyEvent: readonly EventDefinition[] = [
  ...[membership, documents, activities, assessment, feedback, volunteers, notifications, dashboards, audit],
].flatMap((events) => Object.values(events).filter(isDefinition))

function isDefinition(each: unknown): each is EventDefinition {
  return typeof each === 'object' && each !== null && 'type' in each && 'schema' in each
}

/** The services whose facts there are. */
export const sources: readonly string[] = [...new Set(everyEvent.map(({ type }) => type.slice(0, type.indexOf('.'))))]

/** Who decided what, when, under which post, why: one row a fact, with the exact bytes that history holds; also of types that came after this build. */
export const trail = view({
  name: 'trail',
  version: 2,
  tables: {
    entry: {
      columns: {
        service: 'text',
        shard: 'integer',
        position: 'bigint',
        id: 'text',
        stream: 'text',
        version: 'bigint',
        type: 'text',
        unit: 'text',
        person: 'text',
        post_kind: 'text',
        post_unit: 'text',
        system: 'text',
        occurred: 'text',
        recorded: 'text',
        correlation: 'text',
        causation: 'text',
        reason: 'text',
        record: 'text',
      },
      key: ['service', 'shard', 'position'],
      indexes: ['(recorded, id)', '(correlation)', '(service, stream, version)', '(person, recorded)', '(unit, recorded)'],
    },
  },
  on: everyEvent.map((definition) => when(definition, (event) => [put('entry', entryOf(event))])),
  others: { services: sources, handle: (event) => [put('entry', entryOf(event))] },
})

const entryOf = (event: AnyFact) => ({
  service: event.service,
  shard: event.shard,
  position: event.position,
  id: event.id,
  stream: event.stream,
  version: event.version,
  type: event.type,
  unit: event.unit,
  person: event.actor.person,
  post_kind: event.actor.post?.kind ?? null,
  post_unit: event.actor.post?.unit ?? null,
  system: event.actor.system,
  occurred: event.occurred,
  recorded: event.recorded,
  correlation: event.correlation,
  causation: event.causation,
  reason: event.reason,
  record: event.bytes,
})
