import type { ClientBase } from 'pg'
import { decrypt, encrypt } from './keys.ts'

/** A fact as it stands in a table. `command` and `fingerprint` stand at the last fact of a command. */
export type RestoredFact = {
  readonly position: number
  readonly stream: string
  readonly version: number
  readonly type: string
  readonly bytes: string
  readonly sealed: string | null
  readonly command: string | null
  readonly fingerprint: string | null
}

/** A person's key; `wrapped` null = destroyed, at `destroyed`. */
export type RestoredKey = { readonly id: string; readonly person: string; readonly wrapped: Buffer | null; readonly destroyed: string | null }

/** Somebody who was erased here, as the table of them holds it; times in UTC. */
export type ErasedPerson = {
  readonly person: string
  readonly unit: string
  readonly event: string
  readonly correlation: string
  readonly erased_at: string
  readonly texts: number
  readonly acknowledged_at: string | null
}

/** A key wrapped anew: by another key of 32 bytes, bound to the same id and person. Throws when `from` does not open it. */
export const rewrapped = (wrapped: Buffer, id: string, person: string, from: Buffer, to: Buffer): Buffer => {
  const about = `${id} ${person}`
  const box = { iv: wrapped.subarray(0, 12), ct: wrapped.subarray(12, -16), tag: wrapped.subarray(-16) }
  const { iv, ct, tag } = encrypt(to, decrypt(from, box, about), about)
  return Buffer.concat([iv, ct, tag])
}

/** Whether a service's tables hold no fact and no key. */
export const isEmptyStore = async (client: ClientBase): Promise<boolean> => {
  const { rows } = await client.query<{ full: boolean }>('select exists (select from events) or exists (select from person_keys) as full')
  return rows[0]?.full === false
}

/** Makes the shards of an empty store, with their last positions. Facts up to there must follow in the same transaction. */
export const restoreShards = async (client: ClientBase, heads: readonly number[]): Promise<void> => {
  await client.query('delete from shards')
  await client.query('insert into shards (shard, last_position) select ordinal - 1, head from unnest($1::bigint[]) with ordinality u(head, ordinal)', [heads])
}

/** Keys go in before the facts that are sealed under them. */
export const restoreKeys = async (client: ClientBase, keys: readonly RestoredKey[]): Promise<void> => {
  await client.query(
    'insert into person_keys (key_id, person, wrapped, destroyed_at) select * from unnest($1::uuid[], $2::text[], $3::bytea[], $4::timestamptz[])',
    [keys.map((key) => key.id), keys.map((key) => key.person), keys.map((key) => key.wrapped), keys.map((key) => key.destroyed)],
  )
}

/** Who was erased goes in last: from then on nobody of them gets a key. */
export const restoreErased = async (client: ClientBase, erased: readonly ErasedPerson[]): Promise<void> => {
  await client.query('insert into erased_persons select * from json_populate_recordset(null::erased_persons, $1)', [JSON.stringify(erased)])
}

/** Facts exactly as they were: the same positions, versions and bytes. */
export const restoreFacts = async (client: ClientBase, shard: number, facts: readonly RestoredFact[]): Promise<void> => {
  const column = <Name extends keyof RestoredFact>(name: Name): RestoredFact[Name][] => facts.map((fact) => fact[name])
  await client.query(
    `insert into events (shard, position, stream, version, type, bytes, sealed, command, fingerprint)
     select $1, * from unnest($2::bigint[], $3::text[], $4::bigint[], $5::text[], $6::text[], $7::text[], $8::uuid[], $9::text[])`,
    [
      shard,
      ...[column('position'), column('stream'), column('version'), column('type'), column('bytes'), column('sealed'), column('command'), column('fingerprint')],
    ],
  )
}
