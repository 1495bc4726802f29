import { createHash } from 'node:crypto'
import type { Pool } from 'pg'
import type { Recorded } from '../aggregate.ts'
import { decrypt, encrypt, keyRing } from './keys.ts'
import { aboutOf, decodeRecord, decodeWith, type SealedText } from './record.ts'

/** A ciphertext beside its record; all base64url, `key` is the id of the person's key. */
type Stored = { readonly key: string; readonly iv: string; readonly ct: string; readonly tag: string }

const bytesOf = (text: string): Buffer => Buffer.from(text, 'base64url')

/**
 * Personal texts: AES-256-GCM under a key a person. A record holds only a digest (SHA-256 of iv, ciphertext and tag, so that equal texts
 * differ); key and ciphertext can both be destroyed and the record still proves what it proved.
 */
export const openVault = (pool: Pool, masterKey: Buffer) => {
  const keys = keyRing(pool, masterKey)

  return {
    /** Replaces the named texts of an event's data by digests. Returns the data to store and the ciphertexts, as JSON by digest; '' when there are none. */
    async seal(
      event: string,
      data: Readonly<Record<string, unknown>>,
      fields: readonly string[],
    ): Promise<{ data: Readonly<Record<string, unknown>>; sealed: string }> {
      const texts = fields.filter((field) => typeof data[field] === 'string')
      if (texts.length === 0) return { data, sealed: '' }
      const key = await keys.of(data.person as string)
      const stored: Record<string, unknown> = { ...data }
      const boxes: Record<string, Stored> = {}
      for (const field of texts) {
        const { iv, ct, tag } = encrypt(key.secret, Buffer.from(data[field] as string), aboutOf(event, field))
        const digest = createHash('sha256').update(iv).update(ct).update(tag).digest('base64url')
        stored[field] = { sealed: digest } satisfies SealedText
        boxes[digest] = { key: key.id, iv: iv.toString('base64url'), ct: ct.toString('base64url'), tag: tag.toString('base64url') }
      }
      return { data: stored, sealed: JSON.stringify(boxes) }
    },
    /** Reads records with their personal texts open. What has no key or no ciphertext any more is null. */
    async decode(rows: readonly { readonly bytes: string; readonly sealed: string | null }[]): Promise<Recorded[]> {
      const boxes = rows.map((row) => (row.sealed === null ? null : (JSON.parse(row.sealed) as Readonly<Record<string, Stored>>)))
      const ids = boxes.flatMap((each) => (each === null ? [] : Object.values(each).map((box) => box.key)))
      const held = ids.length > 0 ? await keys.named(ids) : new Map<string, never>()
      return rows.map((row, index) => {
        const mine = boxes[index]
        if (!mine) return decodeRecord(row.bytes)
        return decodeWith(row.bytes, (digest, about) => {
          const box = mine[digest]
          const key = box && held.get(box.key)
          return key ? decrypt(key.secret, { iv: bytesOf(box.iv), ct: bytesOf(box.ct), tag: bytesOf(box.tag) }, about).toString() : null
        })
      })
    },
    forget: keys.forget,
  }
}
