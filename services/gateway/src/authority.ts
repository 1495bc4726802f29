import type { Actor } from '@collegium/shared/aggregate.ts'
import type { Directory } from '@collegium/shared/directory.ts'
import { refuse } from '@collegium/shared/refusals.ts'

type Sources = { readonly directory: () => Directory; readonly freshDirectory?: () => Promise<Directory> }

/** What the gateway asks of the organization: may this actor do that, here or anywhere. A replica may lag, so a no is asked again of membership. */
export const authority = ({ directory, freshDirectory }: Sources) => {
  const fresh = freshDirectory ?? (async () => directory())
  const now = (): string => new Date().toISOString()

  const may = (in_: Directory, actor: Actor, permission: string, unit: string | null): boolean =>
    unit === null ? isUnlimited(actor) : in_.grant(actor, permission, unit, now()) !== null

  return {
    /** Throws the 403 that names permission, unit and posts. Where there is no unit only an operator may. */
    allow: async (actor: Actor, permission: string, unit: string | null): Promise<void> => {
      if (may(directory(), actor, permission, unit) || may(await fresh(), actor, permission, unit)) return
      if (unit !== null && !directory().unit(unit) && !actor.operator) throw refuse('unknown-unit', { unit })
      const kinds = directory().kindsWith(permission)
      throw refuse('forbidden', { permission, unit: unit ?? directory().root() ?? '—', posts: kinds.map((kind) => kind.id).join(', ') || '—' })
    },

    /** Does the actor hold the permission at any unit at all? */
    holds: async (actor: Actor, permission: string): Promise<boolean> =>
      isUnlimited(actor) || directory().unitsWhere(actor, permission, now()).length > 0 || (await fresh()).unitsWhere(actor, permission, now()).length > 0,

    /** The units where the actor may; null = everywhere, also where no unit is. */
    unitsWhere: (actor: Actor, permission: string): readonly string[] | null => (isUnlimited(actor) ? null : directory().unitsWhere(actor, permission, now())),

    postsOf: (person: string | null) =>
      (person === null ? [] : directory().holdings(person, now())).map(({ kind, unit, from, until }) => ({ kind, unit, from, until })),
  }
}

export type Authority = ReturnType<typeof authority>

const isUnlimited = (actor: Actor): boolean => actor.operator && actor.scope === null
