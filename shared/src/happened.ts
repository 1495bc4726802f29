/**
 * Those of a stream's facts, oldest first, that had happened by a moment (a UTC instant); none before the first of them, on which the others
 * stand: a fact may be dated back behind it.
 */
export const happenedBy = <F extends { readonly occurred: string }>(facts: readonly F[], moment: string): readonly F[] => {
  const at = new Date(moment).toISOString()
  return facts[0] !== undefined && facts[0].occurred <= at ? facts.filter((fact) => fact.occurred <= at) : []
}
