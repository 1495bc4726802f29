import type { Actor } from '@collegium/shared/aggregate.ts'
import type { Kernel } from '@collegium/shared/service.ts'
import { appointments } from './views/appointments.ts'
import { directoryHistory } from './views/directory-history.ts'
import { people } from './views/people.ts'

/**
 * The campuses whose people somebody may know by name: those of every unit where they may read people (`readable`). A department of a campus works with all of
 * its students, one of the federation with everybody's; numbers and the rest are read where `people:read` itself reaches.
 */
export const campusesByName = (kernel: Kernel, readable: Iterable<string>): string[] => {
  const directory = kernel.directory()
  const campuses = new Set([...readable].map((unit) => directory.campusOf(unit)))
  return directory.snapshot.units.filter(({ id, kind }) => kind === 'campus' && (campuses.has(id) || campuses.has(null))).map(({ id }) => id)
}

/**
 * What these people are called, as far as the actor may know: their own name; those of whom they may read, or who belong to a campus they work for;
 * who holds or held a post where they read the directory; who stands for one publicly where they read appointments. Nobody after an erasure.
 */
export const knownNames = async (kernel: Kernel, actor: Actor, ids: readonly string[]): Promise<ReadonlyMap<string, string>> => {
  const [holders, candidates] = await Promise.all([
    kernel.query<{ person: string }>(
      directoryHistory,
      'select distinct person from {belief} where person = any($1) and unit = any($2) and recorded_until is null',
      [ids, kernel.unitsWhere(actor, 'directory:read')],
    ),
    kernel.query<{ person: string }>(
      appointments,
      `select distinct person from {appointment} where person = any($1) and unit = any($2) and status in ('notice', 'held')`,
      [ids, kernel.unitsWhere(actor, 'appointments:read')],
    ),
  ])
  const readable = kernel.unitsWhere(actor, 'people:read')
  const open = [...holders, ...candidates].map(({ person }) => person)
  const found = await kernel.query<{ person: string; name: string }>(
    people,
    `select person, name from {person}
     where person = any($1) and name is not null and (person = any($2) or person = $3 or campus = any($4) or college = any($4))`,
    [ids, open, actor.person, [...readable, ...campusesByName(kernel, readable)]],
  )
  return new Map(found.map(({ person, name }) => [person, name]))
}
