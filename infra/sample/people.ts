import type { File } from '../../services/membership/src/import/file.ts'
import { type Outlined, outline } from '../../services/membership/src/import/outline.ts'
import { nameFrom } from './names.ts'
import { type Random, randomFrom } from './random.ts'

/** The people of the sample, made up from a seed: the same seed and the same units give the same people on every machine. */

export type Person = NonNullable<File['people']>[number]
export type Office = NonNullable<File['offices']>[number]
export type People = { readonly people: readonly Person[]; readonly offices: readonly Office[] }

export const sampleSeed = 20_260_901
export const sampleSize = 6_000
const officers = 300

/** How large a campus is against the others, by its place in the file, and which share of it belongs to its college unions. */
const sizes = [33, 42, 25]
const collegeShare = 0.6
const years = [2023, 2024, 2025, 2026]

/** As many students over the campuses of a file, 300 of them in office from the day `from` on. */
export const makePeople = (federation: unknown, from: string, seed = sampleSeed, size = sampleSize): People => {
  const units = outline(federation)
  const random = randomFrom(seed)
  const people = studentsOf(units, random, size)
  return { people, offices: officesOf(units, people, from, random) }
}

const studentsOf = (units: readonly Outlined[], random: Random, size: number): Person[] => {
  const campuses = units.filter((unit) => unit.kind === 'campus')
  const whole = campuses.reduce((sum, _campus, index) => sum + (sizes[index] ?? 20), 0)
  let made = 0
  return campuses.flatMap((campus, index) => {
    const isLast = index === campuses.length - 1
    const many = isLast ? size - made : Math.round((size * (sizes[index] ?? 20)) / whole)
    const colleges = units.filter((unit) => unit.level === 'college' && unit.campus === campus.unit)
    const begun = made
    made += many
    return Array.from({ length: many }, (_, place): Person => {
      const college = colleges.length > 0 && place < many * collegeShare ? colleges[place % colleges.length] : undefined
      // 2024 02 01234: the year of entry, the campus, the place on its list.
      const number = `${random.pick(years)}${String(index + 1).padStart(2, '0')}${String(place + 1).padStart(5, '0')}`
      return {
        id: `p-${String(begun + place + 1).padStart(4, '0')}`,
        name: nameFrom(random),
        number,
        campus: campus.unit,
        ...(college === undefined ? {} : { college: college.unit }),
      }
    })
  })
}

type Seat = { readonly post: string; readonly unit: string; readonly campus: string | null; readonly college: string | null }

/** Who stands over what: each seat is given to somebody of that campus, and in a college union to somebody of that college. */
const officesOf = (units: readonly Outlined[], people: readonly Person[], from: string, random: Random): Office[] => {
  const waiting = new Map<string, Person[]>()
  for (const [place, some] of Map.groupBy(random.shuffled(people), (person) => person.college ?? person.campus)) waiting.set(place, some)
  const next = ({ campus, college }: Seat): Person => {
    const place = college ?? campus ?? random.pick([...waiting.keys()])
    const person = waiting.get(place)?.pop() ?? waiting.get(campus ?? place)?.pop()
    if (person === undefined) throw new Error(`Nobody is left at ${place}`)
    return person
  }
  return seatsOf(units)
    .slice(0, officers)
    .map((seat) => ({ person: next(seat).id, post: seat.post, unit: seat.unit, from }))
}

const postsOf: Readonly<Record<Outlined['kind'], readonly string[]>> = {
  federation: ['chair', 'president', 'vice-president', 'secretary-general', 'registrar', 'auditor', 'operator'],
  campus: ['guidance', 'guidance', 'guidance', 'registrar', 'auditor'],
  union: ['president', 'vice-president', 'vice-president', 'secretary-general'],
  department: ['head', 'officer'],
  association: ['head', 'officer'],
}

const seatsOf = (units: readonly Outlined[]): Seat[] => {
  const collegeOf = (unit: Outlined): string | null =>
    unit.level === 'college' ? unit.unit : (units.find((each) => each.unit === unit.parent && each.level === 'college')?.unit ?? null)
  const seats = (unit: Outlined, ...posts: string[]): Seat[] => posts.map((post) => ({ post, unit: unit.unit, campus: unit.campus, college: collegeOf(unit) }))
  const departments = units.filter((unit) => unit.kind === 'department')
  const fixed = units.flatMap((unit) => seats(unit, ...postsOf[unit.kind]))
  // College unions first, so that their small departments have hands; then round by round.
  const small = [...departments].sort((a, b) => Number(collegeOf(b) !== null) - Number(collegeOf(a) !== null))
  const more = ['assistant', 'officer', 'assistant', 'assistant', 'assistant', 'assistant']
  return [...fixed, ...more.flatMap((post) => small.flatMap((unit) => seats(unit, post)))]
}
