import type pg from 'pg'
import { openAccounts } from '../../services/gateway/src/accounts.ts'
import { hashPassword } from '../../services/gateway/src/password.ts'
import type { File } from '../../services/membership/src/import/file.ts'

export type SampleAccount = {
  readonly account: string
  readonly person: string
  readonly home: string
  /** The post it was chosen for; null for the students. */
  readonly office: { readonly post: string; readonly unit: string } | null
  readonly who: string
}

/** Officers whom the sample gives an account: the first who holds the post at the unit. */
const officers: readonly [account: string, post: string, unit: string][] = [
  ['chair', 'chair', 'fed'],
  ['registrar', 'registrar', 'fed'],
  ['auditor', 'auditor', 'fed'],
  ['guidance', 'guidance', 'pps'],
  ['president', 'president', 'pps-ppa'],
  ['vice-president', 'vice-president', 'pps-ppa'],
  ['secretary', 'secretary-general', 'pps-ppa'],
  ['study-head', 'head', 'pps-ppa-study'],
  ['study-officer', 'officer', 'pps-ppa-study'],
  ['volunteer-host', 'head', 'pps-ppa-practice'],
  ['secretariat-head', 'head', 'pps-ppa-secretariat'],
  ['social-head', 'head', 'pps-ppa-social'],
  ['life-head', 'head', 'pps-ppa-life'],
  ['arts-head', 'head', 'pps-ppa-arts'],
  ['sports-head', 'head', 'pps-ppa-sports'],
  ['publicity-head', 'head', 'pps-ppa-publicity'],
  ['speech-debate-head', 'head', 'pps-ppa-speech-debate'],
  ['hrm-head', 'head', 'pps-ppa-hrm'],
  ['labour-security-head', 'head', 'pps-ppa-labour-security'],
  ['ctbu-president', 'president', 'ctbu-su'],
  ['ctbu-secretary', 'secretary-general', 'ctbu-su'],
  ['organization-head', 'head', 'ctbu-su-organization'],
  ['ctbu-guidance', 'guidance', 'ctbu'],
]
const students = { many: 40, college: 'pps-ppa' }

/** The sample's accounts by what the file says of people and offices, the operator's not among them. */
export const accountsOf = (file: File): SampleAccount[] => {
  const [people, offices] = [file.people ?? [], file.offices ?? []]
  const homes = new Map(people.map((person) => [person.id, person.campus]))
  const inOffice = new Set(offices.map((office) => office.person))
  const holder = (post: string, unit: string): string => {
    const office = offices.find((each) => each.post === post && each.unit === unit)
    if (office === undefined) throw new Error(`The sample has no ${post} at ${unit}`)
    return office.person
  }
  const withPosts = officers.map(([account, post, unit]) => ({ account, person: holder(post, unit), office: { post, unit }, who: `${post} at ${unit}` }))
  const withoutPosts = people
    .filter((person) => person.college === students.college && !inOffice.has(person.id))
    .slice(0, students.many)
    .map(({ id }, index) => ({ account: `student${index + 1}`, person: id, office: null, who: `student of ${students.college}` }))
  return [...withPosts, ...withoutPosts].map((each) => ({ ...each, home: homes.get(each.person) as string }))
}

/** Opens them all with one password, whose one hash all share: it is printed for everybody to see anyway. */
export const openSampleAccounts = async (pool: pg.Pool, accounts: readonly SampleAccount[], password: string): Promise<void> => {
  const passwordHash = await hashPassword(password)
  await openAccounts(
    pool,
    accounts.map(({ account, person, home }) => ({ account, person, home, passwordHash })),
  )
}
