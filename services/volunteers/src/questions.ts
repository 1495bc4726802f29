import { AttendanceClient } from '@collegium/proto/collegium/activities/v1/attendance.ts'
import { ask } from '@collegium/shared/grpc/client.ts'
import type { Kernel } from '@collegium/shared/service.ts'
import type { Ask, ServedSpan } from './ask.ts'
import { reject } from './rejections.ts'
import { roster } from './roster.ts'
import { shift } from './shift.ts'
import { minutesAfter, minutesBetween } from './span.ts'
import { stint, stintOf } from './stint.ts'
import { shifts } from './views/shifts.ts'
import { stints } from './views/stints.ts'

/**
 * The questions of volunteers' decisions, bound to this process. A view says where to look, after it has caught up with what is stored; the
 * aggregates found there are read as they stand. Stints of one person are decided in turn (`stint.ts`).
 */
export const questions = (kernel: Kernel): Ask => {
  const shiftOf: Ask['shift'] = async (id) => {
    const { state, unit } = await kernel.load(shift, id)
    if (state.status === 'none' || unit === null) throw reject('unknown-shift', { shift: id })
    return { id, unit, ...state }
  }

  return {
    shift: shiftOf,
    activity: async (activity) => ask(kernel.client(AttendanceClient, 'activities'), 'ofActivity', { activity }, { deadlineMs: 2000 }),
    shiftsOf: async (activity) =>
      (await kernel.query(shifts, `select id from {shift} where activity = $1 and status = 'open'`, [activity])).map(({ id }) => id),
    hasSeat: async (id, person) => (await kernel.load(roster, id)).state.seated.includes(person),
    clash: async (person, { id, from, to }) => {
      await kernel.caughtUp()
      const [found] = await kernel.query(
        shifts,
        `select s.id, s.starts_at, s.ends_at from {sign_up} u join {shift} s on s.id = u.shift
          where u.person = $1 and u.status in ('seated', 'waiting') and s.status = 'open' and s.id <> $2 and s.starts_at < $4 and s.ends_at > $3
          order by s.starts_at limit 1`,
        [person, id, from, to],
      )
      return found ? { shift: found.id, from: found.starts_at, to: found.ends_at, minutes: minutesBetween(found.starts_at, found.ends_at) } : null
    },
    checkedInAt: async (person, except, now) => {
      await kernel.caughtUp()
      const rows = await kernel.query(stints, `select shift from {stint} where person = $1 and status = 'in' and shift <> $2`, [person, except])
      for (const row of rows) {
        const { state } = await kernel.load(stint, stintOf(row.shift, person))
        if (state.status === 'in' && now < (await shiftOf(row.shift)).to) return row.shift
      }
      return null
    },
    confirmedNear: async (person, except, { from, to }) => {
      await kernel.caughtUp()
      const rows = await kernel.query(stints, 'select shift from {stint} where person = $1 and shift <> $2 and starts_at > $3 and starts_at < $4', [
        person,
        except,
        minutesAfter(from, -36 * 60),
        minutesAfter(to, 36 * 60),
      ])
      const spans: ServedSpan[] = []
      for (const row of rows) {
        const { state } = await kernel.load(stint, stintOf(row.shift, person))
        if (state.status === 'confirmed') spans.push({ shift: state.shift, from: state.from, to: state.to, minutes: state.minutes })
      }
      return spans
    },
    worksIn: (person, unit, now) => {
      const below = kernel.directory().subtree(unit)
      return kernel
        .directory()
        .holdings(person, now)
        .some((holding) => below.includes(holding.unit))
    },
    timezone: (unit) => kernel.directory().unit(unit)?.timezone ?? 'UTC',
  }
}
