import type { Recorded } from '../aggregate.ts'
import type { Tx } from '../consume/transaction.ts'

/** Writes down who was erased and destroys their keys and ciphertexts, in the caller's transaction. Heard again it does nothing more. */
export const destroyTexts = async (tx: Tx, facts: readonly Recorded[]): Promise<void> => {
  for (const { data, unit, id, correlation } of facts) {
    const person = data.person as string
    await tx.query('insert into erased_persons (person, unit, event, correlation) values ($1, $2, $3, $4) on conflict do nothing', [
      person,
      unit,
      id,
      correlation,
    ])
    await tx.query('update erased_persons set texts = texts + destroy_erased(array[person]) where person = $1', [person])
  }
}

/** Destroys once more whatever there is of everybody who was erased: what a restored backup brought back. How many facts lost a text. */
export const destroyAgain = async (tx: Tx): Promise<number> => {
  const { rows } = await tx.query<{ gone: number }>("select destroy_erased(coalesce(array_agg(person), '{}')) as gone from erased_persons")
  return rows[0]?.gone ?? 0
}
