import { event } from '@collegium/shared/aggregate.ts'
import { Id } from '@collegium/shared/schema.ts'
import Type from 'typebox'

/** Stored for ever; a published fact is never edited, a change is a new version. */
export const noticeRead = event('notifications.notice-read.v1', Type.Object({ person: Id, notice: Id }))
