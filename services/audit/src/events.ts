import { event } from '@collegium/shared/aggregate.ts'
import { erasureAppliedBy } from '@collegium/shared/erasure/facts.ts'
import { Id, Instant } from '@collegium/shared/schema.ts'
import Type from 'typebox'

/** What was personal about somebody is gone from here. */
export const erasureApplied = erasureAppliedBy('audit')

/** The service was alive in this hour; what the log says hourly at least. */
export const heartbeat = event('audit.heartbeat.v1', Type.Object({ hour: Instant }))

/** A source that stood still goes on, since its service's history was mended: its facts were taken anew from this position on. The reason is in the record. */
export const sourceResumed = event(
  'audit.source-resumed.v1',
  Type.Object({ service: Id, shard: Type.Integer(), position: Type.Integer(), facts: Type.Integer(), fault: Type.String() }),
)
