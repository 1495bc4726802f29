import { event } from '@collegium/shared/aggregate.ts'
import { erasureAppliedBy } from '@collegium/shared/erasure/facts.ts'
import { Instant } from '@collegium/shared/schema.ts'
import Type from 'typebox'

/** What was personal about somebody is gone from here. */
export const erasureApplied = erasureAppliedBy('audit')

/** The service was alive in this hour; what the log says hourly at least. */
export const heartbeat = event('audit.heartbeat.v1', Type.Object({ hour: Instant }))
