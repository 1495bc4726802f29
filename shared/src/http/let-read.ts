import type { Actor, Aggregate } from '../aggregate.ts'
import type { Kernel, Loaded } from '../service.ts'

/**
 * Lets an actor read an aggregate: whose it is (themselves, no token of a program), whoever may read it at its unit, and who is to decide on
 * it there. Throws the 403 of its permission.
 */
export const letRead = async (kernel: Kernel, actor: Actor, { own, readToo, read }: Aggregate, { state, unit }: Loaded<any>): Promise<void> => {
  if (unit === null) throw new Error('What is not there is told before anybody is let in')
  if (actor.person !== null && actor.scope === null && own?.(state).includes(actor.person)) return
  if (readToo?.some((permission) => kernel.directory().grant(actor, permission, unit, kernel.now()) !== null)) return
  await kernel.allow(actor, read, unit)
}

/** The units, of all or of those within one, whose aggregates of this kind the actor may read by a permission: what their lists are filtered by. */
export const unitsToRead = (kernel: Kernel, actor: Actor, { read, readToo = [] }: Aggregate, within?: string): string[] => [
  ...new Set([read, ...readToo].flatMap((permission) => kernel.unitsWhere(actor, permission, within))),
]
