import type { File } from '../../services/membership/src/import/file.ts'
import type { Calendar } from './calendar.ts'
import type { Session } from './door.ts'
import type { Person } from './people.ts'

/** What every part of the sample's life needs: the file, the people, the days, and those who can sign in. */
export type Life = {
  readonly semester: File
  readonly people: readonly Person[]
  /** Who holds a post. */
  readonly inOffice: ReadonlySet<string>
  readonly calendar: Calendar
  /** The day on which the sample is lived. */
  readonly today: string
  /** Which share of each activity's guests comes. */
  readonly crowd: number
  readonly students: readonly Session[]
  readonly as: (account: string) => Session
  /** Whoever of the sample's accounts holds this post at this unit. */
  readonly holder: (post: string, unit: string) => Session | undefined
}
