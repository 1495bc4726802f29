import { AttendanceClient } from '@collegium/proto/collegium/activities/v1/attendance.ts'
import { ask } from '@collegium/shared/grpc/client.ts'
import type { Kernel } from '@collegium/shared/service.ts'
import type { Ask } from './ask.ts'
import { reject } from './rejections.ts'
import { survey } from './survey.ts'

/** The questions of feedback's decisions, bound to this process. */
export const questions = (kernel: Kernel): Ask => ({
  survey: async (id) => {
    const { state, unit } = await kernel.load(survey, id)
    if (state.status === 'none' || unit === null) throw reject('unknown-survey', { survey: id })
    return { id, unit, ...state }
  },
  attended: async (activity, person) =>
    (await ask(kernel.client(AttendanceClient, 'activities'), 'attended', { activity, person }, { deadlineMs: 2000 })).attended,
  activityStatus: async (activity) => {
    const { exists, status } = await ask(kernel.client(AttendanceClient, 'activities'), 'ofActivity', { activity }, { deadlineMs: 2000 })
    return exists ? status : 'unknown'
  },
  mayAnswer: (actor, unit, now) => kernel.directory().grant(actor, 'surveys:answer', unit, now) !== null,
})
