import { type HoursServer, HoursService } from '@collegium/proto/collegium/volunteers/v1/hours.ts'
import { answer } from '@collegium/shared/grpc/answer.ts'
import type { Kernel, Service } from '@collegium/shared/service.ts'
import { stint, stintOf } from './stint.ts'
import { stints } from './views/stints.ts'

/** What others ask volunteers: the confirmed hours of a person, each with the fact that confirmed it. */
export const answers: NonNullable<Service['answers']> = (kernel) => [
  { definition: HoursService, implementation: hoursAnswers(kernel), callers: { ofPerson: ['assessment'] } },
]

const hoursAnswers = (kernel: Kernel): HoursServer => ({
  ofPerson: answer(async ({ person, from, to }, { actor }) => {
    const readable = actor === null || actor.system !== null || actor.person === person ? null : kernel.unitsWhere(actor, 'registrations:read')
    const rows = await kernel.query<{ shift: string; minutes: number; version: number }>(
      stints,
      `select shift, minutes, version from {stint}
        where person = $1 and status = 'confirmed' and starts_at >= $2 and starts_at < $3 and ($4::text[] is null or unit = any($4)) order by starts_at, shift`,
      [person, from, to, readable],
    )
    return {
      minutes: rows.reduce((sum, row) => sum + row.minutes, 0),
      shifts: rows.length,
      evidence: rows.map((row) => ({ service: kernel.name, stream: `${stint.name}-${stintOf(row.shift, person)}`, version: row.version })),
    }
  }),
})
