import { type CipherKey, createCipheriv, createDecipheriv, createSecretKey, type KeyObject, randomBytes, randomUUID } from 'node:crypto'
import type { Pool } from 'pg'
import { refuse } from '../refusals.ts'

/** The secret is an object of Node's: a key of bare bytes is imported with each use, which takes longer than all the rest. */
export type Key = { readonly id: string; readonly secret: KeyObject }
export type Box = { readonly iv: Buffer; readonly ct: Buffer; readonly tag: Buffer }

/** How many persons' keys a process keeps open; some 200 bytes each. */
const capacity = 20_000
/** An erasure by another process is heard of after this long at the latest. */
const freshMs = 60_000

export const encrypt = (key: CipherKey, plain: Buffer, about: string): Box => {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(about))
  const ct = Buffer.concat([cipher.update(plain), cipher.final()])
  return { iv, ct, tag: cipher.getAuthTag() }
}

/** Throws when the key is another, or text and binding do not belong together. */
export const decrypt = (key: CipherKey, { iv, ct, tag }: Box, about: string): Buffer => {
  const decipher = createDecipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(about)).setAuthTag(tag)
  return Buffer.concat([decipher.update(ct), decipher.final()])
}

/** The least recently used goes first. */
const recent = <Value>() => {
  const entries = new Map<string, { value: Value; until: number }>()
  return {
    get: (name: string): Value | undefined => {
      const entry = entries.get(name)
      if (entry === undefined) return undefined
      entries.delete(name)
      if (entry.until < performance.now()) return undefined
      entries.set(name, entry)
      return entry.value
    },
    keep: (name: string, value: Value): void => {
      entries.delete(name)
      entries.set(name, { value, until: performance.now() + freshMs })
      if (entries.size > capacity) entries.delete(entries.keys().next().value as string)
    },
    clear: () => entries.clear(),
  }
}

/**
 * A key a person, stored wrapped by the service's master key (32 bytes). A destroyed key leaves its row. Who was erased never gets
 * another: what is to be stored about them is refused (`person-erased`).
 */
export const keyRing = (pool: Pool, masterKey: Buffer) => {
  if (masterKey.length !== 32) throw new Error(`The master key has ${masterKey.length} bytes; it takes 32`)
  const ofPerson = recent<Key>()
  const byId = recent<Key>()
  const erased = new Set<string>()
  let gathering: { persons: Set<string>; done: Promise<void> } | null = null

  const master = createSecretKey(masterKey)

  const wrap = (secret: Buffer, about: string): Buffer => {
    const { iv, ct, tag } = encrypt(master, secret, about)
    return Buffer.concat([iv, ct, tag])
  }
  const unwrap = (wrapped: Buffer, about: string): Buffer =>
    decrypt(master, { iv: wrapped.subarray(0, 12), ct: wrapped.subarray(12, -16), tag: wrapped.subarray(-16) }, about)
  /** `made` = the secrets that this process has just made, by the id of their keys. */
  const remember = (row: { key_id: string; person: string; wrapped: Buffer }, made?: ReadonlyMap<string, Buffer>): Key => {
    const key = { id: row.key_id, secret: createSecretKey(made?.get(row.key_id) ?? unwrap(row.wrapped, `${row.key_id} ${row.person}`)) }
    byId.keep(key.id, key)
    ofPerson.keep(row.person, key)
    return key
  }

  const find = async (persons: readonly string[], made?: ReadonlyMap<string, Buffer>): Promise<string[]> => {
    const { rows } = await pool.query('select key_id, person, wrapped from person_keys where person = any($1) and destroyed_at is null', [persons])
    for (const row of rows) remember(row, made)
    const found = new Set(rows.map((row) => row.person))
    return persons.filter((person) => !found.has(person))
  }
  const make = async (persons: readonly string[]): Promise<void> => {
    const missing = (await find(persons)).sort()
    if (missing.length === 0) return
    const made = new Map(missing.map(() => [randomUUID() as string, randomBytes(32)]))
    const ids = [...made.keys()]
    await pool.query(
      `insert into person_keys (key_id, person, wrapped) select * from unnest($1::uuid[], $2::text[], $3::bytea[])
       on conflict (person) where destroyed_at is null do nothing`,
      [ids, missing, [...made].map(([id, secret], index) => wrap(secret, `${id} ${missing[index]}`))],
    )
    // Another process may have been first: what stands in the table counts. The table makes no key for an erased person.
    for (const person of await find(missing, made)) erased.add(person)
  }

  return {
    /** The person's key; made where there is none. Callers of one moment share one statement. */
    async of(person: string): Promise<Key> {
      let key = ofPerson.get(person)
      // Between the making and this line the key may have been destroyed, or crowded out; then it starts over.
      while (key === undefined) {
        if (gathering === null) {
          const group = { persons: new Set<string>(), done: Promise.resolve() }
          group.done = new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
            gathering = null
            return make([...group.persons])
          })
          gathering = group
        }
        gathering.persons.add(person)
        await gathering.done
        if (erased.delete(person)) throw refuse('person-erased', { person })
        key = ofPerson.get(person)
      }
      return key
    },
    /** Those of the keys that still exist, by id. */
    async named(ids: Iterable<string>): Promise<ReadonlyMap<string, Key>> {
      const keys = new Map<string, Key>()
      const unknown: string[] = []
      for (const id of new Set(ids)) {
        const key = byId.get(id)
        if (key) keys.set(id, key)
        else unknown.push(id)
      }
      if (unknown.length === 0) return keys
      const { rows } = await pool.query('select key_id, person, wrapped from person_keys where key_id = any($1::uuid[]) and destroyed_at is null', [unknown])
      for (const row of rows) keys.set(row.key_id, remember(row))
      return keys
    },
    /** Closes every key that this process holds open. */
    forget(): void {
      ofPerson.clear()
      byId.clear()
    },
  }
}
