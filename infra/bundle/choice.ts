import type { ClientBase } from 'pg'
import type { Scope } from '../../shared/src/bundle/manifest.ts'

/** What a part of an installation is made of: the units of a campus, or the time of a term; null = everything. */
export type Choice = { readonly units: readonly string[] } | { readonly from: string; readonly until: string } | null

/** What a part needs to be read: the tree, the kinds of post, policies and terms. No person is in them. */
const organization = '^(unit|post-kind|policy|term)-'

const factsOf = async <Data>(membership: ClientBase, type: string): Promise<Data[]> => {
  const { rows } = await membership.query<{ data: Data }>(`select bytes::json -> 'data' as data from events where type = $1 order by position`, [type])
  return rows.map((row) => row.data)
}

/** Finds what a scope means, in membership's facts. Throws where there is no such campus or term. */
export const choiceOf = async (membership: ClientBase, scope: Scope): Promise<Choice> => {
  if (scope.kind === 'all') return null
  if (scope.kind === 'term') {
    const term = (await factsOf<{ term: string; from: string; to: string }>(membership, 'membership.term-defined.v1')).findLast(
      (each) => each.term === scope.id,
    )
    if (!term) throw new Error(`There is no term ${scope.id}`)
    return { from: `${term.from}T00:00:00.000Z`, until: `${term.to}T23:59:59.999Z` }
  }
  const units = await factsOf<{ unit: string; kind: string; parent: string | null }>(membership, 'membership.unit-created.v1')
  if (!units.some(({ unit, kind }) => unit === scope.id && kind === 'campus')) throw new Error(`There is no campus ${scope.id}`)
  const below = (unit: string): string[] => [unit, ...units.filter(({ parent }) => parent === unit).flatMap((each) => below(each.unit))]
  return { units: below(scope.id) }
}

/**
 * Makes a temporary table `chosen` of the streams of a service that belong to a part, each with the last version that does: whole streams of
 * the campus' units, or what streams that were alive in the term had become by its end. Whole from their beginning, so that each can be proved.
 */
export const chooseStreams = async (client: ClientBase, service: string, choice: NonNullable<Choice>): Promise<void> => {
  const needed = service === 'membership' ? `or stream ~ '${organization}'` : ''
  if ('units' in choice) {
    await client.query(
      `create temporary table chosen on commit drop as
       select stream, max(version) as version from events group by stream having bool_or((bytes::json ->> 'unit') = any($1)) ${needed}`,
      [choice.units],
    )
  } else {
    await client.query(
      `create temporary table chosen on commit drop as
       select stream, max(version) as version from events where (bytes::json ->> 'recorded') <= $2
        group by stream having max(bytes::json ->> 'recorded') >= $1 ${needed}`,
      [choice.from, choice.until],
    )
  }
  await client.query('create unique index on chosen (stream)')
}
