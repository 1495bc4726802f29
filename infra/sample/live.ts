import type pg from 'pg'
import type { File } from '../../services/membership/src/import/file.ts'
import { zoneOf } from '../../services/membership/src/import/outline.ts'
import { accountsOf, openSampleAccounts, type SampleAccount } from './accounts.ts'
import { calendarOf } from './calendar.ts'
import { type Door, inParallel, openDoor, type Session } from './door.ts'
import { readSemester, sampleFile } from './file.ts'
import type { Life } from './life.ts'
import { attendActivity, concludeActivity, prepareActivity } from './live-activities.ts'
import { appointPeople } from './live-appointments.ts'
import { assess } from './live-assessments.ts'
import { issueDocuments } from './live-documents.ts'
import { holdMeetings } from './live-meetings.ts'
import { askEveryone } from './live-surveys.ts'
import { type Lived, serveShift } from './live-volunteering.ts'
import { sampleSize } from './people.ts'
import { plansOf } from './plans.ts'

export type Progress = { readonly done: number; readonly total: number; readonly what: string }

const connections = 64
/** So many people at least: 300 of them hold posts, and those of one college come to what it holds. */
const fewest = 1_500
/** Commands for each guest of an activity that is over, and all that are not about guests: about right is enough for a bar. */
const [perGuest, besides] = [2.1, 600]

/**
 * Imports the sample's federation and lives its semester through the public API, up to today. Every command has a key of its own, so a
 * sample that was cut off goes on where it stopped when this is called again. Returns the accounts that it opened.
 */
export const liveSample = async (given: {
  readonly address: string
  readonly gatewayPool: pg.Pool
  readonly password: string
  readonly operator: { readonly account: string; readonly password: string }
  readonly progress?: (progress: Progress) => void
  /** Less than 1 where something of everything is enough: so much of the people and of each activity's guests, who are most of the work. */
  readonly crowd?: number
}): Promise<{ account: string; who: string }[]> => {
  const semester = readSemester()
  const today = new Date().toISOString().slice(0, 10)
  const { crowd = 1 } = given
  const file = sampleFile(semester, today, Math.max(fewest, sampleSize * crowd))
  const accounts = accountsOf(file)
  const plans = plansOf(semester)
  const total = besides + plans.reduce((sum, plan) => sum + (plan.on < today ? Math.round(plan.attendance * perGuest) : 0), 0)
  let [done, what] = [0, 'import']
  const tell = () => given.progress?.({ done, total: Math.max(total, done), what })
  const part = (name: string) => {
    what = name
    tell()
  }
  const door = openDoor(given.address, connections, () => {
    done++
    tell()
  })
  try {
    part('federation')
    const operator = await door.signIn(given.operator.account, given.operator.password)
    await openSampleAccounts(given.gatewayPool, accounts, given.password)
    const [sessions] = await Promise.all([signInAll(door, accounts, given.password), operator.send('/imports', file, { key: 'import' })])
    const life = lifeOf(semester, file, accounts, sessions, { today, crowd })

    part('activities')
    const lived: Lived[] = []
    await inParallel(plans, 8, async (plan) => {
      const activity = await prepareActivity(life, plan)
      if (activity !== null) lived.push(activity)
    })
    lived.sort((a, b) => (a.plan.key < b.plan.key ? -1 : 1))
    // The largest first: their rosters are the longest queues.
    const bySize = [...lived].sort((a, b) => b.plan.attendance - a.plan.attendance)
    part('guests')
    await Promise.all([
      inParallel(bySize, 8, (each) => attendActivity(life, each)),
      // One shift after the other: nobody can be checked in at two.
      inParallel(lived, 1, (each) => serveShift(life, each)),
      issueDocuments(life),
      appointPeople(life),
    ])
    part('conclusions')
    await inParallel(lived, 6, (each) => concludeActivity(life, each))
    part('meetings')
    await holdMeetings(life, lived)
    part('assessments')
    await assess(life, lived)
    part('a survey of everybody')
    await askEveryone(life)
    part('end of the introduction')
    await endIntroduction(semester, life.as('registrar'))
    given.progress?.({ done, total: done, what: 'done' })
  } finally {
    await door.close()
  }
  return [{ account: given.operator.account, who: 'operator of the installation' }, ...accounts]
}

const signInAll = async (door: Door, accounts: readonly SampleAccount[], password: string): Promise<Map<string, Session>> => {
  const sessions = new Map<string, Session>()
  await inParallel(accounts, 4, async ({ account }) => void sessions.set(account, await door.signIn(account, password)))
  return sessions
}

const lifeOf = (
  semester: File,
  file: File,
  accounts: readonly SampleAccount[],
  sessions: ReadonlyMap<string, Session>,
  { today, crowd }: Pick<Life, 'today' | 'crowd'>,
): Life => {
  const as = (account: string): Session => {
    const session = sessions.get(account)
    if (session === undefined) throw new Error(`The sample has no account ${account}`)
    return session
  }
  const byPost = new Map(accounts.flatMap(({ account, office }) => (office === null ? [] : [[`${office.post} ${office.unit}`, account]])))
  return {
    semester,
    people: file.people ?? [],
    inOffice: new Set((file.offices ?? []).map((office) => office.person)),
    calendar: calendarOf(zoneOf(file), semester.terms?.[0]?.from ?? today),
    today,
    crowd,
    students: accounts.filter((each) => each.office === null).map((each) => as(each.account)),
    as,
    holder: (post, unit) => {
      const account = byPost.get(`${post} ${unit}`)
      return account === undefined ? undefined : as(account)
    },
  }
}

/** From now on only those whose post says so may date anything back. */
const endIntroduction = async (semester: File, registrar: Session): Promise<void> => {
  const unit = semester.federation.id
  for (const { id, name, permissions } of semester['post-kinds'] ?? [])
    if (id !== 'registrar') await registrar.send('/post-kinds', { kind: id, unit, name, permissions }, { key: `end of the introduction: ${id}` })
}
