import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import type { Pool } from 'pg'
import type { Recorded } from '../aggregate.ts'
import { isSealed } from './record.ts'

/** How many persons' keys a process keeps open; 32 bytes each. */
const capacity = 20_000

const encrypt = (key: Buffer, plain: Buffer, about: string): Buffer => {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(about))
  return Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

const decrypt = (key: Buffer, sealed: Buffer, about: string): Buffer => {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12)).setAAD(Buffer.from(about)).setAuthTag(sealed.subarray(-16))
  return Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()])
}

/**
 * Personal texts: AES-256-GCM under a key a person, which is itself wrapped by the service's master key (32 bytes). A record holds only
 * the ciphertext's digest; key and ciphertext can both be destroyed and the record still proves what it proved.
 */
export const openVault = (pool: Pool, masterKey: Buffer) => {
  if (masterKey.length !== 32) throw new Error(`The master key has ${masterKey.length} bytes; it takes 32`)
  const keys = new Map<string, Buffer>()
  let waiting: { persons: Set<string>; done: Promise<void> } | null = null

  const remember = (person: string, wrapped: Buffer): void => {
    keys.delete(person)
    keys.set(person, decrypt(masterKey, wrapped, person))
    if (keys.size > capacity) keys.delete(keys.keys().next().value as string)
  }

  /** Makes keys for those who have none; callers of one moment share one statement. */
  const ensure = (person: string): Promise<void> => {
    if (keys.has(person)) return Promise.resolve()
    if (waiting === null) {
      const batch = { persons: new Set<string>(), done: Promise.resolve() }
      batch.done = new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
        waiting = null
        return create([...batch.persons])
      })
      waiting = batch
    }
    waiting.persons.add(person)
    return waiting.done
  }

  const create = async (persons: readonly string[]): Promise<void> => {
    const wrapped = persons.map((person) => encrypt(masterKey, randomBytes(32), person))
    await pool.query('insert into person_keys (person, wrapped) select * from unnest($1::text[], $2::bytea[]) order by 1 on conflict (person) do nothing', [
      persons,
      wrapped,
    ])
    await load(persons)
  }

  /** Brings the keys of persons into memory; those who were erased have none. */
  const load = async (persons: readonly string[]): Promise<void> => {
    const { rows } = await pool.query<{ person: string; wrapped: Buffer }>('select person, wrapped from person_keys where person = any($1)', [persons])
    for (const row of rows) remember(row.person, row.wrapped)
  }

  const keyOf = (person: string): Buffer => {
    const key = keys.get(person)
    if (!key) throw new Error('A personal text needs a key that is not there: was the person erased?')
    return key
  }

  return {
    /** Replaces the named texts of an event's data by digests. Returns the data to store and the ciphertexts, as JSON by digest. */
    async seal(
      eventId: string,
      data: Readonly<Record<string, unknown>>,
      fields: readonly string[],
    ): Promise<{ data: Record<string, unknown>; sealed: string }> {
      const person = data.person
      if (typeof person !== 'string') throw new Error('An event with personal texts names the person they are about')
      await ensure(person)
      const stored: Record<string, unknown> = { ...data }
      const sealed: Record<string, string> = {}
      for (const field of fields) {
        if (typeof data[field] !== 'string') continue
        const ciphertext = encrypt(keyOf(person), Buffer.from(data[field]), `${eventId} ${field}`)
        const digest = createHash('sha256').update(ciphertext).digest('base64url')
        stored[field] = { sealed: digest }
        sealed[digest] = ciphertext.toString('base64url')
      }
      return { data: stored, sealed: Object.keys(sealed).length > 0 ? JSON.stringify(sealed) : '' }
    },
    /** Opens the personal texts of records in place. What has no key or no ciphertext any more stays null. */
    async open(rows: readonly { readonly event: Recorded; readonly sealed: string | null }[]): Promise<void> {
      const closed = rows.filter((row) => row.sealed !== null)
      if (closed.length === 0) return
      const personOf = (row: { event: Recorded }): string => (row.event.data as { person: string }).person
      const unknown = [...new Set(closed.map(personOf))].filter((person) => !keys.has(person))
      if (unknown.length > 0) await load(unknown)
      for (const row of closed) {
        const key = keys.get(personOf(row))
        if (!key) continue
        const ciphertexts = JSON.parse(row.sealed as string) as Record<string, string>
        const stored = JSON.parse(row.event.bytes).data as Record<string, unknown>
        for (const [field, value] of Object.entries(stored)) {
          const ciphertext = isSealed(value) ? ciphertexts[value.sealed] : undefined
          if (ciphertext !== undefined)
            (row.event.data as Record<string, unknown>)[field] = decrypt(key, Buffer.from(ciphertext, 'base64url'), `${row.event.id} ${field}`).toString()
        }
      }
    },
  }
}

export type Vault = ReturnType<typeof openVault>
