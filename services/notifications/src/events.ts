import { event } from '@collegium/shared/aggregate.ts'
import { erasureAppliedBy } from '@collegium/shared/erasure/facts.ts'
import { Id } from '@collegium/shared/schema.ts'
import Type from 'typebox'

/** Stored for ever; a published fact is never edited, a change is a new version. */
export const noticeRead = event('notifications.notice-read.v1', Type.Object({ person: Id, notice: Id }))

/** What was personal about somebody is gone from here. */
export const erasureApplied = erasureAppliedBy('notifications')
